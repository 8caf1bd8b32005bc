#include "inspect.hpp"

#include "jpeg.hpp"
#include "place.hpp"
#include "png.hpp"
#include "type.hpp"

namespace bukti {
namespace {
constexpr std::int64_t kMostSide = 65'535;
}

Found inspect(std::string_view file, std::int64_t most_pixels) {
    Found found;
    found.type = type_of(file);
    const bool jpeg = found.type == kJpeg;
    if (!jpeg && found.type != kPng) return found;
    Picture picture = jpeg ? read_jpeg(file) : read_png(file);
    found.width = picture.width;
    found.height = picture.height;
    if (!picture.exif.empty()) found.place = place_in(picture.exif);
    found.broken = picture.broken;
    const bool beyond = found.width > kMostSide || found.height > kMostSide;
    if (found.broken.empty() && (beyond || found.width * found.height > most_pixels))
        found.broken = "gambar terlalu besar";
    if (found.broken.empty())
        found.broken = jpeg ? decode_jpeg(picture.copy) : decode_png(picture.copy);
    found.whole = found.broken.empty();
    if (found.whole) found.copy = std::move(picture.copy);
    return found;
}

}  // namespace bukti
