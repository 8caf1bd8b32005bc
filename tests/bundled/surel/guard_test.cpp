#include "guard.hpp"

#include <gtest/gtest.h>

#include "address.hpp"
#include "mailbox.hpp"
#include "tracking.hpp"

namespace pintu::testing {
namespace {

constexpr std::int64_t kMinuteUs = 60'000'000;

TEST(Rate, lets_a_sender_write_so_often_within_an_hour_and_no_more) {
    surel::Rate rate(2);
    EXPECT_TRUE(rate.pass("a@b", "1", 0));
    EXPECT_TRUE(rate.pass("A@b", "2", kMinuteUs));
    EXPECT_FALSE(rate.pass("a@b", "3", 2 * kMinuteUs));
    EXPECT_TRUE(rate.pass("a@b", "2", 2 * kMinuteUs)) << "the same letter, seen again";
    EXPECT_TRUE(rate.pass("c@b", "4", 2 * kMinuteUs));
    EXPECT_TRUE(rate.pass("a@b", "3", 61 * kMinuteUs));
}

TEST(Addresses, are_those_that_smtp_can_carry) {
    for (const char* good : {"a@b.c", "warga+7H3K@contoh.example", "o'neil@x.y"})
        EXPECT_TRUE(surel::is_address(good)) << good;
    for (const char* bad :
         {"", "a", "@b.c", "a@", "a@b", "a b@c.d", "a@b@c.d", "a@b.c\r\nRCPT TO:<x@y.z>", "<a@b.c>",
          "a@b.c>", "\"a\"@b.c", "w\xc3\xa1@b.c"})
        EXPECT_FALSE(surel::is_address(bad)) << bad;
}

TEST(TrackingIds, are_read_as_people_write_them_and_checked) {
    EXPECT_EQ(surel::tracking_id("7h3k 9qxm v2pt"), surel::tracking_id("7H3K-9QXM-V2PT"));
    const auto good = surel::tracking_id("0000-0000-0000");
    ASSERT_TRUE(good);
    EXPECT_EQ(*good, "0000-0000-0000");
    EXPECT_FALSE(surel::tracking_id("0000-0000-0001"));
    EXPECT_FALSE(surel::tracking_id("0000-0000-00000"));
    EXPECT_FALSE(surel::tracking_id(""));
}

TEST(Replies, are_known_by_the_plus_address_or_by_the_letter_that_they_answer) {
    const std::string id = "0000-0000-0000";
    const std::string own = "lapor@contoh.go.id";
    using Texts = std::vector<std::string>;
    EXPECT_EQ(surel::answered_report({"LAPOR+0000-0000-0000@contoh.go.id"}, {}, own), id);
    const std::string sent = surel::own_message_id("kunci", id, "contoh.go.id");
    EXPECT_EQ(surel::answered_report({own}, Texts{"lain@x", sent}, own), id);
    EXPECT_FALSE(surel::answered_report({"lain+0000-0000-0000@contoh.go.id"}, {}, own));
    EXPECT_FALSE(surel::answered_report({own}, {surel::own_message_id("k", id, "lain.id")}, own));
    EXPECT_FALSE(surel::answered_report({"lapor+0000-0000-0001@contoh.go.id"}, {}, own));
    EXPECT_EQ(sent, surel::own_message_id("kunci", id, "contoh.go.id"));
    EXPECT_NE(sent, surel::own_message_id("kunci2", id, "contoh.go.id"));
}

TEST(InternalDate, is_read_with_its_zone) {
    EXPECT_EQ(surel::internal_date("13-Mar-2026 09:30:00 +0800"), 1773365400000000);
    EXPECT_EQ(surel::internal_date(" 3-Mar-2026 09:30:00 -0030"), 1772532000000000);
    EXPECT_EQ(surel::internal_date("31-Feb-2026 09:30:00 +0800"), 0);
    EXPECT_EQ(surel::internal_date("kemarin"), 0);
}

}  // namespace
}  // namespace pintu::testing
