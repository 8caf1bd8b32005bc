// JPEG (ITU T.81): read segment by segment.
#pragma once

#include <string_view>

#include "picture.hpp"

namespace bukti {

// The copy keeps what decoding needs and the orientation; it ends where the picture does, so that
// whatever was appended is gone. Nothing is decoded.
Picture read_jpeg(std::string_view file);
// Decodes all of it and throws the pixels away. Why not, or "".
std::string decode_jpeg(std::string_view file);

}  // namespace bukti
