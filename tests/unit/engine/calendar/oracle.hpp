// The rules of language.md section 5 done slowly: day by day, minute by minute, straight from
// their words. What the engine computes in a few steps must agree with it.
#pragma once

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "engine/calendar/calendar.hpp"
#include "engine/calendar/clock.hpp"

namespace pintu::calendar {

class Oracle {
  public:
    Oracle(Calendar calendar, Instant started, Duration lasts)
        : started_(started), lasts_(lasts), calendars_{{Date{-1'000'000}, calendar}} {
        due_ = natural();
    }

    Instant due() const { return due_; }
    const Calendar& current() const { return calendars_.back().second; }

    void pause(Instant at) {
        passed_before_pause_ = due_ <= at;
        pauses_.push_back({at, std::nullopt});
        halted_ = true;
    }
    void resume(Instant at) {
        pauses_.back().second = at;
        halted_ = false;
        if (!passed_before_pause_) due_ = natural();
    }
    void stop(Instant at) {
        if (halted_) resume(at);
    }
    void reopen(Instant at) {
        reopened_ = at;
        due_ = std::max(due_, natural());
    }
    void change_calendar(Instant at, Calendar calendar) {
        calendars_.push_back({calendar.zone().date(at), calendar});
        if (!passed(at)) recompute(at);
    }
    void change_length(Instant at, Duration lasts) {
        const auto old = std::exchange(lasts_, lasts);
        const bool was_passed = passed(at);
        const auto before = due_;
        recompute(at);
        if (was_passed && due_ <= before) {
            due_ = before;
            lasts_ = old;
            return;
        }
        if (old == lasts) return;
        passed_before_pause_ = false;
        moved_ = at;
        recompute(at);
    }

    // C7, of the p-th percent of a clock in days, 1 <= p <= 99.
    Instant threshold(int percent) const {
        auto left = lasts_.count * percent / 100 + 1;
        auto date = day_zero();
        while (left > 0) {
            date = next(date);
            if (working(date) && ran(date)) --left;
        }
        return current().zone().instant(date, current().opens_minute());
    }

    std::int64_t counted_until(Instant at) const {
        std::int64_t days = 0;
        for (auto date = next(day_zero()); start_of(date) < at; date = next(date))
            if (working(date) && ran(date)) ++days;
        return days;
    }

    bool working(Date date) const {
        if (lasts_.unit != DurationUnit::working_days) return true;
        const Calendar* in_force = nullptr;
        for (const auto& [from, calendar] : calendars_)
            if (from <= date) in_force = &calendar;
        const auto& parts = in_force->parts();
        return !parts.closed.contains(weekday(date)) && !parts.holidays.contains(date);
    }

  private:
    Date day_zero() const { return current().zone().date(started_); }
    Instant start_of(Date date) const { return current().zone().instant(date); }

    bool runs(Instant at) const {
        return std::none_of(pauses_.begin(), pauses_.end(), [&](const auto& pause) {
            return pause.first <= at && (!pause.second || at < *pause.second);
        });
    }
    bool ran(Date date) const {
        for (int minute = 0; minute < 1440; ++minute)
            if (runs(plus_seconds(start_of(date), minute * 60))) return true;
        return false;
    }
    bool passed(Instant at) const { return halted_ ? passed_before_pause_ : due_ <= at; }
    // While halted a due is what it would be if the pause ended now.
    void recompute(Instant at) {
        if (halted_) pauses_.back().second = at;
        due_ = natural();
        if (halted_) pauses_.back().second = std::nullopt;
    }

    bool late_enough(Date date) const {
        if (moved_ && date < current().zone().date(*moved_)) return false;
        if (!reopened_) return true;
        auto first = next(current().zone().date(*reopened_));
        while (!working(first)) first = next(first);
        return date >= first;
    }
    Instant natural() const {
        if (lasts_.unit == DurationUnit::hours) return natural_hours();
        std::int64_t counted = 0;
        for (auto date = day_zero();; date = next(date)) {
            const bool open = working(date);
            if (date > day_zero() && open && ran(date)) ++counted;
            const auto last_minute = plus_seconds(start_of(next(date)), -60);
            if (open && counted >= lasts_.count && runs(last_minute) && late_enough(date))
                return start_of(next(date));
        }
    }
    Instant natural_hours() const {
        auto at = started_;
        for (std::int64_t left = std::int64_t{lasts_.count} * 60; left > 0;
             at = plus_seconds(at, 60))
            if (runs(at)) --left;
        const auto day_of = [&](Instant t) { return current().zone().date(t); };
        if (reopened_) at = std::max(at, start_of(next(day_of(*reopened_), 2)));
        if (moved_) at = std::max(at, start_of(next(day_of(*moved_))));
        return at;
    }

    Instant started_;
    Duration lasts_;
    std::vector<std::pair<Date, Calendar>> calendars_;  // from which date on
    std::vector<std::pair<Instant, std::optional<Instant>>> pauses_;
    std::optional<Instant> reopened_, moved_;
    bool halted_ = false;
    bool passed_before_pause_ = false;
    Instant due_;
};

}  // namespace pintu::calendar
