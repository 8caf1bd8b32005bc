#include "type.hpp"

#include <algorithm>
#include <cstddef>

namespace bukti {
namespace {

using namespace std::literals;

struct Magic {
    std::size_t at;
    std::string_view bytes;
    std::string_view type;
};

constexpr Magic kMagic[] = {
    {0, "\xFF\xD8\xFF"sv, kJpeg},
    {0, "\x89PNG\r\n\x1A\n"sv, kPng},
    {0, "GIF87a"sv, "image/gif"},
    {0, "GIF89a"sv, "image/gif"},
    {8, "WEBP"sv, "image/webp"},
    {0, "%PDF-"sv, "application/pdf"},
    {0, "PK\x03\x04"sv, "application/zip"},
    {4, "ftyp3g"sv, "video/3gpp"},
    {4, "ftyphei"sv, "image/heic"},
    {4, "ftypmif1"sv, "image/heic"},
    {4, "ftypqt  "sv, "video/quicktime"},
    {4, "ftyp"sv, "video/mp4"},
    {0, "OggS"sv, "audio/ogg"},
    {0, "#!AMR"sv, "audio/amr"},
};

// UTF-8 without control characters but those of text.
bool is_text(std::string_view file) {
    std::size_t follow = 0;
    for (const char c : file) {
        const auto byte = static_cast<unsigned char>(c);
        if (follow > 0) {
            if ((byte & 0xC0U) != 0x80U) return false;
            --follow;
            continue;
        }
        if (byte < 0x20 && c != '\n' && c != '\r' && c != '\t') return false;
        if (byte < 0x80) continue;
        if (byte >= 0xC2 && byte <= 0xDF)
            follow = 1;
        else if (byte >= 0xE0 && byte <= 0xEF)
            follow = 2;
        else if (byte >= 0xF0 && byte <= 0xF4)
            follow = 3;
        else
            return false;
    }
    return follow == 0 && !file.empty();
}

}  // namespace

std::string_view type_of(std::string_view file) {
    for (const auto& magic : kMagic)
        if (file.size() >= magic.at + magic.bytes.size() &&
            file.substr(magic.at, magic.bytes.size()) == magic.bytes)
            return magic.type;
    return is_text(file) ? "text/plain" : kUnknown;
}

}  // namespace bukti
