#include "utf16.hpp"

#include <array>
#include <cstdint>

namespace sms {
namespace {

constexpr std::uint32_t kNone = 0xfffd;

void append(std::string& to, std::uint32_t code) {
    if (code < 0x80) {
        if (code >= 0x20 ? code != 0x7f : code == '\n' || code == '\t')
            to += static_cast<char>(code);
        return;
    }
    const int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static constexpr std::array<unsigned, 4> kFirst = {0, 0xc0, 0xe0, 0xf0};
    to += static_cast<char>(kFirst[static_cast<std::size_t>(more)] | code >> (6 * more));
    for (int i = more - 1; i >= 0; --i) to += static_cast<char>(0x80 | (code >> (6 * i) & 0x3f));
}

void append(std::u16string& to, std::uint32_t code) {
    if (code < 0x10000) {
        to += static_cast<char16_t>(code);
        return;
    }
    to += static_cast<char16_t>(0xd800 + ((code - 0x10000) >> 10));
    to += static_cast<char16_t>(0xdc00 + ((code - 0x10000) & 0x3ff));
}

// The character at `at`, and how many bytes it has; kNone and 1 where there is none.
std::pair<std::uint32_t, std::size_t> character(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) {
        return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
    };
    const unsigned first = byte(0);
    if (first < 0x80) return {first, 1};
    const std::size_t size = first < 0xc2   ? 0
                             : first < 0xe0 ? 2
                             : first < 0xf0 ? 3
                             : first < 0xf5 ? 4
                                            : 0;
    if (size == 0) return {kNone, 1};
    std::uint32_t code = first & (0x7fU >> size);
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xc0) != 0x80) return {kNone, 1};
        code = code << 6 | (byte(i) & 0x3f);
    }
    static constexpr std::array<std::uint32_t, 5> kLeast = {0, 0, 0x80, 0x800, 0x10000};
    const bool real = code >= kLeast[size] && code <= 0x10ffff && (code >> 11) != 0x1b;
    return real ? std::pair{code, size} : std::pair{kNone, std::size_t{1}};
}

int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

}  // namespace

std::optional<std::u16string> from_hex(std::string_view hex) {
    if (hex.size() % 4 != 0) return std::nullopt;
    std::u16string text;
    for (std::size_t at = 0; at < hex.size(); at += 4) {
        int unit = 0;
        for (const char c : hex.substr(at, 4)) {
            if (digit(c) < 0) return std::nullopt;
            unit = unit * 16 + digit(c);
        }
        text += static_cast<char16_t>(unit);
    }
    return text;
}

std::u16string from_utf8(std::string_view text) {
    std::u16string result;
    for (std::size_t at = 0; at < text.size();) {
        const auto [code, size] = character(text, at);
        append(result, code);
        at += size;
    }
    return result;
}

std::string to_utf8(std::u16string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::uint32_t unit = text[i];
        const std::uint32_t next = i + 1 < text.size() ? text[i + 1] : 0;
        if ((unit >> 10) == 0x36 && (next >> 10) == 0x37) {
            append(result, 0x10000 + ((unit & 0x3ff) << 10) + (next & 0x3ff));
            ++i;
        } else {
            append(result, (unit >> 11) == 0x1b ? kNone : unit);
        }
    }
    return result;
}

}  // namespace sms
