// Ids of cases that are written in hexadecimal digits are stored as the bytes that they stand for.
#pragma once

#include <cstddef>
#include <string_view>

namespace pintu::history {

constexpr std::size_t kCaseBytes = 16;

// Whether text is exactly `size` bytes as lower-case hex digits.
bool is_hex_text(std::string_view text, std::size_t size);
// Writes half as many bytes. False where the digits are not lower-case hex, or not a multiple of
// eight; what was written then is of no use.
bool hex_bytes(std::string_view digits, char* to);

}  // namespace pintu::history
