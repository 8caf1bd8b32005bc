#include "engine/history/base64.hpp"

#include <cstdint>

namespace pintu::history {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

std::string to_base64(const Digest& digest) {
    std::string text;
    std::uint32_t bits = 0;
    int held = 0;
    for (const std::uint8_t byte : digest) {
        bits = (bits << 8U) | byte;
        for (held += 8; held >= 6; held -= 6) text += kAlphabet[(bits >> (held - 6)) & 63U];
    }
    if (held > 0) text += kAlphabet[(bits << (6 - held)) & 63U];
    text.resize((text.size() + 3) / 4 * 4, '=');
    return text;
}

std::optional<Digest> digest_from_base64(std::string_view text) {
    Digest digest{};
    std::size_t filled = 0;
    std::uint32_t bits = 0;
    int held = 0;
    for (const char c : text) {
        const auto value = kAlphabet.find(c);
        if (value == std::string_view::npos) break;
        bits = (bits << 6U) | static_cast<std::uint32_t>(value);
        held += 6;
        if (held < 8) continue;
        if (filled == digest.size()) return std::nullopt;
        held -= 8;
        digest[filled++] = static_cast<std::uint8_t>(bits >> held);
    }
    if (filled != digest.size() || to_base64(digest) != text) return std::nullopt;
    return digest;
}

}  // namespace pintu::history
