// Pictures made by libjpeg and libpng, and metadata to put into them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pintu::testing {

std::string jpeg_picture(int width, int height, bool progressive = false);
std::string png_picture(int width, int height, bool interlaced = false);
// The pixels that decoding gives, three bytes each.
std::vector<unsigned char> pixels_of_jpeg(const std::string& file);

// "Exif", two zeros, and a TIFF with orientation 6 and the place 1°17'24" S, 116°42' E.
std::string exif_with_place();
// A JPEG with this segment after its beginning.
std::string with_segment(const std::string& jpeg, unsigned marker, std::string_view body);
// A PNG with this chunk after its header.
std::string with_chunk(const std::string& png, std::string_view type, std::string_view body);

}  // namespace pintu::testing
