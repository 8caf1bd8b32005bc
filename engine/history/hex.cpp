#include "engine/history/hex.hpp"

#include <algorithm>
#include <array>

namespace pintu::history {
namespace {

bool is_digit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

unsigned value_of(char c) {
    return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10);
}

}  // namespace

bool is_hex_text(std::string_view text, std::string_view prefix, std::size_t size) {
    if (text.size() != prefix.size() + 2 * size || !text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return std::all_of(text.begin(), text.end(), is_digit);
}

void append_hex_bytes(std::string& out, std::string_view digits) {
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
        out += static_cast<char>((value_of(digits[i]) << 4U) | value_of(digits[i + 1]));
    }
}

void append_hex_digits(std::string& out, std::string_view bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    const std::size_t from = out.size();
    out.resize(from + 2 * bytes.size());
    char* to = out.data() + from;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        *to++ = kDigits[byte >> 4U];
        *to++ = kDigits[byte & 15U];
    }
}

}  // namespace pintu::history
