#include "engine/calendar/calendar.hpp"

#include <gtest/gtest.h>

#include <random>

#include "engine/messages/messages.hpp"
#include "tests/unit/engine/calendar/shipped.hpp"

namespace pintu::calendar {
namespace {

std::string why(const Calendar& calendar, const std::string& date) {
    const auto day_why = calendar.why(day(date));
    return std::string(day_why.counted ? "yes: " : "no: ") +
           messages::render(day_why.code(), day_why.args(), messages::Language::english).message;
}

Calendar with(std::set<Weekday> closed, std::map<Date, Holiday> holidays) {
    Calendar::Parts parts;
    parts.closed = std::move(closed);
    parts.holidays = std::move(holidays);
    return Calendar(parts);
}

// domain.md section 8: 261 weekdays, 240 working days, longest closed run 18 to 24 March.
TEST(Calendar, of_2026_has_240_working_days) {
    EXPECT_EQ(shipped().count(day("2025-12-31"), day("2026-12-31")), 240);
    EXPECT_EQ(
        with({Weekday::saturday, Weekday::sunday}, {}).count(day("2025-12-31"), day("2026-12-31")),
        261);
    EXPECT_EQ(shipped().count(day("2026-03-17"), day("2026-03-24")), 0);
    EXPECT_TRUE(shipped().counts(day("2026-03-17")));
    EXPECT_TRUE(shipped().counts(day("2026-03-25")));
}

// SKB 1017/2024: 17 national holidays and 10 joint ones; 2026: 17 and 8.
TEST(Calendar, holds_all_days_of_both_decrees) {
    std::map<std::string, int> days;
    for (const auto& [date, holiday] : shipped().parts().holidays)
        ++days[std::to_string(year_month_day(date).year) + " " + holiday.kind];
    const std::map<std::string, int> expected = {{"2025 nasional", 17},
                                                 {"2025 cuti_bersama", 10},
                                                 {"2026 nasional", 17},
                                                 {"2026 cuti_bersama", 8}};
    EXPECT_EQ(days, expected);
    EXPECT_EQ(shipped().count(day("2024-12-31"), day("2025-12-31")), 261 - 23)
        << "four of the 27 days fall on a weekend";
}

TEST(Calendar, says_why_a_date_counts_or_not) {
    EXPECT_EQ(why(shipped(), "2026-03-13"), "yes: working day");
    EXPECT_EQ(why(shipped(), "2026-03-14"), "no: Saturday");
    EXPECT_EQ(why(shipped(), "2026-03-15"), "no: Sunday");
    EXPECT_EQ(why(shipped(), "2026-03-19"), "no: Nyepi (SKB 1497/2025)");
    EXPECT_EQ(why(shipped(), "2026-03-20"), "no: Cuti bersama (Keppres 42/2025)");
    EXPECT_EQ(why(shipped(), "2026-03-21"), "no: Idul Fitri (SKB 1497/2025)");
    EXPECT_EQ(why(shipped(), "2027-03-15"),
              "yes: working day for now: no decree of the holidays of 2027 yet");
    EXPECT_EQ(why(shipped(), "2028-03-15"),
              "yes: working day for now: no decree of the holidays of 2028 yet");
    EXPECT_EQ(why(with({}, {{day("2026-03-19"), {"Nyepi", "", "nasional"}}}), "2026-03-19"),
              "no: Nyepi");
}

TEST(Calendar, counts_holidays_of_a_kind_that_is_worked) {
    auto parts = shipped().parts();
    parts.working_kinds = {"cuti_bersama"};
    const Calendar calendar(parts);
    EXPECT_EQ(why(calendar, "2026-03-20"),
              "yes: Cuti bersama (Keppres 42/2025), counted as a working day");
    EXPECT_EQ(why(calendar, "2026-03-19"), "no: Nyepi (SKB 1497/2025)");
    EXPECT_EQ(calendar.count(day("2025-12-31"), day("2026-12-31")), 248);
    EXPECT_FALSE(calendar.same_days(shipped()));
    EXPECT_TRUE(shipped().same_days(Calendar(shipped().parts())));
}

TEST(Calendar, without_anything_counts_every_day_in_utc) {
    const Calendar calendar;
    EXPECT_EQ(calendar.count(day("2026-01-01"), day("2026-12-31")), 364);
    EXPECT_EQ(calendar.nth_after(day("2026-01-01"), 59), day("2026-03-01"));
    EXPECT_EQ(calendar.zone().name(), "UTC");
}

// Counting and finding agree with going through the days one by one, whatever is closed.
TEST(Calendar, counts_as_one_would_by_hand) {
    const auto seed = 20261;
    std::mt19937 random(seed);
    for (int round = 0; round < 200; ++round) {
        std::set<Weekday> closed;
        for (int i = 0; i < static_cast<int>(random() % 7); ++i)
            closed.insert(static_cast<Weekday>(random() % 7));
        if (closed.size() == 7) closed.erase(closed.begin());
        std::map<Date, Holiday> holidays;
        for (int i = 0; i < 40; ++i)
            holidays[Date{static_cast<std::int32_t>(random() % 200) - 100}] = {"x", "", "daerah"};
        const auto calendar = with(closed, holidays);
        const Date from{static_cast<std::int32_t>(random() % 160) - 80};
        std::int64_t counted = 0;
        for (auto date = next(from); date < Date{150}; date = next(date)) {
            const bool open = !closed.contains(weekday(date)) && !holidays.contains(date);
            ASSERT_EQ(calendar.counts(date), open) << "seed " << seed << " round " << round;
            counted += open ? 1 : 0;
            ASSERT_EQ(calendar.count(from, date), counted) << "seed " << seed;
            if (open) {
                ASSERT_EQ(calendar.nth_after(from, counted), date) << "seed " << seed;
            }
        }
    }
}

TEST(Calendar, counts_the_whole_as_the_sum_of_its_pieces) {
    for (std::int32_t cut = 0; cut <= 365; ++cut) {
        const auto first = day("2025-12-31");
        const auto last = day("2026-12-31");
        EXPECT_EQ(
            shipped().count(first, next(first, cut)) + shipped().count(next(first, cut), last),
            240);
    }
    EXPECT_EQ(shipped().count(day("2026-03-17"), day("2026-03-01")), 0);
}

}  // namespace
}  // namespace pintu::calendar
