#include "engine/history/hex.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace pintu::history {
namespace {

constexpr std::uint8_t kNoDigit = 0xff;

constexpr std::array<std::uint8_t, 256> kValues = [] {
    std::array<std::uint8_t, 256> values{};
    values.fill(kNoDigit);
    for (std::uint8_t i = 0; i < 10; ++i) values[static_cast<std::size_t>('0' + i)] = i;
    for (std::uint8_t i = 10; i < 16; ++i) values[static_cast<std::size_t>('a' + i - 10)] = i;
    return values;
}();

std::uint8_t value_of(char c) {
    return kValues[static_cast<unsigned char>(c)];
}

}  // namespace

bool is_hex_text(std::string_view text, std::string_view prefix, std::size_t size) {
    if (text.size() != prefix.size() + 2 * size || !text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return std::all_of(text.begin(), text.end(), [](char c) { return value_of(c) != kNoDigit; });
}

bool append_hex_bytes(std::string& out, std::string_view digits) {
    const std::size_t from = out.size();
    out.resize(from + digits.size() / 2);
    char* to = out.data() + from;
    std::uint8_t seen = 0;  // a digit has no high bits, and kNoDigit has
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
        const std::uint8_t high = value_of(digits[i]);
        const std::uint8_t low = value_of(digits[i + 1]);
        seen = static_cast<std::uint8_t>(seen | high | low);
        *to++ = static_cast<char>((high << 4U) | low);
    }
    if (seen < 16 && digits.size() % 2 == 0) return true;
    out.resize(from);
    return false;
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
