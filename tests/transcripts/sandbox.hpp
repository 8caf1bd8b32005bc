// A folder of its own with a copy of the shipped definitions, in which commands run as a person
// would type them. Everything that started in it ends with it.
#pragma once

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

namespace pintu::testing {

struct Ran {
    std::string output;  // out and err as they came, with placeholders for what chance made
    int exit = 0;        // 128 + N: ended by signal N
};

class Sandbox {
  public:
    // `pintu` is the program's path.
    explicit Sandbox(const std::string& pintu);
    ~Sandbox();
    Sandbox(const Sandbox&) = delete;
    Sandbox& operator=(const Sandbox&) = delete;

    // By /bin/sh. Placeholders that earlier outputs were given stand for what they stood for. A
    // command that has not ended after two minutes is killed: exit 137.
    Ran run(const std::string& command);

  private:
    // Tracking ids -> <ID1>, case ids -> <CASE1>, hashes -> <HASH>, this folder -> <DIR>.
    std::string with_placeholders(std::string text);
    std::string without_placeholders(std::string text) const;
    std::string name(const std::string& kind, const std::string& value);

    std::string folder_;
    std::vector<pid_t> groups_;                 // one for each command
    std::map<std::string, std::string> names_;  // value -> placeholder
    std::map<std::string, int> counts_;         // of each kind
};

}  // namespace pintu::testing
