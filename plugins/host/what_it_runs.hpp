// The files that a plugin is: what its identity is over, and what a new version changes.
#pragma once

#include <string>

#include "engine/base/hash.hpp"
#include "engine/base/result.hpp"
#include "plugins/host/manifest.hpp"

namespace pintu::plugins {

constexpr std::size_t kMostFiles = 5'000;
constexpr std::size_t kMostFileBytes = 64U << 20U;

// Of `run` the file; of `command` every regular file below the folder, with its path, in order (but
// none whose path has a part that begins with "." or is "__pycache__"). PL110 a file that is not
// there or is too large, PL123 too many.
Result<Digest> digest_of_what_it_runs(const Manifest& manifest);

// Changes when a file of it is written, replaced, added or removed: names, sizes, times and inodes.
// Cheap: it reads no file.
std::string fingerprint(const Manifest& manifest);

}  // namespace pintu::plugins
