#include "engine/runtime/delivery.hpp"

#include <gtest/gtest.h>

#include <set>

namespace pintu::runtime {
namespace {

Instant at(const char* text) {
    return *parse_instant(text);
}

const calendar::Zone kWita = calendar::Zone::fixed("WITA", 8 * 3600);

TEST(QuietHoursText, is_two_times_of_day) {
    EXPECT_EQ(parse_quiet_hours("21:00-06:30"), (QuietHours{21 * 60, 6 * 60 + 30}));
    for (const char* wrong : {"", "21-06", "21:00-24:00", "21:60-06:00", "21:00-21:00",
                              "21:00 - 06:00", "2a:00-06:00", "21:00-06:000"})
        EXPECT_FALSE(parse_quiet_hours(wrong)) << wrong;
}

TEST(QuietHoursOver, midnight_end_in_the_morning_of_the_agencys_zone) {
    const QuietHours night{21 * 60, 6 * 60};
    EXPECT_FALSE(quiet_until(night, kWita, at("2026-03-02T20:59:59+08:00")));
    EXPECT_EQ(quiet_until(night, kWita, at("2026-03-02T21:00:00+08:00")),
              at("2026-03-03T06:00:00+08:00"));
    EXPECT_EQ(quiet_until(night, kWita, at("2026-03-03T00:30:00+08:00")),
              at("2026-03-03T06:00:00+08:00"));
    EXPECT_EQ(quiet_until(night, kWita, at("2026-03-03T05:59:59+08:00")),
              at("2026-03-03T06:00:00+08:00"));
    EXPECT_FALSE(quiet_until(night, kWita, at("2026-03-03T06:00:00+08:00")));
}

TEST(QuietHoursWithin, a_day_end_on_it) {
    const QuietHours noon{12 * 60, 13 * 60};
    EXPECT_EQ(quiet_until(noon, kWita, at("2026-03-02T12:30:00+08:00")),
              at("2026-03-02T13:00:00+08:00"));
    EXPECT_FALSE(quiet_until(noon, kWita, at("2026-03-02T13:00:00+08:00")));
}

TEST(Retry, is_never_sooner_and_a_quarter_later_at_most) {
    const Instant now = at("2026-03-02T09:00:00Z");
    std::set<Instant> times;
    for (int i = 0; i < 200; ++i) {
        const EffectKey key("64.09-k-" + std::to_string(i));
        for (std::uint32_t attempts = 0; attempts < 12; ++attempts) {
            const std::int64_t base = std::min<std::int64_t>(60LL << attempts, 3600);
            const Instant again = retry_at(key, now, 60, attempts, 25);
            EXPECT_GE(again, plus_seconds(now, base));
            EXPECT_LE(again, plus_seconds(now, base + base / 4));
            EXPECT_EQ(again, retry_at(key, now, 60, attempts, 25)) << "the same again";
            if (attempts == 5) times.insert(again);
        }
    }
    EXPECT_GT(times.size(), 190U) << "they do not come back together";
    EXPECT_EQ(retry_at(EffectKey("k"), now, 60, 0, 0), plus_seconds(now, 60));
}

TEST(Patience, ends_by_attempts_or_by_age) {
    const Patience patience{10, 1000};
    const Instant decided = at("2026-03-02T09:00:00Z");
    EXPECT_FALSE(is_given_up(patience, 9, decided, plus_seconds(decided, 1000)));
    EXPECT_TRUE(is_given_up(patience, 10, decided, decided));
    EXPECT_TRUE(is_given_up(patience, 9, decided, plus_seconds(decided, 1001)));
    EXPECT_FALSE(is_given_up(patience, 1, decided, plus_seconds(decided, 100'000)))
        << "one that was asked for again is tried some times";
}

}  // namespace
}  // namespace pintu::runtime
