// A compiled plugin in a process of its own (link/frames.hpp is what is said). What comes back is
// held to the protocol: a frame that was not asked for, of an unknown kind, with another's number
// or a forged length ends the guest (PL003, PL004), and so does silence (PL001).
#pragma once

#include <memory>
#include <string>

#include "plugins/host/guest.hpp"
#include "plugins/host/launch.hpp"

namespace pintu::plugins {

struct ProcessSettings {
    std::string name;  // of the plugin
    std::string file;  // as the errors name it
};

// Not started yet. `services` outlives it.
std::unique_ptr<Guest> make_process_guest(ProcessSettings settings, std::unique_ptr<Child> child,
                                          Services& services);

}  // namespace pintu::plugins
