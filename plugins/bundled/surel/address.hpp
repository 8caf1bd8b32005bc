// Addresses as SMTP carries them: ASCII, one "@", nothing that could end a line or a bracket.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace surel {

inline std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return result;
}

inline bool is_address(std::string_view text) {
    const auto at = text.find('@');
    if (at == std::string_view::npos || at == 0 || at > 64 || at + 3 > text.size()) return false;
    if (text.size() > 254 || text.find('@', at + 1) != std::string_view::npos) return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        return c > ' ' && c < 0x7f &&
               std::string_view("<>()[],;:\\\"").find(c) == std::string_view::npos;
    });
}

inline std::string_view local_part(std::string_view address) {
    return address.substr(0, std::min(address.find('@'), address.size()));
}

inline std::string_view domain_of(std::string_view address) {
    const auto at = address.rfind('@');
    return at == std::string_view::npos ? std::string_view() : address.substr(at + 1);
}

// "lapor+7H3K-9QXM-V2PT@contoh.go.id" is "lapor@contoh.go.id" with a tag.
inline std::string without_tag(std::string_view address) {
    const auto local = local_part(address);
    const auto base = local.substr(0, std::min(local.find('+'), local.size()));
    return lower(std::string(base) + "@" + std::string(domain_of(address)));
}

inline std::string_view tag_of(std::string_view address) {
    const auto local = local_part(address);
    const auto plus = local.find('+');
    return plus == std::string_view::npos ? std::string_view() : local.substr(plus + 1);
}

}  // namespace surel
