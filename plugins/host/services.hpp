// What one guest may ask of the engine, held to its manifest: secrets that it names, hosts that it
// lists, a log and a state of its own. What it may not have is refused with a reason.
#pragma once

#include <functional>
#include <map>
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

class PluginServices : public Services {
  public:
    explicit PluginServices(ServiceSettings settings);
    Answer ask(std::string_view method, std::string_view document) override;
    Connection connect(std::string_view host, std::uint16_t port, Milliseconds timeout) override;

  private:
    bool may_reach(std::string_view host, std::string_view port) const;
    Answer secret(const std::string& name) const;
    Answer http_request(std::string_view document, const std::string& url);

    ServiceSettings settings_;
    std::vector<std::string> hosts_;  // "name:port", small letters
};

// "env:NAME" or "file:PATH".
bool is_secret_place(std::string_view text);

}  // namespace pintu::plugins
