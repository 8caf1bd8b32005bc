#include <gtest/gtest.h>

#include <random>

#include "engine/calendar/clock.hpp"
#include "tests/unit/engine/calendar/oracle.hpp"
#include "tests/unit/engine/calendar/shipped.hpp"

namespace pintu::calendar {
namespace {

using Phase = ClockState::Phase;

// A clock and its slow twin, taken through the same life.
class Life {
  public:
    explicit Life(unsigned seed)
        : random_(seed),
          now_(at_minute(shipped().zone().instant(day("2026-01-05"))) + below(120) * kDay),
          lasts_(length()),
          oracle_(shipped(), {now_}, lasts_) {
        apply(state_, start(state_, kLadder, shipped(), lasts_, {now_}));
        tell("start for " + to_string(lasts_));
    }

    void step() {
        now_ += 1 + below(3) * kDay + below(24 * 60) * kMinute;
        now_ = at_minute({now_});
        if (below(6) == 0) now_ = midnight();
        switch (below(8)) {
            case 0:
            case 1: return change_calendar();
            case 2: return change_length();
            case 3: return end();
            default: return state_.runs() ? halt() : go_on();
        }
    }

    // What happened, for a failure.
    const std::string& story() const { return story_; }
    const ClockState& state() const { return state_; }
    const Oracle& oracle() const { return oracle_; }
    Instant now() const { return {now_}; }
    const Calendar& calendar() const { return oracle_.current(); }
    static inline const Ladder kLadder = {{50, {}, 0},
                                          {100, Duration{2, DurationUnit::working_days}, 2}};

  private:
    static constexpr std::int64_t kMinute = 60 * kMicrosPerSecond;
    static constexpr std::int64_t kDay = kSecondsPerDay * kMicrosPerSecond;

    std::int64_t below(std::int64_t limit) {
        return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(limit));
    }
    static std::int64_t at_minute(Instant at) { return at.micros / kMinute * kMinute; }
    std::int64_t midnight() const {
        const auto& zone = oracle_.current().zone();
        return zone.instant(next(zone.date({now_}))).micros;
    }
    Duration length() {
        const auto unit = static_cast<DurationUnit>(below(6) < 4 ? 2 : below(2));
        return {static_cast<std::int32_t>(below(unit == DurationUnit::hours ? 100 : 15)), unit};
    }

    void halt() {
        tell("pause");
        const auto record = pause(state_, calendar(), {now_});
        if (state_.lasts.unit != DurationUnit::hours) {
            EXPECT_EQ(record.counted, oracle_.counted_until({now_}))
                << story_ << to_string(state_.days);
        }
        apply(state_, record, {now_});
        oracle_.pause({now_});
    }
    void go_on() {
        tell("resume");
        const bool reopens = state_.phase == Phase::stopped;
        apply(state_, resume(state_, kLadder, calendar(), {now_}), {now_});
        reopens ? oracle_.reopen({now_}) : oracle_.resume({now_});
    }
    void end() {
        if (state_.phase == Phase::stopped) return;
        tell("stop");
        apply(state_, stop(state_, {now_}), {now_});
        oracle_.stop({now_});
    }
    void change_calendar() {
        auto parts = calendar().parts();
        const auto around = parts.zone->date({now_});
        for (int i = 0; i < 3; ++i) {
            const auto date = next(around, static_cast<std::int32_t>(below(20)) - 6);
            // Past dates that no mark covers are the documented limit of DayMarks.
            if (date < around && date >= state_.days.end()) continue;
            tell("change of " + to_string(date));
            if (parts.holidays.erase(date) == 0) parts.holidays[date] = {"x", "", "daerah"};
        }
        const Calendar changed(parts);
        oracle_.change_calendar({now_}, changed);
        const auto record = calendar::change_calendar(state_, kLadder, changed, {now_});
        if (record) apply(state_, *record, {now_});
    }
    void change_length() {
        const auto lasts = length();
        tell("length " + to_string(lasts));
        oracle_.change_length({now_}, lasts);
        const auto record = calendar::change_length(state_, kLadder, calendar(), lasts, {now_});
        if (record) apply(state_, *record, {now_});
    }

    void tell(const std::string& what) { story_ += local_text({now_}) + " " + what + "\n"; }

    std::string story_;
    std::mt19937 random_;
    std::int64_t now_;
    Duration lasts_;
    Oracle oracle_;
    ClockState state_;
};

TEST(Clock, agrees_with_the_slow_count_through_whole_lives) {
    for (unsigned seed = 1; seed <= 300; ++seed) {
        Life life(seed);
        for (int i = 0; i < 12; ++i) {
            life.step();
            if (!life.state().runs()) continue;
            ASSERT_EQ(local_text(life.state().due), local_text(life.oracle().due()))
                << "seed " << seed << "\n"
                << life.story();
        }
    }
}

TEST(Clock, fires_percentages_at_the_opening_of_the_counted_day) {
    const Ladder ladder = {{1, {}, 0}, {50, {}, 0}, {80, {}, 0}, {99, {}, 0}};
    for (unsigned seed = 1; seed <= 200; ++seed) {
        Life life(seed);
        for (int i = 0; i < 6; ++i) life.step();
        const auto& state = life.state();
        if (!state.runs() || state.lasts.unit == DurationUnit::hours || state.lasts.count == 0)
            continue;
        for (const auto& rung : ladder) {
            const auto firing = next_firing(state, {rung}, life.calendar());
            if (state.has_fired(rung.percent, 0)) continue;
            ASSERT_TRUE(firing);
            ASSERT_EQ(firing->at, life.oracle().threshold(rung.percent))
                << "seed " << seed << " percent " << rung.percent << "\n"
                << life.story();
        }
    }
}

TEST(Clock, is_not_moved_by_a_calendar_that_says_the_same) {
    for (unsigned seed = 1; seed <= 200; ++seed) {
        Life life(seed);
        for (int i = 0; i < 8; ++i) life.step();
        const auto later = plus_seconds(life.now(), 3 * kSecondsPerDay);
        EXPECT_FALSE(change_calendar(life.state(), Life::kLadder, life.calendar(), life.now()))
            << "seed " << seed << "\n"
            << life.story() << to_string(life.state().days);
        EXPECT_FALSE(change_calendar(life.state(), Life::kLadder, life.calendar(), later))
            << "seed " << seed;
    }
}

TEST(Clock, is_due_no_earlier_for_a_greater_length) {
    for (const auto unit : {DurationUnit::hours, DurationUnit::days, DurationUnit::working_days})
        for (std::int32_t offset = 0; offset < 60; ++offset) {
            const auto from = plus_seconds(local("2026-02-20 16:20"), offset * 20'000);
            Instant last{};
            for (std::int32_t count = 0; count < 80; ++count) {
                const auto due = due_instant(shipped(), from, {count, unit});
                ASSERT_LE(last, due) << count;
                last = due;
            }
        }
}

TEST(Clock, is_never_due_earlier_for_a_pause) {
    std::mt19937 random(7);
    for (int round = 0; round < 2'000; ++round) {
        const auto unit = static_cast<DurationUnit>(random() % 3);
        const Duration lasts{static_cast<std::int32_t>(random() % 20), unit};
        const auto from = plus_seconds(local("2026-03-02 08:00"), random() % 2'000'000);
        const auto at = plus_seconds(from, random() % 1'000'000);
        const auto until = plus_seconds(at, random() % 1'000'000);
        ClockState state;
        apply(state, start(state, {}, shipped(), lasts, from));
        const auto before = state.due;
        apply(state, pause(state, shipped(), at), at);
        apply(state, resume(state, {}, shipped(), until), until);
        ASSERT_GE(state.due, before) << round;
    }
}

TEST(Clock, counts_the_whole_as_the_sum_of_its_pieces) {
    ClockState state;
    const auto from = local("2026-03-02 08:00");
    apply(state, start(state, {}, shipped(), {60, DurationUnit::working_days}, from));
    for (std::int32_t days = 1; days < 100; ++days) {
        const auto at = plus_seconds(from, days * kSecondsPerDay);
        EXPECT_EQ(counted(state, shipped(), at),
                  shipped().count(day("2026-03-02"), next(day("2026-03-02"), days)));
    }
}

}  // namespace
}  // namespace pintu::calendar
