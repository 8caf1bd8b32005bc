#include "engine/base/hash.hpp"

// The one-shot EVP interface of OpenSSL 3 looks its algorithm up on each call, which costs more
// than hashing an event; the older functions are deprecated, not wrong.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

#include <algorithm>

namespace pintu {

Digest sha256(std::initializer_list<std::string_view> parts) {
    SHA256_CTX context;
    SHA256_Init(&context);
    for (const auto part : parts) SHA256_Update(&context, part.data(), part.size());
    Digest digest;
    SHA256_Final(digest.data(), &context);
    return digest;
}

Digest hmac_sha256(std::string_view key, std::string_view bytes) {
    std::array<char, SHA256_CBLOCK> inner{};
    if (key.size() > inner.size()) {
        const Digest shorter = sha256(key);
        std::copy(shorter.begin(), shorter.end(), inner.begin());
    } else {
        std::copy(key.begin(), key.end(), inner.begin());
    }
    std::array<char, SHA256_CBLOCK> outer = inner;
    for (char& c : inner) c = static_cast<char>(c ^ 0x36);
    for (char& c : outer) c = static_cast<char>(c ^ 0x5c);
    const Digest first = sha256({{inner.data(), inner.size()}, bytes});
    return sha256({{outer.data(), outer.size()}, bytes_of(first)});
}

Digest hkdf_sha256(std::string_view key, std::string_view info) {
    return hmac_sha256(key, std::string(info) + '\x01');
}

std::string_view bytes_of(const Digest& digest) {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::string to_hex(std::string_view bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text(bytes.size() * 2, '\0');
    char* to = text.data();
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        *to++ = kDigits[byte >> 4U];
        *to++ = kDigits[byte & 15U];
    }
    return text;
}

std::optional<std::string> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    const auto value = [](char c) {
        return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    };
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = value(text[i]);
        const int low = value(text[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        bytes += static_cast<char>(high * 16 + low);
    }
    return bytes;
}

std::optional<Digest> digest_from_hex(std::string_view text) {
    const auto bytes = from_hex(text);
    if (!bytes || bytes->size() != 32) return std::nullopt;
    Digest digest;
    std::copy(bytes->begin(), bytes->end(), digest.begin());
    return digest;
}

}  // namespace pintu
