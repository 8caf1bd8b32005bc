#include "engine/calendar/ladder.hpp"

#include <algorithm>
#include <tuple>

#include "engine/calendar/clock_days.hpp"

namespace pintu::calendar {
namespace {

// The moments of one clock's ladder, under the due that it has.
class Times {
  public:
    Times(const ClockState& state, const Calendar& calendar)
        : state_(state), calendar_(calendar), days_(state, calendar) {}

    Instant at(const RungTimes& rung, std::int32_t repeat) const {
        const auto base = percent(rung.percent);
        return repeat == 0 ? base : repeated(rung, base, repeat);
    }

  private:
    // C7.
    Instant percent(std::int32_t p) const {
        const auto& lasts = state_.lasts;
        if (p >= 100 || lasts.count == 0) return state_.due;
        if (lasts.unit == DurationUnit::hours)
            return days_.after_running(state_.started_at,
                                       std::int64_t{3600} * lasts.count * p / 100);
        const auto number = std::int64_t{lasts.count} * p / 100 + 1;
        return days_.opening_of(days_.nth(days_.day_zero(), number, lasts.unit));
    }

    // C9: counted from the due date (of another rung, from its date) as day 0.
    Instant repeated(const RungTimes& rung, Instant base, std::int32_t repeat) const {
        const auto many = std::int64_t{rung.again_every->count} * repeat;
        if (rung.again_every->unit == DurationUnit::hours)
            return days_.after_running(base, many * 3600);
        const auto day_zero = due_date(calendar_, base);
        return days_.opening_of(
            days_.nth(day_zero, std::max(many, std::int64_t{1}), rung.again_every->unit));
    }

    const ClockState& state_;
    const Calendar& calendar_;
    ClockDays days_;
};

std::int32_t last_repeat(const RungTimes& rung) {
    return rung.again_every ? rung.at_most + 1 : 0;
}

// The first repeat of the rung that has not fired; past last_repeat where all have.
std::int32_t next_repeat(const ClockState& state, const RungTimes& rung) {
    const auto fired = std::find_if(state.fired.begin(), state.fired.end(),
                                    [&](const auto& f) { return f.percent == rung.percent; });
    return fired == state.fired.end() ? 0 : fired->repeat + 1;
}

}  // namespace

Date last_date(const ClockState& state, const Ladder& ladder, const Calendar& calendar) {
    const Times times(state, calendar);
    auto last = due_date(calendar, state.due);
    for (const auto& rung : ladder)
        last = std::max(last, calendar.zone().date(times.at(rung, last_repeat(rung))));
    return last;
}

std::optional<Firing> next_firing(const ClockState& state, const Ladder& ladder,
                                  const Calendar& calendar) {
    if (!state.runs()) return std::nullopt;
    const Times times(state, calendar);
    std::optional<Firing> first;
    for (std::size_t i = 0; i < ladder.size(); ++i) {
        const auto repeat = next_repeat(state, ladder[i]);
        if (repeat > last_repeat(ladder[i])) continue;
        const Firing firing{i, ladder[i].percent, repeat, times.at(ladder[i], repeat), true};
        if (!first || firing.at < first->at) first = firing;
    }
    return first;
}

std::vector<Firing> already_past(const ClockState& state, const Ladder& ladder,
                                 const Calendar& calendar, Instant now) {
    std::vector<Firing> past;
    auto then = state;
    for (auto firing = next_firing(then, ladder, calendar); firing && firing->at <= now;
         firing = next_firing(then, ladder, calendar)) {
        for (auto& earlier : past)
            if (earlier.rung == firing->rung) earlier.notifies = false;
        past.push_back(*firing);
        apply(then, Fired{firing->percent, firing->repeat});
    }
    return past;
}

}  // namespace pintu::calendar
