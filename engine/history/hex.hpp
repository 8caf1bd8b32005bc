// Identifiers that are written in hexadecimal digits are stored as the bytes that they stand for.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pintu::history {

constexpr std::string_view kBundlePrefix = "sha256:";

// Whether text is prefix and then exactly `size` bytes as lower-case hex digits.
bool is_hex_text(std::string_view text, std::string_view prefix, std::size_t size);
// False, and nothing appended, where they are not lower-case hex digits, or not a multiple of eight.
bool append_hex_bytes(std::string& out, std::string_view digits);
void append_hex_digits(std::string& out, std::string_view bytes);

}  // namespace pintu::history
