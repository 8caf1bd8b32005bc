#include "plugins/host/base64.hpp"

#include <gtest/gtest.h>

namespace pintu::plugins {
namespace {

TEST(Base64, goes_both_ways) {
    const std::pair<std::string, std::string> known[] = {
        {"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}};
    for (const auto& [bytes, text] : known) {
        EXPECT_EQ(to_base64(bytes), text);
        EXPECT_EQ(from_base64(text), bytes);
    }
    std::string all;
    for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
    EXPECT_EQ(from_base64(to_base64(all)), all);
}

TEST(Base64, that_is_none_is_nothing) {
    for (const auto* bad : {"Z", "Zg=", "Zg", "=Zg=", "Zg==Zg==", "Z===", "Zm9\n", "Zm9-"})
        EXPECT_FALSE(from_base64(bad)) << bad;
}

}  // namespace
}  // namespace pintu::plugins
