#include "tracking.hpp"

#include <glib.h>

#include <array>
#include <cstdint>

#include "address.hpp"

namespace surel {
namespace {

constexpr std::string_view kSymbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::string_view kOwnPrefix = "pintu.";
constexpr std::size_t kLength = 12;

// In GF(32), polynomial x^5 + x^2 + 1, as the engine makes them.
std::uint8_t times_x(unsigned value) {
    const unsigned shifted = value << 1;
    return static_cast<std::uint8_t>((shifted & 0x20U) != 0 ? shifted ^ 0x25U : shifted);
}

char usual(char c) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O') return '0';
    return c == 'I' || c == 'L' ? '1' : c;
}

}  // namespace

std::optional<std::string> tracking_id(std::string_view text) {
    std::array<std::size_t, kLength> symbols{};
    std::size_t count = 0;
    for (const char c : text) {
        if (c == '-' || c == ' ') continue;
        const auto symbol = kSymbols.find(usual(c));
        if (symbol == std::string_view::npos || count == kLength) return std::nullopt;
        symbols[count++] = symbol;
    }
    std::uint8_t check = 0;
    for (std::size_t i = 0; i + 1 < kLength; ++i)
        check = times_x(check ^ static_cast<unsigned>(symbols[i]));
    if (count != kLength || check != symbols[kLength - 1]) return std::nullopt;
    std::string result;
    for (std::size_t i = 0; i < kLength; ++i) {
        if (i == 4 || i == 8) result += '-';
        result += kSymbols[symbols[i]];
    }
    return result;
}

std::optional<std::string> answered_report(const std::vector<std::string>& to,
                                           const std::vector<std::string>& answered,
                                           std::string_view own) {
    for (const auto& address : to)
        if (without_tag(address) == lower(own))
            if (auto id = tracking_id(tag_of(address))) return id;
    for (const auto& message_id : answered) {
        if (message_id.rfind(kOwnPrefix, 0) != 0) continue;
        const auto rest = std::string_view(message_id).substr(kOwnPrefix.size());
        if (lower(domain_of(rest)) != lower(domain_of(own))) continue;
        if (auto id = tracking_id(rest.substr(0, rest.find('.')))) return id;
    }
    return std::nullopt;
}

std::string own_message_id(std::string_view key, std::string_view tracking_id,
                           std::string_view domain) {
    return std::string(kOwnPrefix) + std::string(tracking_id) + "." + digest_of(key).substr(0, 24) +
           "@" + std::string(domain);
}

std::string digest_of(std::string_view bytes) {
    char* hex = g_compute_checksum_for_data(
        G_CHECKSUM_SHA256, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    std::string digest(hex, 32);
    g_free(hex);
    return digest;
}

}  // namespace surel
