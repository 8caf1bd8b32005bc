// UTF-8 (RFC 3629) checks and counts; folding and normal forms are in engine/text.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace pintu {

// Offset of the first byte that is not valid UTF-8 (overlong, surrogate, cut off), if any.
std::optional<std::size_t> first_invalid_utf8(std::string_view text);
// Code points of valid UTF-8.
std::size_t count_code_points(std::string_view text);

}  // namespace pintu
