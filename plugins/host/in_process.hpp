// A plugin in this process: for those that pintu.yaml names `trusted`. Nothing contains it: a crash
// is the engine's, and a call that takes longer than its deadline holds its thread; its answer is
// then thrown away (PL001, to within 10 ms). The file is loaded from a copy, so that a new version
// can be loaded while the old one runs.
#pragma once

#include <memory>
#include <string>

#include "plugins/host/guest.hpp"

namespace pintu::plugins {

struct InProcessSettings {
    std::string name;    // of the plugin
    std::string file;    // its shared library, absolute
    std::string copies;  // an existing folder for the copy, which is gone once it is loaded
};

// Not started yet: start() loads. `services` outlives it.
std::unique_ptr<Guest> make_in_process_guest(InProcessSettings settings, Services& services);

}  // namespace pintu::plugins
