// What `pintu doctor` finds of the sandbox that plugins run in.
#pragma once

#include <string>
#include <vector>

#include "adapters/cli/commands.hpp"

namespace pintu::cli {

struct Finding {
    std::string what;
    bool good = true;
    std::string words;
};

// Starts a launcher and ends it again. Without seccomp no plugin runs in a process of its own;
// Landlock and namespaces may be missing, and what then holds a plugin less is told.
std::vector<Finding> check_sandbox(const Options& options);

}  // namespace pintu::cli
