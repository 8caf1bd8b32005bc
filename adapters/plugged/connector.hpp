// Messages to the plugins that carry their channels; what no plugin carries goes the way it went
// without plugins.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/ports/connector.hpp"
#include "engine/ports/log.hpp"
#include "plugins/host/plugins.hpp"

namespace pintu::plugged {

// One thread's. A plugin gets the personal fields that its manifest lists, and no others. A message
// to an office goes to each of its persons by itself, with a key of its own. Where a plugin
// crashes, hangs, or does not run, its messages are `later`, and the rest of the batch is not tried
// on it. Says to the log, once: PL220 a channel that no plugin carries; PL221 one that several
// carry since a new version of one does (PL144 refuses it before), of which the first is asked.
class PluginConnector final : public ports::Connector {
  public:
    // `rest`: where the others go. All must outlive it. What is not begun within `patience` of a
    // batch is left untried, persons of an office too: a turn does not last for ever.
    PluginConnector(plugins::Plugins& plugins, ports::Connector& rest, ports::Log& log,
                    std::chrono::milliseconds patience = std::chrono::seconds(4));

    bool reads(const cases::Effect& effect) const override;
    std::vector<ports::Performed> perform(const std::vector<ports::Message>& messages) override;
    // The longest that perform() takes, for the turn that it is called in. A new version's
    // `send_ms` does not make it longer. Nothing carries a message: 0.
    std::chrono::milliseconds longest() const;

  private:
    // What one batch has come to.
    struct Turn {
        std::chrono::steady_clock::time_point until;
        bool begun = false;                         // the first is always
        std::map<std::string, std::string> failed;  // plugin -> why
        bool over() const { return begun && std::chrono::steady_clock::now() >= until; }
    };
    ports::Performed carry(const std::string& plugin, const ports::Message& message, Turn& turn);
    // One message to one recipient; `person`: empty for the reporter, for everybody, and for an
    // office that nobody holds.
    ports::Performed send(const std::string& plugin, const ports::Message& message,
                          const PersonId& person, Turn& turn);
    // By the manifests as they are now: a new version may carry more, or less.
    const std::string* carrier_of(const std::string& channel) const;
    void tell_of_rest(const std::string& channel);

    plugins::Plugins& plugins_;
    ports::Connector& rest_;
    ports::Log& log_;
    std::chrono::milliseconds patience_;
    std::int64_t most_send_ms_ = 0;                // of the plugins as they were at first
    std::map<std::string, std::string> carriers_;  // channel -> plugin, at first
    std::set<std::string> told_;
};

// MESSAGE of docs/plugin-documents.md, as this plugin may have it.
std::string message_document(const ports::Message& message, const PersonId& person,
                             const plugins::Manifest& manifest);

}  // namespace pintu::plugged
