// SHA-256 (FIPS 180-4) of bytes. The only place that includes OpenSSL.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace pintu {

using Digest = std::array<std::uint8_t, 32>;

// Of the parts one after the other, as if joined.
Digest sha256(std::initializer_list<std::string_view> parts);
inline Digest sha256(std::string_view bytes) {
    return sha256({bytes});
}
// HMAC (RFC 2104) with SHA-256.
Digest hmac_sha256(std::string_view key, std::string_view bytes);
// HKDF-Expand (RFC 5869) of one block: key is the pseudo-random key, info the context.
Digest hkdf_sha256(std::string_view key, std::string_view info);

std::string_view bytes_of(const Digest& digest);
std::string to_hex(std::string_view bytes);
// Lower-case hex digits back to bytes; nothing where the text is not that.
std::optional<std::string> from_hex(std::string_view text);
std::optional<Digest> digest_from_hex(std::string_view text);

}  // namespace pintu
