// Bytes within documents (RFC 4648, section 4, with padding).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pintu::plugin {

namespace detail {
constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
}  // namespace detail

inline std::string to_base64(std::string_view bytes) {
    std::string result;
    result.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        std::uint32_t three = 0;
        for (std::size_t i = 0; i < 3; ++i) {
            const unsigned char byte = at + i < bytes.size() ? bytes[at + i] : 0;
            three = three << 8 | byte;
        }
        for (std::size_t i = 0; i < 4; ++i) {
            const bool there = i <= bytes.size() - at;
            result += there ? detail::kBase64[three >> (18 - 6 * i) & 63] : '=';
        }
    }
    return result;
}

// Nothing where it is not base64.
inline std::optional<std::string> from_base64(std::string_view text) {
    static const std::array<std::int8_t, 256> kValues = [] {
        std::array<std::int8_t, 256> values{};
        values.fill(-1);
        for (std::size_t i = 0; i < detail::kBase64.size(); ++i) {
            values[static_cast<unsigned char>(detail::kBase64[i])] = static_cast<std::int8_t>(i);
        }
        return values;
    }();
    if (text.size() % 4 != 0) return std::nullopt;
    for (int padding = 0; padding < 2 && !text.empty() && text.back() == '='; ++padding) {
        text.remove_suffix(1);
    }
    std::string result;
    result.reserve(text.size() / 4 * 3);
    std::uint32_t bits = 0;
    int count = 0;
    for (const unsigned char each : text) {
        if (kValues[each] < 0) return std::nullopt;
        bits = bits << 6 | static_cast<std::uint32_t>(kValues[each]);
        count += 6;
        if (count >= 8) {
            count -= 8;
            result += static_cast<char>(bits >> count & 255);
        }
    }
    return result;
}

}  // namespace pintu::plugin
