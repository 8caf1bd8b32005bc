#include <algorithm>

#include "engine/calendar/clock.hpp"
#include "engine/calendar/clock_days.hpp"

namespace pintu::calendar {
namespace {

ClockState started_clock(const Calendar& calendar, Instant from, const Duration& lasts) {
    ClockState state;
    apply(state, start(state, {}, calendar, lasts, from));
    return state;
}

// Why a date of the clock counts, or not.
DayWhy why(const ClockState& state, const ClockDays& days, const Calendar& calendar, Date date) {
    const auto unit = state.lasts.unit;
    if (!days.ran(date)) return {date, false, Reason::paused, std::nullopt};
    if (unit == DurationUnit::hours) return {date, true, Reason::every_hour, std::nullopt};
    if (date == days.day_zero()) return {date, false, Reason::day_zero, std::nullopt};
    if (unit == DurationUnit::days) return {date, true, Reason::every_day, std::nullopt};
    if (const bool working = days.working(date, unit); working != calendar.counts(date))
        return {date, working, Reason::before, std::nullopt};
    return calendar.why(date);
}

}  // namespace

Date due_date(const Calendar& calendar, Instant due) {
    return calendar.zone().date({due.micros - 1});
}

std::vector<DayWhy> explain(const ClockState& state, const Calendar& calendar, Instant upto) {
    if (state.phase == ClockState::Phase::idle) return {};
    const ClockDays days(state, calendar);
    const auto last = due_date(calendar, due_of_clock(state).value_or(plus_seconds(upto, 1)));
    std::vector<DayWhy> result;
    for (auto date = days.day_zero(); date <= last; date = next(date))
        result.push_back(why(state, days, calendar, date));
    return result;
}

Due due_of(const Calendar& calendar, Instant from, const Duration& lasts) {
    const auto state = started_clock(calendar, from, lasts);
    return {state.due, due_date(calendar, state.due), explain(state, calendar, from)};
}

Instant due_instant(const Calendar& calendar, Instant from, const Duration& lasts) {
    return started_clock(calendar, from, lasts).due;
}

}  // namespace pintu::calendar
