#include <gtest/gtest.h>

#include <random>

#include "engine/calendar/clock.hpp"
#include "tests/unit/engine/calendar/shipped.hpp"

namespace pintu::calendar {
namespace {

using Phase = ClockState::Phase;

ClockState started(const std::string& lasts = "5 working days") {
    ClockState state;
    apply(state,
          start(state, {}, shipped(), parse_duration(lasts).value(), local("2026-04-06 09:00")));
    return state;
}

TEST(DayMarks, are_written_and_read_back) {
    const DayMarks days{day("2026-04-06"), "11101"};
    EXPECT_EQ(to_string(days), "2026-04-06:11101");
    EXPECT_EQ(parse_day_marks("2026-04-06:11101"), days);
    EXPECT_EQ(to_string(DayMarks{}), "");
    EXPECT_EQ(parse_day_marks(""), DayMarks{});
    for (const auto& text :
         {std::string("2026-04-06"), std::string("2026-04-06:"), std::string("2026-04-31:1"),
          std::string("2026-04-06:12"), "2026-04-06:" + std::string(DayMarks::kMost + 1, '1')})
        EXPECT_FALSE(parse_day_marks(text)) << text;
}

TEST(DayMarks, of_a_clock_reach_to_the_end_of_its_ladder) {
    EXPECT_EQ(to_string(started().days), "2026-04-06:11111001");
    const Ladder ladder = {{100, Duration{1, DurationUnit::working_days}, 1}};
    const auto record =
        start({}, ladder, shipped(), {5, DurationUnit::working_days}, local("2026-04-06 09:00"));
    EXPECT_EQ(to_string(record.days), "2026-04-06:1111100111");
    const auto endless = start({}, ladder, shipped(), {100'000, DurationUnit::working_days},
                               local("2026-04-06 09:00"));
    EXPECT_EQ(endless.days.marks.size(), static_cast<std::size_t>(DayMarks::kMost));
}

TEST(ClockState, follows_its_records) {
    auto state = started();
    EXPECT_TRUE(state.runs());
    EXPECT_EQ(state.run, 1);
    EXPECT_EQ(state.calendar.value, "64.09");
    const auto at = local("2026-04-07 10:00");
    apply(state, Paused{1}, at);
    EXPECT_EQ(state.phase, Phase::paused);
    EXPECT_EQ(state.counted_at_pause, 1);
    apply(state, Stopped{true}, plus_seconds(at, 60));
    EXPECT_EQ(state.phase, Phase::stopped);
    EXPECT_EQ(state.pauses.back().to, plus_seconds(at, 60));
    EXPECT_EQ(state.stopped_at, plus_seconds(at, 60));
    apply(state, Resumed{state.due, {}}, plus_seconds(at, 120));
    EXPECT_TRUE(state.runs());
    EXPECT_EQ(state.reopened_at, plus_seconds(at, 120));
}

TEST(ClockState, knows_what_has_fired_whatever_the_order) {
    auto state = started();
    apply(state, Fired{100, 0});
    apply(state, Fired{50, 0});
    apply(state, Fired{100, 2});
    apply(state, Fired{100, 1});
    EXPECT_EQ(state.fired, (std::vector<FiredRung>{{50, 0}, {100, 2}}));
    EXPECT_TRUE(state.has_fired(100, 2));
    EXPECT_FALSE(state.has_fired(100, 3));
    EXPECT_FALSE(state.has_fired(80, 0));
}

TEST(ClockState, is_the_same_for_equal_records_without_any_calendar) {
    auto a = started();
    ClockState b;
    apply(b, Started{1, a.started_at, a.lasts, a.calendar, a.due,
                     parse_day_marks(to_string(a.days)).value()});
    EXPECT_EQ(a, b);
}

// Histories are input: no order of records may break the fold.
TEST(ClockState, folds_any_sequence_of_records) {
    std::mt19937 random(11);
    for (int round = 0; round < 500; ++round) {
        ClockState state;
        for (int i = 0; i < 12; ++i) {
            const Instant at{static_cast<std::int64_t>(random()) * 1'000'000};
            const DayMarks days{Date{static_cast<std::int32_t>(random() % 50'000)}, "101"};
            switch (random() % 6) {
                case 0: apply(state, Started{2, at, {3, DurationUnit::days}, {}, at, days}); break;
                case 1: apply(state, Paused{1}, at); break;
                case 2: apply(state, Resumed{at, days}, at); break;
                case 3: apply(state, Recomputed{{}, {}, at, at, days}, at); break;
                case 4: apply(state, Fired{100, 1}); break;
                default: apply(state, Stopped{}, at); break;
            }
            due_of_clock(state);
        }
    }
}

TEST(ClockState, has_no_firing_and_no_due_before_it_starts) {
    const ClockState idle;
    EXPECT_FALSE(due_of_clock(idle));
    EXPECT_FALSE(next_firing(idle, {{100, {}, 0}}, shipped()));
    EXPECT_EQ(counted(idle, shipped(), local("2026-04-06 09:00")), 0);
    EXPECT_FALSE(change_calendar(idle, {}, shipped(), {}));
    EXPECT_FALSE(change_length(idle, {}, shipped(), {}, {}));
}

}  // namespace
}  // namespace pintu::calendar
