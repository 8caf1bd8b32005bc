// Where hostile plugins are let loose: a launcher, what they may ask, and what came of it.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "plugins/host/launch.hpp"

namespace pintu::hostile {

// Answers like an engine that has little to give, and remembers what it was asked.
class Counter : public plugins::Services {
  public:
    plugins::Answer ask(std::string_view method, std::string_view document) override;
    Connection connect(std::string_view host, std::uint16_t port,
                       plugins::Milliseconds timeout) override;

    std::map<std::string, std::size_t> asked;  // by method
    std::map<std::string, std::string> last;   // document, by method
    int to_give = -1;                          // the socket that connect() gives
};

// build/.../NAME/libNAME.so of a plugin of tests/hostile.
std::string file_of(const std::string& plugin);
plugins::Launch launch_of(const std::string& plugin);

// The launcher of this test program; `unconfined`: one whose guests are in no sandbox.
plugins::Launcher& launcher();
plugins::Launcher& unconfined_launcher();

// What came of starting a plugin, asking it once and stopping it: "ok:ANSWER", "status 5", or
// "start PL001 ...", "call PL002 ..." with what the error says.
struct Tried {
    std::string outcome;
    std::int64_t ms = 0;  // of the step that it ended at
};
struct Patience {
    plugins::Milliseconds start{5'000};
    plugins::Milliseconds call{5'000};
    plugins::Milliseconds stop{2'000};
};
Tried try_out(plugins::Launcher& launcher, const plugins::Launch& launch,
              plugins::Services& services, const std::string& question = "{}",
              const Patience& patience = {});

#if defined(__SANITIZE_ADDRESS__)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

// 10, or 100 where PINTU_SOAK is set; 2 under sanitizers.
int rounds();

}  // namespace pintu::hostile
