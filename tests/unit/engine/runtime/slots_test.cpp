#include "engine/runtime/slots.hpp"

#include <gtest/gtest.h>

namespace pintu::runtime {
namespace {

const std::map<std::string, std::int64_t> kLimits = {{"sms", 60}, {"surat resmi", 2}, {"mati", 0}};
constexpr Instant kNow{1'773'365'400'000'000};

TEST(Slots, of_a_channel_without_a_limit_are_now) {
    Slots slots(kLimits, "");
    for (const char* channel : {"web", "mati"})
        for (int i = 0; i < 3; ++i) EXPECT_EQ(slots.take(channel, kNow), kNow) << channel;
    EXPECT_EQ(slots.memo(kNow), "");
}

TEST(Slots, of_a_limited_channel_come_one_after_the_other) {
    Slots slots(kLimits, "");
    for (int i = 0; i < 3; ++i) EXPECT_EQ(slots.take("sms", kNow), plus_seconds(kNow, i));
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(slots.take("surat resmi", kNow), plus_seconds(kNow, 30 * i)) << "by channel";
    EXPECT_EQ(slots.take("sms", plus_seconds(kNow, 100)), plus_seconds(kNow, 100)) << "unused";
}

TEST(Slots, go_on_from_what_was_taken_before) {
    Slots before(kLimits, "");
    for (int i = 0; i < 3; ++i) {
        before.take("sms", kNow);
        before.take("surat resmi", kNow);
    }
    Slots after(kLimits, before.memo(kNow));
    EXPECT_EQ(after.take("sms", kNow), plus_seconds(kNow, 3));
    EXPECT_EQ(after.take("surat resmi", kNow), plus_seconds(kNow, 90));
    EXPECT_EQ(before.memo(plus_seconds(kNow, 90)), "") << "the past is forgotten";
}

TEST(Slots, begin_anew_where_a_memo_cannot_be_read) {
    for (const char* memo : {"x sms\n", "12\n", "99999999999999999999999 sms\n", "\n\n", "12sms"}) {
        Slots slots(kLimits, memo);
        EXPECT_EQ(slots.take("sms", kNow), kNow) << memo;
    }
}

}  // namespace
}  // namespace pintu::runtime
