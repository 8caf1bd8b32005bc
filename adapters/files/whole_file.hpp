// Whole files in and out.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "engine/base/result.hpp"

namespace pintu::files {

// BU102 unreadable (or no regular file), BU103 larger than `most` bytes.
Result<std::string> read_file(const std::string& path, std::size_t most);

// The new bytes or the old ones, never a mixture, whatever stops in between: a new file beside it,
// synced, then renamed over it, then the folder synced. The mode of an old file is kept. BU105.
Result<void> write_file(const std::string& path, std::string_view bytes);

}  // namespace pintu::files
