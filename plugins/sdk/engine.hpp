// What a plugin may ask of the engine while it is being called: on the thread that called it, and
// not from its constructor's threads or any of its own. Lives as long as the plugin.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/abi/pintu_plugin.h"
#include "plugins/sdk/documents.hpp"
#include "plugins/sdk/outcome.hpp"

namespace pintu::plugin {

// What pintu.yaml has for this plugin, as its manifest's schema allows it, defaults filled in.
class Config {
  public:
    explicit Config(boost::json::object document) : document_(std::move(document)) {}
    std::string text(std::string_view key) const;  // folders and choices too; "": not given
    std::int64_t integer(std::string_view key, std::int64_t otherwise = 0) const;
    bool yes(std::string_view key, bool otherwise = false) const;
    const boost::json::object& document() const { return document_; }

  private:
    boost::json::object document_;
};

// For the people who run the engine. Nothing of what is in a report belongs here.
class Log {
  public:
    explicit Log(const pintu_host* host) : host_(host) {}
    void debug(std::string_view line) const { write(PINTU_DEBUG, line); }
    void info(std::string_view line) const { write(PINTU_INFO, line); }
    void warning(std::string_view line) const { write(PINTU_WARNING, line); }
    void error(std::string_view line) const { write(PINTU_ERROR, line); }

  private:
    void write(std::int32_t level, std::string_view line) const;
    const pintu_host* host_;
};

// What must be known again after a restart. On disk when put() or erase() returns. UTF-8.
class State {
  public:
    explicit State(const pintu_host* host) : host_(host) {}
    std::optional<std::string> get(std::string_view key) const;  // nothing: no such key
    Done put(std::string_view key, std::string_view value) const;
    Done erase(std::string_view key) const;
    Outcome<std::vector<std::string>> list(std::string_view prefix) const;  // keys, sorted

  private:
    const pintu_host* host_;
};

class Engine {
  public:
    Engine(const pintu_host* host, boost::json::object config)
        : host_(host), config_(std::move(config)), log_(host), state_(host) {}

    const Config& config() const { return config_; }
    const Log& log() const { return log_; }
    const State& state() const { return state_; }
    // A secret that the manifest names; refused or unknown where it is not given.
    Outcome<std::string> secret(std::string_view name) const;
    // Microseconds since 1970-01-01T00:00:00Z; the only clock.
    std::int64_t now_us() const;
    // An HTTP request to a host that the manifest names. Any status is an answer.
    Outcome<HttpResponse> http(const Call& call) const;
    // Requests to "/plugin/NAME" + path come to handle() from now on.
    Done open_route(std::string_view path) const;
    // A connected blocking socket to a host that the manifest names; the plugin's to close.
    Outcome<int> connect(std::string_view host, std::uint16_t port, int timeout_ms) const;
    // What this instance is for: "channel", "connector", "fact" or "evidence". A plugin of several
    // kinds runs once for each that is used.
    std::string kind() const { return config_.text("kind"); }
    // Where files that come with reports are put: absolute, of this plugin alone.
    std::string spool() const { return config_.text("spool"); }

  private:
    const pintu_host* host_;
    Config config_;
    Log log_;
    State state_;
};

// "2026-03-13T01:30:00Z"
std::string iso_time(std::int64_t us);

}  // namespace pintu::plugin

#include "plugins/sdk/engine_calls.hpp"
