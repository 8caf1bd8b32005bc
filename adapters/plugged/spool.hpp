// Files that a plugin has put into its spool. The plugin is not trusted: it may name a path that
// leads elsewhere, a link, a pipe, a file that grows.
#pragma once

#include <cstdint>
#include <string>

#include "engine/base/result.hpp"

namespace pintu::plugged {

// `path` below `folder`, or absolute and below it. EV001 larger than `most` bytes; EV002 it leads
// out of the folder, goes through a link, or is no regular file; EV003 it is not
// there, or not to be read; EV004 it cannot be read now.
Result<std::string> read_spooled(const std::string& folder, const std::string& path,
                                 std::int64_t most);

}  // namespace pintu::plugged
