#include "engine/base/hash.hpp"

#include <gtest/gtest.h>

namespace pintu {
namespace {

std::string hex(const Digest& digest) {
    return to_hex(bytes_of(digest));
}

TEST(Sha256, agrees_with_fips_180) {
    EXPECT_EQ(hex(sha256("abc")),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Sha256, of_parts_is_that_of_the_whole) {
    EXPECT_EQ(sha256({"ab", "", "c"}), sha256("abc"));
}

TEST(Hmac, agrees_with_rfc_4231) {
    EXPECT_EQ(hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(hex(hmac_sha256(std::string(131, '\xaa'),
                              "Test Using Larger Than Block-Size Key - Hash Key First")),
              "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Hkdf, agrees_with_rfc_5869) {
    const auto prk = *from_hex("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5");
    const auto info = *from_hex("f0f1f2f3f4f5f6f7f8f9");
    EXPECT_EQ(hex(hkdf_sha256(prk, info)),
              "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf");
}

TEST(Hex, reads_what_it_writes_and_nothing_else) {
    EXPECT_EQ(to_hex(std::string("\x00\xff", 2)), "00ff");
    EXPECT_EQ(from_hex("00ff"), std::string("\x00\xff", 2));
    EXPECT_EQ(digest_from_hex(hex(sha256("a"))), sha256("a"));
    for (const auto* text : {"0", "0g", "0F", " 0"}) EXPECT_FALSE(from_hex(text)) << text;
    EXPECT_FALSE(digest_from_hex("00ff"));
}

}  // namespace
}  // namespace pintu
