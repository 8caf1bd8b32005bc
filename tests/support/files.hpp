// Whole files in and out, for tests.
#pragma once

#include <string>

namespace pintu::testing {

std::string read_file(const std::string& path);
void write_file(const std::string& path, const std::string& text);

}  // namespace pintu::testing
