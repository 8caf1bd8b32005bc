#include "engine/history/hex.hpp"

#include <gtest/gtest.h>

namespace pintu::history {
namespace {

TEST(Hex, digits_become_the_bytes_that_they_were_written_of) {
    std::string bytes;
    for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
    std::string digits;
    append_hex_digits(digits, bytes);
    std::string again = "before";
    ASSERT_TRUE(append_hex_bytes(again, digits));
    EXPECT_EQ(again, "before" + bytes);
}

TEST(Hex, whatever_is_no_digit_is_refused_at_every_place_and_nothing_appended) {
    for (std::size_t at = 0; at < 32; ++at)
        for (int c = 0; c < 256; ++c) {
            std::string digits = "0123456789abcdef9876543210fedcba";
            digits[at] = static_cast<char>(c);
            std::string out = "before";
            const bool right = is_hex_text(digits, "", 16);
            ASSERT_EQ(append_hex_bytes(out, digits), right) << at << " " << c;
            ASSERT_EQ(out.size(), right ? 6 + 16 : 6) << at << " " << c;
        }
}

TEST(Hex, digits_come_by_eights) {
    std::string out;
    EXPECT_FALSE(append_hex_bytes(out, "0123456789"));
    EXPECT_TRUE(append_hex_bytes(out, ""));
    EXPECT_EQ(out, "");
}

}  // namespace
}  // namespace pintu::history
