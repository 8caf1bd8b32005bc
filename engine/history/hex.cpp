#include "engine/history/hex.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

namespace pintu::history {
namespace {

bool is_digit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

// Characters that are read at a time, the first in the lowest byte.
constexpr std::size_t kAtOnce = 8;
static_assert(std::endian::native == std::endian::little);

constexpr std::uint64_t each(std::uint8_t byte) {
    return byte * std::uint64_t{0x0101'0101'0101'0101};
}

}  // namespace

bool is_hex_text(std::string_view text, std::size_t size) {
    return text.size() == 2 * size && std::all_of(text.begin(), text.end(), is_digit);
}

bool hex_bytes(std::string_view digits, char* to) {
    std::uint64_t wrong = digits.size() % kAtOnce;
    for (std::size_t i = 0; i + kAtOnce <= digits.size(); i += kAtOnce) {
        std::uint64_t text = 0;
        std::memcpy(&text, digits.data() + i, kAtOnce);
        const std::uint64_t value = (text & each(0x0f)) + 9 * (text >> 6U & each(1));
        const std::uint64_t letters = (value + each(6)) >> 4U & each(1);
        // A digit's value is below 16, and is written as that digit.
        wrong |= value & each(0xf0);
        wrong |= text ^ (value + each('0') + letters * ('a' - '9' - 1));
        // Of each pair the first is the high half; then the pairs move together.
        std::uint64_t bytes = (value << 4U | value >> 8U) & 0x00ff'00ff'00ff'00ff;
        bytes = (bytes | bytes >> 8U) & 0x0000'ffff'0000'ffff;
        bytes |= bytes >> 16U;
        std::memcpy(to + i / 2, &bytes, kAtOnce / 2);
    }
    return wrong == 0;
}

}  // namespace pintu::history
