#include "engine/calendar/duration.hpp"

#include <gtest/gtest.h>

namespace pintu::calendar {
namespace {

using enum DurationUnit;

TEST(Duration, is_read_in_both_languages) {
    const std::pair<const char*, Duration> cases[] = {{"5 working days", {5, working_days}},
                                                      {"5 hari kerja", {5, working_days}},
                                                      {"1 working day", {1, working_days}},
                                                      {"72 hours", {72, hours}},
                                                      {"72 jam", {72, hours}},
                                                      {"1 hour", {1, hours}},
                                                      {"30 days", {30, days}},
                                                      {"30 hari", {30, days}},
                                                      {"5  working   days", {5, working_days}},
                                                      {"0 days", {0, days}},
                                                      {"100000 days", {100'000, days}}};
    for (const auto& [text, duration] : cases) EXPECT_EQ(parse_duration(text), duration) << text;
}

TEST(Duration, is_nothing_else) {
    for (const auto* text :
         {"", "5", "working days", "5 working", "5 kerja hari", "-5 days", "5.5 days", "5days",
          "100001 days", "9999999 days", "5 working days x", "5 weeks", "5 Days", " 5 days"})
        EXPECT_FALSE(parse_duration(text)) << text;
}

TEST(Duration, is_written_in_english) {
    EXPECT_EQ(to_string(Duration{5, working_days}), "5 working days");
    EXPECT_EQ(to_string(Duration{1, working_days}), "1 working day");
    EXPECT_EQ(to_string(Duration{0, hours}), "0 hours");
    EXPECT_EQ(to_string(Duration{1, days}), "1 day");
    for (const auto unit : {hours, days, working_days})
        for (const std::int32_t count : {0, 1, 2, 100'000})
            EXPECT_EQ(parse_duration(to_string(Duration{count, unit})), (Duration{count, unit}));
}

// R11.
TEST(Duration, compares_across_units_only_where_it_is_certain) {
    const auto less = std::partial_ordering::less;
    const auto unordered = std::partial_ordering::unordered;
    struct Row {
        Duration a, b;
        std::partial_ordering expected;
    };
    const Row rows[] = {{{5, days}, {6, days}, less},
                        {{5, days}, {5, days}, std::partial_ordering::equivalent},
                        {{48, hours}, {2, days}, less},
                        {{49, hours}, {2, days}, unordered},
                        {{5, days}, {5, working_days}, less},
                        {{6, days}, {5, working_days}, unordered},
                        {{24, hours}, {1, working_days}, less},
                        {{25, hours}, {1, working_days}, unordered},
                        {{2'400'000, hours}, {100'000, days}, less}};
    for (const auto& [a, b, expected] : rows) {
        EXPECT_EQ(compare(a, b), expected) << to_string(a) << ", " << to_string(b);
        EXPECT_EQ(compare(b, a), expected == less ? std::partial_ordering::greater : expected);
    }
}

}  // namespace
}  // namespace pintu::calendar
