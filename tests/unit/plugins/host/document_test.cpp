#include "plugins/host/document.hpp"

#include <gtest/gtest.h>

#include "engine/base/utf8.hpp"

namespace pintu::plugins {
namespace {

TEST(Document, is_one_json_object_in_utf8) {
    for (const auto* good : {"{}", " {\"a\":[1,{\"b\":null}]}\n", "{\"a\":\"é\"}"})
        EXPECT_EQ(wrong_with_document(good), std::nullopt) << good;
    for (const auto* bad : {"", " ", "[]", "1", "\"a\"", "null", "{", "{}{}", "{} x", "{\"a\":}",
                            "{\"a\":\"\xff\"}", "{'a':1}", "[{}]", "{\"a\":1,}"})
        EXPECT_NE(wrong_with_document(bad), std::nullopt) << bad;
}

TEST(Document, is_at_most_64_levels_deep) {
    const auto nested = [](int levels) {
        std::string text = "{\"a\":";
        for (int i = 1; i < levels; ++i) text += "[";
        for (int i = 1; i < levels; ++i) text += "]";
        return text + "}";
    };
    EXPECT_EQ(wrong_with_document(nested(60)), std::nullopt);
    EXPECT_NE(wrong_with_document(nested(70)), std::nullopt);
    EXPECT_NE(wrong_with_document("{\"a\":" + std::string(1'000'000, '[')), std::nullopt);
}

TEST(Document, words_of_a_plugin_are_made_plain) {
    EXPECT_EQ(plain("tidak\x1b[31m bisa\n"), "tidak [31m bisa ");
    EXPECT_EQ(plain("a\xff"
                    "b"),
              "a\xEF\xBF\xBD"
              "b");
    EXPECT_EQ(plain(std::string(5'000, 'a')).size(), kMostWhy);
    const std::string cut = plain("ééé", 3);
    EXPECT_EQ(cut, "é");
    EXPECT_FALSE(first_invalid_utf8(plain(std::string(3'000, '\xff'))));
}

}  // namespace
}  // namespace pintu::plugins
