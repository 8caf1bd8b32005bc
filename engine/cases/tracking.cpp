#include "engine/cases/tracking.hpp"

#include <array>
#include <cstdint>

namespace pintu::cases {
namespace {

constexpr std::string_view kSymbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kData = 11;
using Symbols = std::array<std::uint8_t, kData + 1>;  // the last one checks the others

// In GF(32), polynomial x^5 + x^2 + 1.
std::uint8_t times_x(std::uint8_t value) {
    const auto shifted = static_cast<unsigned>(value) << 1;
    return static_cast<std::uint8_t>((shifted & 0x20U) != 0 ? shifted ^ 0x25U : shifted);
}

// Sum of symbol i times x^(11 - i): Horner's way. Weights differ and none is zero, so that one
// wrong symbol, or any two that changed places, always show.
std::uint8_t check_of(const Symbols& symbols) {
    std::uint8_t sum = 0;
    for (std::size_t i = 0; i < kData; ++i)
        sum = times_x(static_cast<std::uint8_t>(sum ^ symbols[i]));
    return sum;
}

TrackingId written(const Symbols& symbols) {
    std::string text;
    for (std::size_t i = 0; i < symbols.size(); ++i) {
        if (i == 4 || i == 8) text += '-';
        text += kSymbols[symbols[i]];
    }
    return TrackingId(std::move(text));
}

std::optional<std::uint8_t> symbol_of(char c) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O') c = '0';
    if (c == 'I' || c == 'L') c = '1';
    const auto at = kSymbols.find(c);
    if (at == std::string_view::npos) return std::nullopt;
    return static_cast<std::uint8_t>(at);
}

}  // namespace

TrackingId make_tracking_id(const Digest& random) {
    Symbols symbols{};
    for (std::size_t i = 0; i < kData; ++i) symbols[i] = random[i] & 0x1f;
    symbols[kData] = check_of(symbols);
    return written(symbols);
}

std::optional<TrackingId> parse_tracking_id(std::string_view text) {
    Symbols symbols{};
    std::size_t count = 0;
    for (const char c : text) {
        if (c == '-' || c == ' ') continue;
        const auto symbol = symbol_of(c);
        if (!symbol || count == symbols.size()) return std::nullopt;
        symbols[count++] = *symbol;
    }
    if (count != symbols.size() || check_of(symbols) != symbols[kData]) return std::nullopt;
    return written(symbols);
}

}  // namespace pintu::cases
