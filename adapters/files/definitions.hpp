// A definitions folder on disk -> bundle::Definitions, and whether it has changed since.
#pragma once

#include <string>

#include "engine/base/result.hpp"
#include "engine/bundle/bundle.hpp"

namespace pintu::files {

// Where Debian's tzdata keeps the zones.
inline constexpr const char* kZoneinfo = "/usr/share/zoneinfo";

constexpr std::size_t kMostFiles = 10'000;
constexpr std::size_t kMostFileBytes = 64U << 20U;
constexpr std::size_t kMostBytes = 256U << 20U;

// All regular files below rules/ and workflows/, pintu.yaml, and as "zoneinfo/NAME" each time zone
// that a calendar names and `zoneinfo` has. Sorted by path. Hidden files and editors' backups
// (`.x`, `x~`) are left out. Symbolic links are followed to files inside the folder only; linked
// folders are not entered. Errors: BU101 no such folder, BU102 unreadable, BU103 too many files or
// bytes, BU104 a link that leads outside, BU106 neither rules/ nor workflows/.
Result<bundle::Definitions> read_definitions(const std::string& folder,
                                             const std::string& zoneinfo = kZoneinfo);

// A text that differs whenever a path, size or modification time of those files differs: cheap
// enough to ask every second. Errors as above.
Result<std::string> definitions_stamp(const std::string& folder);

}  // namespace pintu::files
