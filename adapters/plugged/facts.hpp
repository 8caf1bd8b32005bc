// Facts of the rules, asked of plugins.
#pragma once

#include <mutex>
#include <set>
#include <string>

#include "engine/ports/facts.hpp"
#include "engine/ports/log.hpp"
#include "plugins/host/plugins.hpp"

namespace pintu::plugged {

// Any thread. Says to the log why a plugin was not asked, or its answer not taken: PL201 it is not
// installed here, PL202 its manifest offers no such fact, PL203 the rule passes a personal field
// that its manifest does not list, PL204 it answered what its manifest does not say, PL205 it gave
// no document as answers are, PL206 it said that it could not. The first three once for each
// function. What a call came to otherwise (PL001 ...) the plugins have told by themselves.
class PluginFacts : public ports::FactSource {
  public:
    // Both outlive it. `patience_ms`: where it is more than a question's timeout it counts instead;
    // for a played year, whose time does not pass while a plugin thinks.
    PluginFacts(plugins::Plugins& plugins, ports::Log& log, std::int64_t patience_ms = 0)
        : plugins_(plugins), log_(log), patience_ms_(patience_ms) {}

    ports::FactAnswer ask(const ports::FactQuestion& question) override;

  private:
    std::optional<std::string> answer_to(const ports::FactQuestion& question);
    // nullptr, and told: the plugin may not be asked this.
    const plugins::FactOffer* offer_for(const ports::FactQuestion& question,
                                        const std::string& plugin, const std::string& fact);
    void tell_once(const char* code, const std::string& function, std::string about);

    plugins::Plugins& plugins_;
    ports::Log& log_;
    std::int64_t patience_ms_;
    std::mutex mutex_;
    std::set<std::string> told_;
};

}  // namespace pintu::plugged
