#include "engine/calendar/clock.hpp"

#include <algorithm>
#include <cassert>

#include "engine/calendar/clock_days.hpp"
#include "engine/calendar/ladder.hpp"

namespace pintu::calendar {
namespace {

using Phase = ClockState::Phase;

// The same clock as if a pause ended at `at`: what a due can be computed for.
ClockState unpaused(ClockState state, Instant at) {
    if (!state.pauses.empty() && !state.pauses.back().to) state.pauses.back().to = at;
    return state;
}

Instant hours_due(const ClockState& state, const ClockDays& days, const Calendar& calendar) {
    const auto day_of = [&](Instant at) { return calendar.zone().date(at); };
    auto due = days.after_running(state.started_at, state.lasts.count * std::int64_t{3600});
    if (state.reopened_at) due = std::max(due, days.end_of(next(day_of(*state.reopened_at))));
    if (state.moved_at) due = std::max(due, days.end_of(day_of(*state.moved_at)));
    return due;
}

// C3 to C5 with the floors of C2 and C11. Precondition: no pause is open.
Instant natural_due(const ClockState& state, const Calendar& calendar) {
    const ClockDays days(state, calendar);
    const auto unit = state.lasts.unit;
    if (unit == DurationUnit::hours) return hours_due(state, days, calendar);
    const auto day_of = [&](Instant at) { return calendar.zone().date(at); };
    auto date = days.day_zero();
    if (state.lasts.count > 0) date = days.nth(date, state.lasts.count, unit);
    if (state.reopened_at)
        date = std::max(date, days.working_after(day_of(*state.reopened_at), unit));
    if (state.moved_at) date = std::max(date, day_of(*state.moved_at));
    return days.end_of(days.first_end(date, unit));
}

// Did it end while it was paused, before its due? Then the due is only known from the pauses.
bool ended_paused(const ClockState& state) {
    return state.phase == Phase::stopped && !state.pauses.empty() &&
           state.pauses.back().to == state.stopped_at && state.due > state.pauses.back().from;
}

// The due that a change starts from: the stored one, or of a clock that ended while paused what
// the end of the pause made of it.
Instant standing_due(const ClockState& state, const Calendar& calendar) {
    return ended_paused(state) ? natural_due(state, calendar) : state.due;
}

// Had that due come before the clock was paused, or before `at`?
bool has_passed(const ClockState& state, Instant due, Instant at) {
    return due <= (state.phase == Phase::paused ? state.pauses.back().from : at);
}

// What the calendar says of [from, upto].
DayMarks mark(const Calendar& calendar, Date from, Date upto) {
    DayMarks days{from, ""};
    const auto last = std::min(upto, next(from, DayMarks::kMost - 1));
    for (auto date = from; date <= last; date = next(date))
        days.marks += calendar.counts(date) ? '1' : '0';
    return days;
}

// Marks past those that the state has, to the end of its ladder under its due, at least to `upto`.
DayMarks further_marks(const ClockState& state, const Ladder& ladder, const Calendar& calendar,
                       Date upto) {
    const auto room = DayMarks::kMost - static_cast<std::int32_t>(state.days.marks.size());
    const auto from =
        state.days.marks.empty() ? calendar.zone().date(state.started_at) : state.days.end();
    const auto last = std::max(upto, last_date(state, ladder, calendar));
    return mark(calendar, from, std::min(last, next(from, room - 1)));
}

DayMarks further_marks(const ClockState& state, const Ladder& ladder, const Calendar& calendar) {
    return further_marks(state, ladder, calendar, next(state.days.end(), -1));
}

// Are the marks from `from` on what the calendar says?
bool agree(const DayMarks& days, const Calendar& calendar, Date from) {
    for (auto date = std::max(from, days.from); date < days.end(); date = next(date)) {
        const bool marked = days.marks[static_cast<std::size_t>(date.days - days.from.days)] == '1';
        if (marked != calendar.counts(date)) return false;
    }
    return true;
}

}  // namespace

Started start(const ClockState& state, const Ladder& ladder, const Calendar& calendar,
              const Duration& lasts, Instant started_at) {
    ClockState fresh;
    fresh.phase = Phase::running;
    fresh.started_at = started_at;
    fresh.lasts = lasts;
    fresh.due = natural_due(fresh, calendar);
    return {state.run + 1,     started_at, lasts,
            calendar.agency(), fresh.due,  further_marks(fresh, ladder, calendar)};
}

Paused pause(const ClockState& state, const Calendar& calendar, Instant at) {
    assert(state.phase == Phase::running);
    return {counted(state, calendar, at)};
}

Resumed resume(const ClockState& state, const Ladder& ladder, const Calendar& calendar,
               Instant at) {
    assert(state.phase == Phase::paused || state.phase == Phase::stopped);
    auto resumed = unpaused(state, at);
    resumed.phase = Phase::running;
    if (state.phase == Phase::stopped) {
        resumed.reopened_at = at;
        resumed.due = std::max(standing_due(state, calendar), natural_due(resumed, calendar));
    } else if (!has_passed(state, state.due, at)) {
        resumed.due = natural_due(resumed, calendar);
    }
    return {resumed.due, further_marks(resumed, ladder, calendar)};
}

Stopped stop(const ClockState& state, Instant at) {
    assert(state.phase == Phase::running || state.phase == Phase::paused);
    return {on_time(state, at)};
}

std::optional<Recomputed> change_calendar(const ClockState& state, const Ladder& ladder,
                                          const Calendar& calendar, Instant at) {
    if (state.phase == Phase::idle) return std::nullopt;
    auto moved = unpaused(state, at);
    const auto today = calendar.zone().date(at);
    const auto kept = std::clamp(today.days - moved.days.from.days, 0,
                                 static_cast<std::int32_t>(moved.days.marks.size()));
    moved.days.marks.resize(static_cast<std::size_t>(kept));
    const auto old_due = standing_due(state, calendar);
    moved.due = has_passed(state, old_due, at) ? old_due : natural_due(moved, calendar);
    // While paused no due stands: only the dates matter.
    const bool same_due = state.phase == Phase::paused || old_due == moved.due;
    if (state.calendar == calendar.agency() && same_due && agree(state.days, calendar, today))
        return std::nullopt;
    return Recomputed{state.lasts, calendar.agency(), old_due, moved.due,
                      further_marks(moved, ladder, calendar, next(state.days.end(), -1))};
}

std::optional<Recomputed> change_length(const ClockState& state, const Ladder& ladder,
                                        const Calendar& calendar, const Duration& lasts,
                                        Instant at) {
    if (state.phase == Phase::idle || lasts == state.lasts) return std::nullopt;
    auto moved = unpaused(state, at);
    moved.lasts = lasts;
    const auto old_due = standing_due(state, calendar);
    if (has_passed(state, old_due, at) && natural_due(moved, calendar) <= old_due)
        return std::nullopt;
    moved.moved_at = at;
    moved.due = natural_due(moved, calendar);
    return Recomputed{lasts, state.calendar, old_due, moved.due,
                      further_marks(moved, ladder, calendar)};
}

std::optional<Instant> due_of_clock(const ClockState& state) {
    if (state.phase == Phase::idle) return std::nullopt;
    if (state.phase == Phase::paused && !has_passed(state, state.due, {})) return std::nullopt;
    return state.due;
}

bool on_time(const ClockState& state, Instant at) {
    return !has_passed(state, state.due, at);
}

std::int64_t counted(const ClockState& state, const Calendar& calendar, Instant at) {
    if (state.phase == Phase::idle) return 0;
    if (state.phase == Phase::stopped) at = std::min(at, state.stopped_at);
    const ClockDays days(state, calendar);
    if (state.lasts.unit == DurationUnit::hours) return days.seconds(state.started_at, at);
    // A date that has only just begun has not run yet.
    return days.count(days.day_zero(), calendar.zone().date({at.micros - 1}), state.lasts.unit);
}

}  // namespace pintu::calendar
