#include "signature.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <sstream>

#include "plugins/sdk/base64.hpp"

namespace webhook {
namespace {

constexpr std::string_view kVersion = "v1,";
constexpr int kMostSignatures = 16;

// Reads no configuration file: the sandbox has none.
const bool& openssl_ready() {
    static const bool kReady =
        OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_ATEXIT, nullptr) == 1;
    return kReady;
}

std::string bytes_of(const std::array<unsigned char, EVP_MAX_MD_SIZE>& digest, unsigned size) {
    return std::string(digest.begin(), digest.begin() + size);
}

std::string hmac(const std::string& key, std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    const auto* data = static_cast<const unsigned char*>(static_cast<const void*>(bytes.data()));
    if (!openssl_ready() || HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), data,
                                 bytes.size(), digest.data(), &size) == nullptr)
        return "";
    return bytes_of(digest, size);
}

std::string content(std::string_view id, std::string_view timestamp, std::string_view body) {
    std::string text;
    text.reserve(id.size() + timestamp.size() + body.size() + 2);
    return text.append(id).append(".").append(timestamp).append(".").append(body);
}

}  // namespace

std::string signatures(const std::vector<std::string>& keys, std::string_view id,
                       std::string_view timestamp, std::string_view body) {
    std::string all;
    for (const auto& key : keys)
        all += (all.empty() ? "" : " ") + std::string(kVersion) +
               pintu::plugin::to_base64(hmac(key, content(id, timestamp, body)));
    return all;
}

bool is_signed(const std::vector<std::string>& keys, std::string_view header, std::string_view id,
               std::string_view timestamp, std::string_view body) {
    const std::string bytes = content(id, timestamp, body);
    std::vector<std::string> right;
    for (const auto& key : keys)
        if (auto one = hmac(key, bytes); !one.empty()) right.push_back(std::move(one));
    std::istringstream words{std::string(header)};
    std::string word;
    bool found = false;
    for (int i = 0; i < kMostSignatures && words >> word; ++i) {
        if (!word.starts_with(kVersion)) continue;
        const auto given = pintu::plugin::from_base64(word.substr(kVersion.size()));
        for (const auto& one : right)
            found |= given && given->size() == one.size() &&
                     CRYPTO_memcmp(given->data(), one.data(), one.size()) == 0;
    }
    return found;
}

std::string sha256_hex(std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    if (!openssl_ready() ||
        EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1)
        return "";
    std::string hex;
    for (unsigned i = 0; i < size; ++i) {
        hex += "0123456789abcdef"[digest[i] >> 4U];
        hex += "0123456789abcdef"[digest[i] & 15U];
    }
    return hex;
}

}  // namespace webhook
