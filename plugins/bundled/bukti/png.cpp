#include "png.hpp"

#include <png.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <vector>

namespace bukti {
namespace {

using namespace std::literals;

constexpr std::string_view kSignature = "\x89PNG\r\n\x1A\n"sv;
constexpr std::string_view kKept[] = {"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA",
                                      "cHRM", "sRGB", "iCCP", "sBIT", "bKGD", "pHYs"};
constexpr std::size_t kMostChunkMemory = 8U << 20U;

std::size_t number_at(std::string_view bytes, std::size_t at) {
    std::size_t number = 0;
    for (std::size_t i = 0; i < 4; ++i)
        number = number << 8U | static_cast<unsigned char>(bytes[at + i]);
    return number;
}

bool is_kept(std::string_view type) {
    return std::find(std::begin(kKept), std::end(kKept), type) != std::end(kKept);
}

// Whatever a decoder must know and this one does not: lower case in the first letter means that it
// need not.
bool is_needed(std::string_view type) {
    return type[0] >= 'A' && type[0] <= 'Z';
}

// Returns why it is broken, or nullptr.
const char* take(Picture& picture, std::string_view type, std::string_view body,
                 std::string_view whole) {
    const bool first = picture.width == 0;
    if (first != (type == "IHDR")) return "ukuran gambar rusak";
    if (first) {
        if (body.size() != 13) return "ukuran gambar rusak";
        picture.width = static_cast<std::int64_t>(number_at(body, 0));
        picture.height = static_cast<std::int64_t>(number_at(body, 4));
        if (picture.width <= 0 || picture.height <= 0) return "ukuran gambar rusak";
    }
    if (type == "eXIf" && picture.exif.empty())
        picture.exif = std::string("Exif\0\0"sv).append(body);
    if (is_kept(type))
        picture.copy.append(whole);
    else if (is_needed(type))
        return "bagian yang tidak dikenal";
    return nullptr;
}

// A reader of libpng's over bytes in memory.
struct Source {
    std::string_view left;
};

void read_bytes(png_structp png, png_bytep out, png_size_t size) {
    auto& source = *static_cast<Source*>(png_get_io_ptr(png));
    if (source.left.size() < size) png_error(png, "end");
    std::memcpy(out, source.left.data(), size);
    source.left.remove_prefix(size);
}

[[noreturn]] void leave(png_structp png, png_const_charp) {
    png_longjmp(png, 1);
}

void keep_quiet(png_structp, png_const_charp) {}

// Nothing with a destructor lives between the jump and its end.
bool decodes(Source* source, png_bytep row, std::size_t row_size) {
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, leave, keep_quiet);
    png_infop info = png == nullptr ? nullptr : png_create_info_struct(png);
    if (info == nullptr) {
        png_destroy_read_struct(&png, nullptr, nullptr);
        return false;
    }
    if (setjmp(png_jmpbuf(png)) != 0) {
        png_destroy_read_struct(&png, &info, nullptr);
        return false;
    }
    png_set_chunk_malloc_max(png, kMostChunkMemory);
    png_set_read_fn(png, source, read_bytes);
    png_read_info(png, info);
    const int passes = png_set_interlace_handling(png);
    png_read_update_info(png, info);
    if (png_get_rowbytes(png, info) > row_size) png_longjmp(png, 1);
    for (int pass = 0; pass < passes; ++pass)
        for (png_uint_32 y = 0; y < png_get_image_height(png, info); ++y)
            png_read_row(png, row, nullptr);
    png_read_end(png, nullptr);
    png_destroy_read_struct(&png, &info, nullptr);
    return true;
}

}  // namespace

Picture read_png(std::string_view file) {
    Picture picture;
    picture.copy = kSignature;
    std::size_t at = kSignature.size();
    bool ended = false;
    while (!ended && picture.broken.empty()) {
        const std::size_t left = file.size() - at;
        const std::size_t length = left < 12 ? 0 : number_at(file, at);
        if (left < 12 || length > left - 12) {
            picture.broken = "berkas terpotong";
            break;
        }
        const auto type = file.substr(at + 4, 4);
        const auto* why =
            take(picture, type, file.substr(at + 8, length), file.substr(at, length + 12));
        if (why != nullptr) picture.broken = why;
        ended = type == "IEND";
        at += length + 12;
    }
    if (!picture.broken.empty()) picture.copy.clear();
    return picture;
}

std::string decode_png(std::string_view file) {
    const auto width = number_at(file, kSignature.size() + 8);
    std::vector<png_byte> row(width * 8 + 64);  // 16 bits of 4 channels
    Source source{file};
    return decodes(&source, row.data(), row.size()) ? "" : "isi gambar rusak";
}

}  // namespace bukti
