// Base64 (RFC 4648), for bytes in JSON-RPC.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pintu::plugins {

std::string to_base64(std::string_view bytes);
// Nothing where the text is not that: other characters, wrong length, padding in the middle.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace pintu::plugins
