// Files as they come, and as they are made to do harm.
#include "inspect.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "pictures.hpp"
#include "type.hpp"

namespace pintu {
namespace {

using namespace std::literals;
using bukti::inspect;
using testing::exif_with_place;
using testing::jpeg_picture;
using testing::png_picture;
using testing::with_chunk;
using testing::with_segment;

constexpr std::int64_t kMost = 40'000'000;
constexpr std::string_view kSecret = "RAHASIA-081234567890";

bool tells(const std::string& bytes, std::string_view what) {
    return bytes.find(what) != std::string::npos;
}

TEST(Type, is_what_stands_at_the_beginning_not_what_the_name_says) {
    const std::pair<std::string, std::string_view> kFiles[] = {
        {jpeg_picture(8, 8), "image/jpeg"},
        {png_picture(8, 8), "image/png"},
        {"GIF89a....", "image/gif"},
        {"RIFF\x10\0\0\0WEBPVP8 "s, "image/webp"},
        {"%PDF-1.7\n", "application/pdf"},
        {"PK\x03\x04...."s, "application/zip"},
        {"\0\0\0\x18"
         "ftyp3gp4...."s,
         "video/3gpp"},
        {"\0\0\0\x18"
         "ftypisom...."s,
         "video/mp4"},
        {"\0\0\0\x18"
         "ftypheic...."s,
         "image/heic"},
        {"#!AMR\n...", "audio/amr"},
        {"Jalan rusak, caf\xC3\xA9\n", "text/plain"},
        {"<html><script>alert(1)</script>", "text/plain"},
        {"caf\xE9", "application/octet-stream"},
        {"\x7F"
         "ELF\x02\x01\x01\0"s,
         "application/octet-stream"},
        {"", "application/octet-stream"},
        {" %PDF-1.7", "text/plain"},
    };
    for (const auto& [file, type] : kFiles) EXPECT_EQ(bukti::type_of(file), type) << file;
}

TEST(Jpeg, place_is_read_and_what_gives_away_is_gone_while_pixels_and_orientation_stay) {
    for (const bool progressive : {false, true}) {
        const auto plain = jpeg_picture(64, 48, progressive);
        auto file = with_segment(plain, 0xE1, exif_with_place());
        file = with_segment(file, 0xFE, kSecret);
        file = with_segment(file, 0xED, "Photoshop 3.0\0"s + std::string(kSecret));
        file = with_segment(file, 0xE1, "http://ns.adobe.com/xap/1.0/\0"s + std::string(kSecret));
        file += "PK\x03\x04"s + std::string(kSecret);
        const auto found = inspect(file, kMost);
        EXPECT_EQ(found.broken, "");
        EXPECT_TRUE(found.whole);
        EXPECT_EQ(found.width, 64);
        EXPECT_EQ(found.height, 48);
        ASSERT_TRUE(found.place);
        EXPECT_NEAR(found.place->first, -1.29, 1e-9);
        EXPECT_NEAR(found.place->second, 116.7, 1e-9);
        EXPECT_FALSE(tells(found.copy, kSecret));
        EXPECT_EQ(testing::pixels_of_jpeg(found.copy), testing::pixels_of_jpeg(plain));
        const auto again = inspect(found.copy, kMost);
        EXPECT_FALSE(again.place);
        EXPECT_EQ(again.copy, found.copy);  // the orientation among it
        EXPECT_TRUE(tells(found.copy, "\x12\x01\x03\0\x01\0\0\0\x06"sv));
    }
}

TEST(Jpeg, the_small_picture_of_its_header_is_left_out) {
    auto file = jpeg_picture(8, 8);
    const auto header = file.find("JFIF");
    file = file.substr(0, 2) + file.substr(header + 14);  // without its JFIF
    file = with_segment(file, 0xE0, "JFIF\0\x01\x01\0\0\x01\0\x01\x08\x08"s + std::string(kSecret));
    const auto found = inspect(file, kMost);
    EXPECT_TRUE(found.whole);
    EXPECT_FALSE(tells(found.copy, kSecret));
}

TEST(Jpeg, a_file_cut_anywhere_is_not_whole_and_has_no_copy) {
    const auto file = with_segment(jpeg_picture(40, 40), 0xE1, exif_with_place());
    for (std::size_t size = 3; size < file.size(); size += 7) {
        const auto found = inspect(file.substr(0, size), kMost);
        EXPECT_FALSE(found.whole) << size;
        EXPECT_NE(found.broken, "") << size;
        EXPECT_EQ(found.copy, "") << size;
    }
}

TEST(Jpeg, one_that_lies_about_its_size_is_not_decoded) {
    auto file = jpeg_picture(40, 40);
    const auto frame = file.find("\xFF\xC0"s);
    for (int i = 5; i < 9; ++i) file[frame + static_cast<std::size_t>(i)] = '\xFF';
    const auto found = inspect(file, kMost);
    EXPECT_EQ(found.width, 65'535);
    EXPECT_EQ(found.broken, "gambar terlalu besar");
    EXPECT_EQ(found.copy, "");
}

TEST(Jpeg, thousands_of_passes_end_early) {
    const auto file = jpeg_picture(16, 16, true);
    // The last scan, a thousand times.
    const auto last = file.rfind("\xFF\xDA"s);
    std::string bomb = file.substr(0, file.size() - 2);
    for (int i = 0; i < 1000; ++i) bomb += file.substr(last, file.size() - 2 - last);
    EXPECT_FALSE(inspect(bomb + "\xFF\xD9", kMost).whole);
}

TEST(Jpeg, broken_metadata_is_no_place_and_no_harm) {
    auto exif = exif_with_place();
    for (std::size_t at = 6; at < exif.size(); ++at) {
        auto broken = exif;
        broken[at] = static_cast<char>(~broken[at]);
        const auto found = inspect(with_segment(jpeg_picture(8, 8), 0xE1, broken), kMost);
        EXPECT_TRUE(found.whole);
        if (found.place) {
            EXPECT_LE(std::abs(found.place->first), 90);
            EXPECT_LE(std::abs(found.place->second), 180);
        }
    }
}

TEST(Png, text_time_and_place_are_gone_and_what_follows_the_end_too) {
    for (const bool interlaced : {false, true}) {
        auto file = png_picture(32, 24, interlaced);
        const auto plain = file;
        file = with_chunk(file, "tEXt", "Author\0"s + std::string(kSecret));
        file = with_chunk(file, "iTXt", kSecret);
        file = with_chunk(file, "eXIf", exif_with_place().substr(6));
        file = with_chunk(file, "prVt", kSecret) + "%PDF-1.7" + std::string(kSecret);
        const auto found = inspect(file, kMost);
        EXPECT_EQ(found.broken, "");
        EXPECT_EQ(found.width, 32);
        ASSERT_TRUE(found.place);
        EXPECT_NEAR(found.place->first, -1.29, 1e-9);
        EXPECT_EQ(found.copy, plain);
    }
}

TEST(Png, cut_flipped_and_lying_ones_are_not_whole) {
    const auto file = png_picture(20, 20);
    for (std::size_t size = 9; size < file.size(); size += 5)
        EXPECT_FALSE(inspect(file.substr(0, size), kMost).whole) << size;
    for (std::size_t at = 8; at < file.size(); at += 3) {
        auto flipped = file;
        flipped[at] = static_cast<char>(flipped[at] ^ 0x10);
        EXPECT_EQ(inspect(flipped, kMost).copy.empty(), !inspect(flipped, kMost).whole) << at;
    }
    auto huge = file;
    for (std::size_t at = 16; at < 24; ++at) huge[at] = '\x0F';
    EXPECT_EQ(inspect(huge, kMost).broken, "gambar terlalu besar");
    EXPECT_FALSE(inspect(with_chunk(file, "QQQQ", "?"), kMost).whole);
}

TEST(Inspect, what_is_no_picture_is_told_and_has_no_copy) {
    for (const std::string file : {"%PDF-1.7\n%...",
                                   "\0\0\0\x18"
                                   "ftypmp42",
                                   "halo", "\x01\x02"}) {
        const auto found = inspect(file, kMost);
        EXPECT_FALSE(found.whole);
        EXPECT_EQ(found.broken, "");
        EXPECT_EQ(found.copy, "");
    }
}

}  // namespace
}  // namespace pintu
