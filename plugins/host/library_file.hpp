// What an ELF file says of itself, without loading it: nothing of a plugin's may run in the engine
// before it is known to be one.
#pragma once

#include <optional>
#include <string>

#include "engine/base/result.hpp"

namespace pintu::plugins {

constexpr std::size_t kMostLibraryBytes = 256U << 20U;

// PL111 no ELF shared library, or cut off; PL112 of another processor; PL113 it does not export
// pintu_plugin_entry. `path` is also what the errors name.
std::optional<Error> wrong_with_library(const std::string& path);

}  // namespace pintu::plugins
