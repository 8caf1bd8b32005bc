// What one guest may ask of the engine, held to its manifest: secrets that it names, hosts that it
// lists, a log and a state of its own. What it may not have is refused with a reason.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "plugins/host/config.hpp"
#include "plugins/host/plugin_log.hpp"
#include "plugins/host/plugins.hpp"
#include "plugins/host/state.hpp"

namespace pintu::plugins {

struct ServiceSettings {
    const Manifest* manifest = nullptr;  // this and what is pointed to below outlive the services
    Kind kind = Kind::fact;
    Config config;
    std::string config_document;
    std::map<std::string, std::string> secrets;  // name -> "env:NAME" | "file:PATH"
    std::string base;                            // where a relative PATH begins
    std::function<Instant()> now;
    State* state = nullptr;
    PluginLog* log = nullptr;
    Outside* outside = nullptr;  // nothing: refused
};

// One guest's; on the thread of its call, so one at a time.
class PluginServices : public Services {
  public:
    explicit PluginServices(ServiceSettings settings);
    // Before each call of the guest's: nothing outside is waited for longer than that, less a tenth
    // for the guest to answer in. Until the first: as long as is asked for.
    void answer_within(Milliseconds deadline);
    // unknown: no such method, key or secret; refused: not a document, or not the manifest's;
    // too_large: beyond a document or a limit of the state's; failed: the disk.
    Answer ask(std::string_view method, std::string_view document) override;
    // refused where the manifest does not list the host and port, whatever its name resolves to.
    Connection connect(std::string_view host, std::uint16_t port, Milliseconds timeout) override;

  private:
    // Compared as written, without regard to capitals.
    bool may_reach(std::string_view host, std::string_view port) const;
    // Read anew each time: a changed password needs no restart. Never logged.
    Answer secret(const std::string& name) const;
    Answer http_request(std::string_view document, const std::string& url);
    Milliseconds left() const;

    ServiceSettings settings_;
    std::optional<Steady::time_point> until_;
    std::vector<std::string> hosts_;  // "name:port", small letters
};

// "env:NAME" or "file:PATH".
bool is_secret_place(std::string_view text);

}  // namespace pintu::plugins
