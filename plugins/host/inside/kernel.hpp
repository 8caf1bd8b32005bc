// What of the kernel's a guest is confined by, and the steps. Each says where it failed: a step
// that was promised (Grants) and cannot be taken ends the guest before it has run anything.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plugins/host/link/orders.hpp"

namespace pintu::plugins::inside {

struct Failed {
    std::string step;  // "landlock: /var/lib/x"
    int number = 0;    // errno
};
using Step = std::optional<Failed>;  // nothing: done
Failed failed(std::string step);     // with errno

// Looks what there is, by trying in processes that end at once.
Grants look_at_kernel();

// Of the launcher, once, for all guests: namespaces of their own for users, network, IPC, names,
// and processes. Then this process may be another one: the first of its process namespace.
Step enter_namespaces(const Grants& grants);
// Of each guest: a user namespace below, so that its processes are counted apart. True: it is.
bool enter_own_user_namespace();

// No capability left, in no set; no new ones by running a program.
Step drop_privileges();

struct Limits {
    std::int64_t memory_mb;
    std::int64_t open_files;
    bool program;  // of an interpreter, which reserves more addresses than it uses
    bool counted;  // its processes are counted apart
};
Step limit(const Limits& limits);

// Files: only what is listed may be opened, and what `runs` executed, from here on.
struct Files {
    std::vector<std::string> readable;
    std::vector<std::string> writable;
    bool runs;
};
Step confine_files(const Files& files, int landlock);

// System calls. `program`: the address of the path that may be run, once; nullptr: none.
Step confine_calls(const char* program);
// Of a compiled plugin that has started: no code can be mapped any more.
Step freeze_code();

}  // namespace pintu::plugins::inside
