// What was read of a picture before anything of it was decoded.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace bukti {

struct Picture {
    std::int64_t width = 0;
    std::int64_t height = 0;
    std::string exif;    // as it stands in the file, "Exif" and two zeros before it; "": none
    std::string copy;    // the same pixels, without what its metadata give away
    std::string broken;  // why it is not a whole picture, in words; "": nothing was seen so far
};

}  // namespace bukti
