// Base64 of RFC 4648 section 4, with padding, of a digest: 44 characters.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/base/hash.hpp"

namespace pintu::history {

std::string to_base64(const Digest& digest);
// Nothing where the text is not exactly what to_base64() gives for some digest.
std::optional<Digest> digest_from_base64(std::string_view text);

}  // namespace pintu::history
