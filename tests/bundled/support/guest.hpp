// A bundled plugin as it runs in production: its real manifest, services and sandbox. Only the rest
// of the node is missing.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "engine/base/instant.hpp"
#include "plugins/host/launch.hpp"
#include "plugins/host/services.hpp"

namespace pintu::testing {

class BundledGuest {
  public:
    struct Settings {
        std::string name;
        plugins::Kind kind = plugins::Kind::channel;
        std::map<std::string, std::string> config;   // as in pintu.yaml
        std::map<std::string, std::string> secrets;  // name -> value
        std::string folder;                          // state, spool and log below it
        std::function<Instant()> now;                // nothing: the machine's clock
    };
    // Throws std::runtime_error where it cannot be started, with why.
    explicit BundledGuest(Settings settings);
    ~BundledGuest();
    // The answer's document where it is ok, else "STATUS: why".
    std::string call(const std::string& method, const std::string& document);
    std::string spool() const { return folder_ + "/spool"; }
    std::string log() const;
    // Kills it where it stands, and starts another.
    void crash();

  private:
    void start();
    struct Inside;
    std::unique_ptr<Inside> inside_;
    std::string folder_;
};

}  // namespace pintu::testing
