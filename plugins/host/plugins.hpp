// The plugins of a node. Starts them, calls them, restarts what crashed or hung with back-off,
// quarantines what did so three times within a minute, swaps in a new version of a file, and says
// so. Any thread may call; each plugin has a guest of its own for each of its kinds that is used,
// and a guest has one call at a time: who waits for its turn longer than half of its deadline goes
// away without having called it; who gets it gives the guest the whole deadline.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/instant.hpp"
#include "engine/yaml/map_reader.hpp"
#include "plugins/host/guest.hpp"
#include "plugins/host/launch.hpp"
#include "plugins/host/manifest.hpp"

namespace pintu::plugins {

// How this machine runs one plugin: `plugins:` of pintu.yaml.
struct Chosen {
    std::string name;
    std::string folder;    // where plugin.yaml stands, absolute; "": the bundled one of that name
    bool trusted = false;  // runs in this process
    // As written, with their places; checked against the manifest.
    std::map<std::string, yaml::Word> config;
    std::map<std::string, yaml::Word> secrets;  // name -> "env:NAME" | "file:PATH"
    Span span;                                  // of its name in pintu.yaml
};

// What a person must hear of: crash, hang, quarantine, a file that cannot be loaded.
struct Trouble {
    std::string plugin;
    Error error;
    bool quarantined = false;  // PL006, told after the failure that led to it
};

enum class Health { running, stopped, waiting_to_restart, quarantined, disabled };

struct PluginStatus {
    std::string name;
    std::string version;
    Health health = Health::stopped;
    std::uint64_t calls = 0;
    std::uint64_t restarts = 0;
    std::string sandbox;  // "process: namespaces, landlock 7, seccomp" | "trusted" | "stdio: ..."
    std::optional<Error> last_error;
};

// What the node does for plugins beyond what this room does itself (state, secrets, log, time,
// config): the HTTP listener and outgoing connections. Called from any thread, during a call of the
// plugin's. That the manifest names the host and port was checked before.
class Outside {
  public:
    virtual ~Outside() = default;
    // `most`: what is left of the call during which it is asked; it answers within that.
    virtual Answer http_request(const Manifest& plugin, std::string_view document,
                                Milliseconds most) = 0;
    // `kind`: whose guest it is; "http.handle" goes to that one.
    virtual Answer open_route(const Manifest& plugin, Kind kind, std::string_view document) = 0;
    virtual Services::Connection connect(const Manifest& plugin, std::string_view host,
                                         std::uint16_t port, Milliseconds timeout) = 0;
};

using Steady = std::chrono::steady_clock;

struct PluginsOptions {
    std::vector<Chosen> chosen;
    std::string bundled;    // folder of the plugins that are shipped, absolute
    std::string directory;  // var/plugins, absolute: NAME/{state,spool,log.jsonl,status.json}
    std::string base;       // folder that relative paths of `config` and "file:PATH" begin at
    std::function<Instant()> now;                 // what is recorded, and what plugins are told
    std::function<void(const Trouble&)> trouble;  // from any thread; must not call Plugins
    Outside* outside = nullptr;                   // nothing: all of it is refused
    // Started before a store was opened or a secret read; outlives Plugins. Nothing: only trusted
    // ones run, the others give PL018.
    Launcher* launcher = nullptr;
    std::function<Steady::time_point()> steady = [] { return Steady::now(); };  // back-off
};

class Plugins {
  public:
    // Reads and checks manifests and configurations; starts nothing yet. Nothing, with diagnostics,
    // where one is wrong: a missing, corrupt, foreign, wrong-ABI or symbol-less file, two of one
    // name, two that carry the same channel (PL144), a configuration that breaks its schema.
    static std::unique_ptr<Plugins> open(const PluginsOptions& options, SourceSet& sources,
                                         Diagnostics& diagnostics);
    ~Plugins();  // stops all

    const std::vector<Manifest>& manifests() const;
    const Manifest* find(std::string_view name) const;

    // Calls a plugin's guest of that kind; starts it where it does not run. Besides a guest's
    // errors: PL010 no such plugin, or not one of that kind; PL011 quarantined; PL012 waiting to be
    // restarted; PL013 disabled; PL014 busy for half of the deadline, which is no failure of the
    // plugin's; PL015 it is not what its manifest says; PL016 its start() refused; PL018 nobody
    // makes processes; PL02x it cannot be loaded. Never lasts longer than one and a half of the
    // deadline, but where it must be started: that has 10 s of its own.
    Result<Answer> call(std::string_view plugin, Kind kind, std::string_view method,
                        std::string_view document, Milliseconds deadline);

    // Starts every guest that is not running yet, so that the first call need not wait. Troubles
    // are told.
    void start_all();
    // Once a second or so: swaps in new versions of files, follows `pintu plugin enable|disable`.
    void look_around();
    std::vector<PluginStatus> status() const;
    // Where a plugin puts files that come with reports: below `directory`.
    std::string spool_of(std::string_view plugin) const;

  private:
    Plugins();
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace pintu::plugins
