#include "pieces.hpp"

#include <gtest/gtest.h>

#include "phone.hpp"
#include "split.hpp"
#include "utf16.hpp"

namespace pintu::testing {
namespace {

using sms::Part;
using sms::Piece;

constexpr std::int64_t kMinuteUs = 60'000'000;

Piece piece(std::int64_t row, std::uint32_t number, std::uint32_t total, const std::u16string& text,
            std::int64_t at_us = 0, std::uint32_t reference = 7) {
    return {row, "+62812", at_us, text, Part{reference, total, number}};
}

TEST(Headers, tell_where_a_piece_belongs) {
    const auto narrow = sms::part_of("050003C60301");
    ASSERT_TRUE(narrow);
    EXPECT_EQ(narrow->reference, 0xc6U);
    EXPECT_EQ(narrow->total, 3U);
    EXPECT_EQ(narrow->number, 1U);
    const auto wide = sms::part_of("06080412340201");
    ASSERT_TRUE(wide);
    EXPECT_EQ(wide->reference, 0x1234U);
    EXPECT_EQ(sms::part_of("0A0504000000000003070201")->number, 1U) << "after another element";
    for (const char* bad : {"", "05", "050003C603", "050003C60304", "050003C60300", "0500", "zz",
                            "06050415811581", "FF00", "0500FFC60301"})
        EXPECT_FALSE(sms::part_of(bad)) << bad;
}

TEST(Joining, puts_pieces_in_order_whatever_order_they_came_in) {
    const auto messages = sms::join({piece(1, 3, 3, u"c"),
                                     piece(2, 1, 3, u"a"),
                                     {3, "+62812", 0, u"lain", {}},
                                     piece(4, 2, 3, u"b")},
                                    {});
    ASSERT_EQ(messages.size(), 2U);
    EXPECT_EQ(messages[0].text(), "abc");
    EXPECT_TRUE(messages[0].whole());
    EXPECT_EQ(messages[0].rows, (std::vector<std::int64_t>{1, 2, 4}));
    EXPECT_EQ(messages[1].text(), "lain");
}

TEST(Joining, says_what_is_missing) {
    const auto messages = sms::join({piece(1, 1, 4, u"a"), piece(2, 3, 4, u"c")}, {});
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages[0].text(), "a[...]c[...]");
    EXPECT_EQ(messages[0].missing(), "2, 4 dari 4");
}

TEST(Joining, takes_a_piece_that_came_twice_once_and_a_reference_that_is_used_again_apart) {
    const auto messages =
        sms::join({piece(1, 1, 2, u"a"), piece(2, 1, 2, u"a"), piece(3, 1, 2, u"x"),
                   piece(4, 2, 2, u"b"), piece(5, 2, 2, u"y")},
                  {});
    ASSERT_EQ(messages.size(), 2U);
    EXPECT_EQ(messages[0].rows, (std::vector<std::int64_t>{1, 2, 4}));
    EXPECT_EQ(messages[0].text(), "ab");
    EXPECT_EQ(messages[1].text(), "xy");
    EXPECT_EQ(
        sms::join({piece(1, 1, 2, u"a", 0), piece(2, 2, 2, u"b", 361 * kMinuteUs)}, {}).size(), 2U);
    EXPECT_EQ(sms::join({piece(1, 1, 2, u"a"), piece(2, 2, 2, u"b", 0, 8)}, {}).size(), 2U);
    EXPECT_EQ(sms::join({piece(1, 1, 2, u"a"), piece(2, 2, 3, u"b")}, {}).size(), 2U);
}

TEST(Joining, changes_no_message_that_is_fixed) {
    const auto messages = sms::join(
        {piece(1, 1, 3, u"a"), piece(2, 2, 3, u"b"), piece(3, 3, 3, u"c")}, {{1, {1, 2}}});
    ASSERT_EQ(messages.size(), 2U);
    EXPECT_EQ(messages[0].text(), "ab[...]");
    EXPECT_EQ(messages[1].text(), "[...][...]c");
}

TEST(Joining, mends_a_character_that_was_torn_between_two_pieces) {
    const auto torn = sms::from_hex("0041D83DDE00");
    ASSERT_TRUE(torn);
    const auto messages =
        sms::join({piece(1, 2, 2, torn->substr(2)), piece(2, 1, 2, torn->substr(0, 2))}, {});
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages[0].text(), "A\U0001F600");
    EXPECT_EQ(sms::join({piece(1, 1, 2, torn->substr(0, 2))}, {})[0].text(), "A\ufffd[...]");
}

TEST(Texts, are_read_from_what_smsd_keeps) {
    EXPECT_FALSE(sms::from_hex("004"));
    EXPECT_FALSE(sms::from_hex("00zz"));
    EXPECT_EQ(sms::to_utf8(sms::from_utf8("Caf\u00e9 \U0001F600\nx")), "Caf\u00e9 \U0001F600\nx");
    EXPECT_EQ(sms::to_utf8(sms::from_utf8("a\xff\xc0\x80"
                                          "b\xed\xa0\x80")),
              "a\ufffd\ufffd\ufffd"
              "b\ufffd\ufffd\ufffd");
    EXPECT_EQ(sms::to_utf8(std::u16string(u"a\0b\x07"
                                          "c",
                                          5)),
              "abc");
}

TEST(Splitting, counts_as_phones_do) {
    EXPECT_EQ(sms::split(std::string(160, 'a'), 9).texts.size(), 1U);
    const auto two = sms::split(std::string(161, 'a'), 9);
    ASSERT_EQ(two.texts.size(), 2U);
    EXPECT_EQ(two.texts[0].size(), 153U);
    EXPECT_FALSE(two.unicode);
    EXPECT_EQ(sms::split(std::string(80, '{'), 9).texts.size(), 1U) << "two septets each";
    EXPECT_EQ(sms::split(std::string(81, '{'), 9).texts.size(), 2U);
    EXPECT_FALSE(sms::split("\u20ac \u00e9 \u00e0 @ _", 9).unicode);
    const auto unicode = sms::split("`" + std::string(70, 'a'), 9);
    EXPECT_TRUE(unicode.unicode);
    ASSERT_EQ(unicode.texts.size(), 2U);
    EXPECT_EQ(unicode.texts[0].size(), 67U);
}

TEST(Splitting, tears_no_character_apart) {
    std::string text;
    for (int i = 0; i < 100; ++i) text += "\U0001F600";
    const auto pieces = sms::split(text, 9);
    ASSERT_EQ(pieces.texts.size(), 4U);  // 33 of two units in 67
    std::string joined;
    for (const auto& each : pieces.texts) {
        EXPECT_EQ(each.size() % 4, 0U);
        joined += each;
    }
    EXPECT_EQ(joined, text);
    const auto braces = sms::split(std::string(152, 'a') + "{" + std::string(100, 'b'), 9);
    EXPECT_EQ(braces.texts[0], std::string(152, 'a')) << "an escape stays with its letter";
}

TEST(Splitting, shortens_what_is_too_long) {
    const auto pieces = sms::split(std::string(1000, 'a'), 2);
    ASSERT_EQ(pieces.texts.size(), 2U);
    EXPECT_TRUE(pieces.shortened);
    EXPECT_EQ(pieces.texts[1], std::string(150, 'a') + "...");
    EXPECT_EQ(sms::header_of(0xc6, 3, 1), "050003C60301");
}

TEST(Numbers, are_dialled_as_people_write_them) {
    EXPECT_EQ(sms::dialled("0812-0000 (91) 13"), "081200009113");
    EXPECT_EQ(sms::dialled("+62 812 0000"), "+628120000");
    for (const char* none : {"", "TELKOMSEL", "3636", "08+12345678", "0812x", "1234567890123456"})
        EXPECT_FALSE(sms::dialled(none)) << none;
}

}  // namespace
}  // namespace pintu::testing
