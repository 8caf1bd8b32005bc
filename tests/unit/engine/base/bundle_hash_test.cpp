#include "engine/base/bundle_hash.hpp"

#include <gtest/gtest.h>

namespace pintu {
namespace {

TEST(BundleHash, is_the_text_that_it_was_made_of) {
    const auto digits = to_hex(bytes_of(sha256("a")));
    for (const auto& text : {"sha256:" + digits, digits, "sha256:" + digits.substr(1),
                             "sha256:" + digits + "0", "SHA256:" + digits,
                             "sha256:" + digits.substr(1) + "A", std::string("md5"), std::string()})
        EXPECT_EQ(BundleHash(text).text(), text);
}

TEST(BundleHash, of_a_digest_is_that_of_its_text) {
    const BundleHash hash(sha256("a"));
    EXPECT_EQ(hash, BundleHash(hash.text()));
    EXPECT_NE(hash, BundleHash(sha256("b")));
    ASSERT_NE(hash.digest(), nullptr);
    EXPECT_EQ(*hash.digest(), sha256("a"));
    EXPECT_EQ(hash.other(), nullptr);
}

TEST(BundleHash, is_empty_until_it_is_given) {
    EXPECT_TRUE(BundleHash().empty());
    EXPECT_FALSE(BundleHash("md5").empty());
    EXPECT_FALSE(BundleHash(Digest{}).empty());
}

}  // namespace
}  // namespace pintu
