#include "engine/calendar/clock_days.hpp"

#include <algorithm>
#include <limits>

namespace pintu::calendar {
namespace {

constexpr Instant kNever{std::numeric_limits<std::int64_t>::max()};
constexpr Date kLastDate{std::numeric_limits<std::int32_t>::max() / 2};
// Keeps dates within their type whatever a history says; 2,700 years.
constexpr std::int64_t kMostDays = 1'000'000;

// Pauses that follow each other without a gap are one.
std::vector<Pause> merged(const std::vector<Pause>& pauses) {
    std::vector<Pause> result;
    for (const auto& pause : pauses) {
        if (!result.empty() && result.back().to == pause.from)
            result.back().to = pause.to;
        else
            result.push_back(pause);
    }
    return result;
}

}  // namespace

ClockDays::ClockDays(const ClockState& state, const Calendar& calendar)
    : marks_(state.days), calendar_(calendar), day_zero_(calendar.zone().date(state.started_at)) {
    const auto& zone = calendar.zone();
    for (const auto& pause : merged(state.pauses)) {
        const auto touched = zone.date(pause.from);
        const auto first = zone.instant(touched) == pause.from ? touched : next(touched);
        const auto last = pause.to ? next(zone.date(*pause.to), -1) : kLastDate;
        idle_.push_back({pause.from, pause.to.value_or(kNever), touched, first, last});
    }
}

bool ClockDays::working(Date date, DurationUnit unit) const {
    if (unit != DurationUnit::working_days) return true;
    if (date < marks_.from || date >= marks_.end()) return calendar_.counts(date);
    return marks_.marks[static_cast<std::size_t>(date.days - marks_.from.days)] == '1';
}

bool ClockDays::ran(Date date) const {
    return std::none_of(idle_.begin(), idle_.end(),
                        [&](const Idle& idle) { return idle.first <= date && date <= idle.last; });
}

std::int64_t ClockDays::count_working(Date after, Date upto, DurationUnit unit) const {
    if (upto <= after) return 0;
    if (unit != DurationUnit::working_days) return std::int64_t{upto.days} - after.days;
    // Before the marks, in them, past them.
    const auto marked_after = std::clamp(after, next(marks_.from, -1), next(marks_.end(), -1));
    const auto marked_upto = std::clamp(upto, next(marks_.from, -1), next(marks_.end(), -1));
    const auto mark = [&](Date date) {
        return marks_.marks.begin() + (std::int64_t{date.days} + 1 - marks_.from.days);
    };
    return calendar_.count(after, std::min(upto, next(marks_.from, -1))) +
           std::count(mark(marked_after), mark(marked_upto), '1') +
           calendar_.count(std::max(after, next(marks_.end(), -1)), upto);
}

Date ClockDays::nth_working(Date after, std::int64_t n, DurationUnit unit) const {
    if (unit != DurationUnit::working_days) return next(after, static_cast<std::int32_t>(n));
    const auto before_marks = next(marks_.from, -1);
    if (const auto early = calendar_.count(after, before_marks);
        early >= n || after >= marks_.end())
        return calendar_.nth_after(after, n);
    else
        n -= early;
    for (auto date = next(std::max(after, before_marks)); date < marks_.end(); date = next(date))
        if (working(date, unit) && --n == 0) return date;
    return calendar_.nth_after(next(marks_.end(), -1), n);
}

// Working days of (after, upto] at which the clock did not run.
std::int64_t ClockDays::covered(Date after, Date upto, DurationUnit unit) const {
    std::int64_t days = 0;
    for (const auto& idle : idle_)
        days +=
            count_working(std::max(after, next(idle.first, -1)), std::min(upto, idle.last), unit);
    return days;
}

std::int64_t ClockDays::count(Date after, Date upto, DurationUnit unit) const {
    return count_working(after, upto, unit) - covered(after, upto, unit);
}

Date ClockDays::nth(Date after, std::int64_t n, DurationUnit unit) const {
    n = std::min(n, kMostDays);
    auto found = nth_working(after, n, unit);
    // Each idle day on the way pushes the day on, perhaps past further ones.
    for (;;) {
        const auto pushed = nth_working(after, n + covered(after, found, unit), unit);
        if (pushed == found) return found;
        found = pushed;
    }
}

Date ClockDays::first_end(Date date, DurationUnit unit) const {
    if (!working(date, unit)) date = nth_working(date, 1, unit);
    for (const auto& idle : idle_)
        if (idle.touched <= date && date <= idle.last) date = nth_working(idle.last, 1, unit);
    return date;
}

Date ClockDays::working_after(Date date, DurationUnit unit) const {
    return nth_working(date, 1, unit);
}

Instant ClockDays::after_running(Instant from, std::int64_t seconds) const {
    auto left = seconds * kMicrosPerSecond;
    for (const auto& idle : idle_) {
        if (idle.to <= from) continue;
        const auto ran = std::max(std::int64_t{0}, idle.from.micros - from.micros);
        if (ran >= left) break;
        left -= ran;
        from = idle.to;
    }
    return {from.micros + left};
}

std::int64_t ClockDays::seconds(Instant from, Instant to) const {
    auto ran = std::max(std::int64_t{0}, to.micros - from.micros);
    for (const auto& idle : idle_)
        ran -= std::max(std::int64_t{0},
                        std::min(to, idle.to).micros - std::max(from, idle.from).micros);
    return ran / kMicrosPerSecond;
}

Instant ClockDays::opening_of(Date date) const {
    return calendar_.zone().instant(date, calendar_.opens_minute());
}

}  // namespace pintu::calendar
