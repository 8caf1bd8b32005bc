#include "engine/base/utf8.hpp"

#include <gtest/gtest.h>

namespace pintu {
namespace {

TEST(Utf8, accepts_every_length_of_character) {
    for (const auto* text : {"", "jalan", "é", "€", "\xF0\x9F\x98\x80", "\xF4\x8F\xBF\xBF"})
        EXPECT_FALSE(first_invalid_utf8(text)) << text;
}

TEST(Utf8, names_the_first_bad_byte) {
    struct Case {
        const char* text;
        std::size_t at;
    };
    const Case cases[] = {
        {"a\xff", 1},        {"\x80", 0},
        {"ab\xC3", 2},       {"a\xC0\xAF", 1},         // overlong
        {"\xED\xA0\x80", 0}, {"\xF4\x90\x80\x80", 0},  // surrogate; past the last
        {"\xE2\x82", 0},     {"\xF0\x9F\x98", 0},
        {"\xE0\x80\x80", 0}, {"caf\xe9 ", 3},
    };
    for (const Case& c : cases) EXPECT_EQ(first_invalid_utf8(c.text), c.at) << c.text;
}

TEST(Utf8, finds_the_bad_byte_wherever_it_stands_in_a_long_text) {
    for (std::size_t at = 0; at < 40; ++at) {
        std::string text(40, 'a');
        text[at] = '\xff';
        EXPECT_EQ(first_invalid_utf8(text), at);
        EXPECT_FALSE(first_invalid_utf8(text.replace(at, 1, "\xF0\x9F\x98\x80"))) << at;
    }
}

TEST(Utf8, counts_characters_not_bytes) {
    EXPECT_EQ(count_code_points(""), 0U);
    EXPECT_EQ(count_code_points("aé€\xF0\x9F\x98\x80"), 4U);
}

}  // namespace
}  // namespace pintu
