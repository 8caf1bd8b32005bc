// How a new file comes to be.
#pragma once

#include <string>

#include "adapters/store/store.hpp"
#include "engine/base/result.hpp"

namespace pintu::store {

// Makes the file with all its tables where there is none. It lies under another name until all of
// it is on the disk: SQLite throws a journal away whose file is empty, so a first page that a
// failed sync has lost would take all commits with it, and after that failure the kernel would
// never try that page again. Where anything fails nothing is left. Another process that was
// quicker is no failure. ST004, and whatever making the tables gives.
Result<void> make_file(const std::string& file, const OpenOptions& options);

}  // namespace pintu::store
