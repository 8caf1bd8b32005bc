#include "engine/history/hex.hpp"

#include <gtest/gtest.h>

#include "engine/base/hash.hpp"

namespace pintu::history {
namespace {

TEST(Hex, digits_become_the_bytes_that_they_were_written_of) {
    std::string bytes;
    for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
    const std::string digits = to_hex(bytes);
    std::string again(256, '\0');
    ASSERT_TRUE(hex_bytes(digits, again.data()));
    EXPECT_EQ(again, bytes);
}

TEST(Hex, whatever_is_no_digit_is_refused_at_every_place) {
    std::string out(16, '\0');
    for (std::size_t at = 0; at < 32; ++at)
        for (int c = 0; c < 256; ++c) {
            std::string digits = "0123456789abcdef9876543210fedcba";
            digits[at] = static_cast<char>(c);
            ASSERT_EQ(hex_bytes(digits, out.data()), is_hex_text(digits, 16)) << at << " " << c;
        }
}

TEST(Hex, digits_come_by_eights) {
    std::string out(8, '\0');
    EXPECT_FALSE(hex_bytes("0123456789", out.data()));
    EXPECT_TRUE(hex_bytes("", out.data()));
}

}  // namespace
}  // namespace pintu::history
