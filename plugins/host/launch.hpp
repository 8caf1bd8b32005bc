// Makes guests that run outside this process. They are the children of the launcher: a small
// process (`pintu-host`) that is started before the engine opens a store or reads a secret, with an
// empty environment and no files but its socket. It forks for each guest; the child goes into its
// sandbox before it opens the plugin, and dies with the launcher, which dies with the engine.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "plugins/host/guest.hpp"

namespace pintu::plugins {

// What a guest may touch, as the kernel is told: this, the folder of its file (or its working
// folder), and the system's libraries. No network at all. A compiled plugin is one thread, and
// loads all that it needs by the end of start(): no code can be mapped afterwards. A `command` may
// have threads and compile as it runs; neither can start another program.
struct Confinement {
    std::vector<std::string> readable;  // files and folders, absolute, that are there
    std::vector<std::string> writable;
    std::int64_t memory_mb = 256;  // addresses of a compiled plugin; of a program what it writes to
    std::int64_t open_files = 64;
};

struct Launch {
    std::string name;                  // for people, and of the process
    std::string file;                  // a plugin's shared library, absolute; or
    std::vector<std::string> command;  // a program that speaks JSON-RPC, and its working folder
    std::string folder;
    Confinement confinement;
};

// What the kernel of this machine gives: for `pintu doctor`.
struct SandboxReport {
    bool no_new_privileges = false;
    bool seccomp = false;
    int landlock = 0;  // ABI; 0: none
    bool user_namespaces = false;
    bool network_namespace = false;
    bool pid_namespace = false;
    std::string words() const;  // "namespaces, landlock 7, seccomp"
};

// A process of the launcher's. Ends with its last owner, at once and for certain. Any thread.
class Child {
  public:
    virtual ~Child() = default;  // kills it and closes what is open
    // Nonblocking, close-on-exec, the child's to keep: take none of them out. Of a `command`: its
    // standard input, output and error. Of a `file`: `input` and `output` are one and the same
    // socket (link/frames.hpp), and `errors` what it writes by itself.
    virtual int input() const = 0;
    virtual int output() const = 0;
    virtual int errors() const = 0;
    virtual void kill() = 0;  // SIGKILL; more than once does nothing
    // Waits until it has ended; nothing: not within the deadline.
    struct Ended {
        bool by_signal = false;
        int number = 0;             // signal or exit code
        std::string why;            // it never came to run: which step of the sandbox failed
        std::string words() const;  // "signal 11 (SIGSEGV)", "exit code 3"
    };
    virtual std::optional<Ended> wait(Milliseconds deadline) = 0;
};

class Launcher {
  public:
    // `binary`: pintu-host; "": beside the running program. PL020 where it cannot be started.
    static Result<std::unique_ptr<Launcher>> start(const std::string& binary = "");
    ~Launcher();  // ends all that it started
    Launcher(const Launcher&) = delete;
    Launcher& operator=(const Launcher&) = delete;

    // A guest of a `file` that has not been started yet. Any thread. `services` outlives it. (What
    // speaks for a `command` is stdio.hpp, over spawn().)
    Result<std::unique_ptr<Guest>> launch(const Launch& launch, Services& services);
    // Only the process, in its sandbox: PL021 where it could not be made, PL026 where the kernel
    // has not what no guest runs without. A launcher that is gone is started again, once.
    Result<std::unique_ptr<Child>> spawn(const Launch& launch);
    SandboxReport sandbox() const;  // of the one that runs now. Any thread.
    // Ends all that it started, calls under way included (PL002), and starts nothing more (PL021).
    // Any thread.
    void end_all();

  private:
    Launcher();
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace pintu::plugins
