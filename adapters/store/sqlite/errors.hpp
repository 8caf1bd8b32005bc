// What SQLite reports, in the words of the messages catalogue.
#pragma once

#include <string>

#include "engine/base/result.hpp"

namespace pintu::store {

// `code`: SQLite's extended result code. `system`: errno of the last system call, or 0.
Error classify(int code, int system, const std::string& file, const std::string& message);

}  // namespace pintu::store
