// A guest with what serves it, started and found to be what its manifest says.
#pragma once

#include <memory>
#include <string>

#include "plugins/host/services.hpp"
#include "plugins/host/version.hpp"

namespace pintu::plugins {

constexpr Milliseconds kToStart{10'000};
constexpr Milliseconds kToStop{1'000};

struct Running {
    const Version* version = nullptr;
    std::unique_ptr<PluginServices> services;
    std::unique_ptr<Guest> guest;  // ends before its services
};

// What belongs to a plugin whichever of its versions runs.
struct Belongings {
    std::string folder;  // var/plugins/NAME
    State state;
    PluginLog log;
    explicit Belongings(const std::string& own) : folder(own), state(own + "/state"), log(own) {}
};

// In the form that fits: trusted in this process, else by the launcher. PL018; PL015 where it
// introduces itself as another than its manifest says; and the errors of a guest's start().
// `version` and `belongings` outlive it.
Result<Running> start_guest(const Version& version, Kind kind, bool trusted,
                            const PluginsOptions& options, Belongings& belongings);

// "trusted", "process: ...", "stdio: ...".
std::string form_words(const Manifest& manifest, bool trusted, const Launcher* launcher);

}  // namespace pintu::plugins
