#include "engine/base/instant.hpp"

#include <gtest/gtest.h>

namespace pintu {
namespace {

TEST(Instant, writes_what_it_reads_in_any_zone) {
    for (const auto* text : {"2026-03-13T01:30:00Z", "1985-01-01T00:00:00Z", "2026-12-31T23:59:59Z",
                             "2026-03-13T01:30:00.000250Z"})
        EXPECT_EQ(to_string(parse_instant(text).value()), text);
    EXPECT_EQ(to_string(parse_instant("2026-03-13T09:30:00+08:00").value()),
              "2026-03-13T01:30:00Z");
    EXPECT_EQ(to_string(parse_instant("2026-03-13T01:30:00Z").value(), 8 * 3600),
              "2026-03-13T09:30:00+08:00");
}

TEST(Instant, refuses_what_is_no_moment) {
    for (const auto* text :
         {"", "2026-03-13", "2026-03-13T09:30:00", "2026-02-30T00:00:00Z", "2026-03-13T24:00:00Z",
          "2026-03-13T09:30:00.Z", "2026-03-13T09:30:00+8"})
        EXPECT_FALSE(parse_instant(text)) << text;
}

TEST(Date, agrees_with_the_civil_calendar) {
    EXPECT_EQ(make_date(1970, 1, 1)->days, 0);
    EXPECT_EQ(make_date(2000, 3, 1)->days, 11017);
    EXPECT_EQ(weekday(*make_date(2026, 3, 13)), Weekday::friday);
    EXPECT_EQ(weekday(*make_date(1969, 12, 28)), Weekday::sunday);
    EXPECT_FALSE(make_date(2026, 2, 29));
    EXPECT_TRUE(make_date(2028, 2, 29));
    for (std::int32_t days = -800; days < 40'000; days += 7)
        EXPECT_EQ(parse_date(to_string(Date{days})), Date{days});
}

}  // namespace
}  // namespace pintu
