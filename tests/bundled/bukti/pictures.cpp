#include "pictures.hpp"

#include <cstdio>
#include <cstdlib>

#include <jpeglib.h>
#include <png.h>
#include <zlib.h>

namespace pintu::testing {
namespace {

using namespace std::literals;

unsigned char shade(int x, int y) {
    return static_cast<unsigned char>((x * 7 + y * 13 + x * y) % 251);
}

std::vector<unsigned char> row_of(int width, int y) {
    std::vector<unsigned char> row;
    for (int x = 0; x < width; ++x)
        for (int c = 0; c < 3; ++c) row.push_back(shade(x + c * 5, y));
    return row;
}

std::string big(unsigned long number, int bytes) {
    std::string text;
    for (int i = bytes - 1; i >= 0; --i) text += static_cast<char>(number >> (8 * i) & 0xFFU);
    return text;
}

// One entry of a TIFF directory, big-endian.
std::string entry(unsigned tag, unsigned type, unsigned count, const std::string& value) {
    return big(tag, 2) + big(type, 2) + big(count, 4) + value;
}

std::string rationals(unsigned a, unsigned b, unsigned c) {
    return big(a, 4) + big(1, 4) + big(b, 4) + big(1, 4) + big(c, 4) + big(1, 4);
}

}  // namespace

std::string jpeg_picture(int width, int height, bool progressive) {
    jpeg_compress_struct jpeg{};
    jpeg_error_mgr errors{};
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&jpeg, &bytes, &size);
    jpeg.image_width = static_cast<JDIMENSION>(width);
    jpeg.image_height = static_cast<JDIMENSION>(height);
    jpeg.input_components = 3;
    jpeg.in_color_space = JCS_RGB;
    jpeg_set_defaults(&jpeg);
    if (progressive) jpeg_simple_progression(&jpeg);
    jpeg_start_compress(&jpeg, TRUE);
    for (int y = 0; y < height; ++y) {
        auto row = row_of(width, y);
        JSAMPROW rows[] = {row.data()};
        jpeg_write_scanlines(&jpeg, rows, 1);
    }
    jpeg_finish_compress(&jpeg);
    std::string file(reinterpret_cast<char*>(bytes), size);
    jpeg_destroy_compress(&jpeg);
    std::free(bytes);
    return file;
}

std::string png_picture(int width, int height, bool interlaced) {
    std::string file;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    png_infop info = png_create_info_struct(png);
    png_set_write_fn(
        png, &file,
        [](png_structp to, png_bytep bytes, png_size_t size) {
            static_cast<std::string*>(png_get_io_ptr(to))
                ->append(reinterpret_cast<char*>(bytes), size);
        },
        nullptr);
    png_set_IHDR(png, info, static_cast<png_uint_32>(width), static_cast<png_uint_32>(height), 8,
                 PNG_COLOR_TYPE_RGB, interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    const int passes = png_set_interlace_handling(png);
    for (int pass = 0; pass < passes; ++pass)
        for (int y = 0; y < height; ++y) png_write_row(png, row_of(width, y).data());
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return file;
}

std::vector<unsigned char> pixels_of_jpeg(const std::string& file) {
    jpeg_decompress_struct jpeg{};
    jpeg_error_mgr errors{};
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_decompress(&jpeg);
    jpeg_mem_src(&jpeg, reinterpret_cast<const unsigned char*>(file.data()), file.size());
    jpeg_read_header(&jpeg, TRUE);
    jpeg_start_decompress(&jpeg);
    std::vector<unsigned char> pixels;
    std::vector<unsigned char> row(jpeg.output_width * 3U);
    while (jpeg.output_scanline < jpeg.output_height) {
        JSAMPROW rows[] = {row.data()};
        jpeg_read_scanlines(&jpeg, rows, 1);
        pixels.insert(pixels.end(), row.begin(), row.end());
    }
    jpeg_finish_decompress(&jpeg);
    jpeg_destroy_decompress(&jpeg);
    return pixels;
}

std::string exif_with_place() {
    constexpr unsigned kFirst = 8, kGps = kFirst + 2 + 2 * 12 + 4, kValues = kGps + 2 + 4 * 12 + 4;
    std::string tiff = "MM\0\x2A"s + big(kFirst, 4);
    tiff += big(2, 2) + entry(0x0112, 3, 1, big(6, 2) + "\0\0"s) +
            entry(0x8825, 4, 1, big(kGps, 4)) + big(0, 4);
    tiff += big(4, 2) + entry(1, 2, 2, "S\0\0\0"s) + entry(2, 5, 3, big(kValues, 4)) +
            entry(3, 2, 2, "E\0\0\0"s) + entry(4, 5, 3, big(kValues + 24, 4)) + big(0, 4);
    return "Exif\0\0"s + tiff + rationals(1, 17, 24) + rationals(116, 42, 0);
}

std::string with_segment(const std::string& jpeg, unsigned marker, std::string_view body) {
    const std::string segment =
        "\xFF"s + static_cast<char>(marker) + big(body.size() + 2, 2) + std::string(body);
    return jpeg.substr(0, 2) + segment + jpeg.substr(2);
}

std::string with_chunk(const std::string& png, std::string_view type, std::string_view body) {
    const std::string named = std::string(type) + std::string(body);
    const auto sum =
        crc32(0, reinterpret_cast<const Bytef*>(named.data()), static_cast<uInt>(named.size()));
    const std::size_t after = 8 + 25;
    return png.substr(0, after) + big(body.size(), 4) + named + big(sum, 4) + png.substr(after);
}

}  // namespace pintu::testing
