// Makes guests that run outside this process. They are the children of the launcher: a small
// process
// (`pintu-host`) that is started before the engine opens a store or reads a secret, with an empty
// environment and no files but its socket. It forks for each guest; the child goes into its sandbox
// before it opens the plugin, and dies with the launcher, which dies with the engine.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "plugins/host/guest.hpp"

namespace pintu::plugins {

// What a guest may touch, as the kernel is told.
struct Confinement {
    std::vector<std::string> readable;  // files and folders, absolute
    std::vector<std::string> writable;
    std::int64_t memory_mb = 256;
    std::int64_t open_files = 64;
};

struct Launch {
    std::string name;                  // for people, and of the process
    std::string file;                  // a plugin's shared library, absolute; or
    std::vector<std::string> command;  // a program that speaks JSON-RPC, and its working folder
    std::string folder;
    Confinement confinement;
};

// What the kernel of this machine gives, each "yes", "no" or a number: for `pintu doctor`.
struct SandboxReport {
    bool no_new_privileges = false;
    bool seccomp = false;
    int landlock = 0;  // ABI; 0: none
    bool user_namespaces = false;
    bool network_namespace = false;
    bool pid_namespace = false;
    std::string words() const;  // "namespaces, landlock 7, seccomp"
};

class Launcher {
  public:
    // `binary`: pintu-host; "": beside the running program. PL020 where it cannot be started.
    static Result<std::unique_ptr<Launcher>> start(const std::string& binary = "");
    ~Launcher();  // ends all that it started
    Launcher(const Launcher&) = delete;
    Launcher& operator=(const Launcher&) = delete;

    // A guest that has not been started yet. Any thread. `services` outlives it.
    Result<std::unique_ptr<Guest>> launch(const Launch& launch, Services& services);
    const SandboxReport& sandbox() const;

  private:
    Launcher();
    struct Inside;
    std::shared_ptr<Inside> inside_;  // guests end by it
};

}  // namespace pintu::plugins
