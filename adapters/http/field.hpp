// The parts of a header line (RFC 9110 section 5).
#pragma once

#include <string>
#include <string_view>

namespace pintu::http {

// ASCII letters only.
std::string lower_case(std::string_view text);
// Without spaces, tabs and line ends around it.
std::string trimmed(std::string_view text);
// A method or the name of a header.
bool is_token(std::string_view text);
// No control characters but tabs: nothing that would end the line.
bool is_field_value(std::string_view text);

}  // namespace pintu::http
