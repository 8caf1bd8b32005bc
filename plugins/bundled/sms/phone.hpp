// Telephone numbers.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sms {

// As a phone dials it: digits, a plus in front at most; people's spaces, dots, dashes and brackets
// go. Nothing where it is no number of 6 to 15 digits: service numbers and names are not people's.
std::optional<std::string> dialled(std::string_view written);

}  // namespace sms
