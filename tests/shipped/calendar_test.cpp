// The decrees of 2025 and 2026, and what is counted by them in every agency.
#include "engine/calendar/duration.hpp"
#include "tests/shipped/shipped.hpp"

namespace pintu::shipped {
namespace {

std::map<std::string, int> holidays_of(std::int32_t year) {
    std::map<std::string, int> kinds;
    for (const auto& [date, holiday] : agency("64.09").calendar.parts().holidays)
        if (to_string(date).starts_with(std::to_string(year))) ++kinds[holiday.kind];
    return kinds;
}

TEST(ShippedCalendar, has_the_days_of_the_joint_decrees) {
    using Kinds = std::map<std::string, int>;
    EXPECT_EQ(holidays_of(2025), (Kinds{{"nasional", 17}, {"cuti_bersama", 10}}));
    EXPECT_EQ(holidays_of(2026), (Kinds{{"nasional", 17}, {"cuti_bersama", 8}}));
    EXPECT_EQ(holidays_of(2027), Kinds{});
}

TEST(ShippedCalendar, has_240_working_days_in_2026_and_2027_is_provisional) {
    const auto& calendar = agency("64.72").calendar;
    EXPECT_EQ(calendar.count(*make_date(2025, 12, 31), *make_date(2026, 12, 31)), 240);
    EXPECT_FALSE(calendar.provisional(*make_date(2026, 12, 31)));
    EXPECT_TRUE(calendar.provisional(*make_date(2027, 1, 4)));
}

TEST(ShippedCalendar, counts_the_same_in_every_agency_in_east_kalimantans_time) {
    const auto& calendar = agency("64.09").calendar;
    for (const auto& [code, bundle] : loaded().library->bundles) {
        EXPECT_TRUE(bundle->calendar.same_days(calendar)) << code.value;
        EXPECT_EQ(bundle->calendar.opens_minute(), 7 * 60 + 30) << code.value;
        // 23:30 in Samarinda is still the same day there.
        const auto night = bundle->calendar.zone().instant(*make_date(2026, 3, 13), 23 * 60 + 30);
        EXPECT_EQ(night.micros / kMicrosPerSecond % kSecondsPerDay, 15 * 3600 + 1800) << code.value;
    }
}

struct Vector {
    Date received;
    std::map<int, std::string> due;  // working days -> date
};

TEST(ShippedCalendar, gives_the_dates_that_were_counted_by_hand) {
    const std::vector<Vector> vectors = {
        {*make_date(2026, 3, 13),
         {{3, "2026-03-25"},
          {5, "2026-03-27"},
          {10, "2026-04-06"},
          {14, "2026-04-10"},
          {60, "2026-06-24"}}},
        {*make_date(2026, 5, 13),
         {{3, "2026-05-20"},
          {5, "2026-05-22"},
          {10, "2026-06-03"},
          {14, "2026-06-09"},
          {60, "2026-08-13"}}},
    };
    for (const auto& [code, bundle] : loaded().library->bundles)
        for (const auto& vector : vectors)
            for (const auto& [days, due] : vector.due)
                EXPECT_EQ(to_string(bundle->calendar.nth_after(vector.received, days)), due)
                    << code.value << ' ' << days;
}

}  // namespace
}  // namespace pintu::shipped
