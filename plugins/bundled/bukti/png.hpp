// PNG (ISO/IEC 15948): read chunk by chunk.
#pragma once

#include <string_view>

#include "picture.hpp"

namespace bukti {

// As read_jpeg(): the copy has the pixels and their colours, and ends with IEND. Of an animation it
// has the first picture.
Picture read_png(std::string_view file);
std::string decode_png(std::string_view file);

}  // namespace bukti
