// The days of one clock: which dates are working days for it, and at which it ran. What clock.cpp,
// ladder.cpp and due.cpp compute with; not for other rooms.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/calendar/clock.hpp"

namespace pintu::calendar {

class ClockDays {
  public:
    // Both must outlive it. Dates up to the end of state.days count by those marks, later ones by
    // the calendar.
    ClockDays(const ClockState& state, const Calendar& calendar);

    Date day_zero() const { return day_zero_; }
    // C5: every date is a working day of a clock in days or hours.
    bool working(Date date, DurationUnit unit) const;
    // C3: at some moment of the date.
    bool ran(Date date) const;
    // Counted dates of (after, upto].
    std::int64_t count(Date after, Date upto, DurationUnit unit) const;
    // The n-th counted date after `after`, n >= 1. Precondition: no pause is open.
    Date nth(Date after, std::int64_t n, DurationUnit unit) const;
    // C4: the first working day from `date` on at whose end the clock runs. Precondition as above.
    Date first_end(Date date, DurationUnit unit) const;
    // The first working day after `date`, whether the clock runs or not.
    Date working_after(Date date, DurationUnit unit) const;
    // The moment at which that many seconds have run since `from`. Precondition as above.
    Instant after_running(Instant from, std::int64_t seconds) const;
    // Seconds that ran of [from, to).
    std::int64_t seconds(Instant from, Instant to) const;
    Instant end_of(Date date) const { return calendar_.zone().instant(date, 1440); }
    Instant opening_of(Date date) const;

  private:
    // A pause in local dates: it touches [touched, last] at their ends and covers [first, last].
    struct Idle {
        Instant from, to;
        Date touched, first, last;
    };
    std::int64_t count_working(Date after, Date upto, DurationUnit unit) const;
    Date nth_working(Date after, std::int64_t n, DurationUnit unit) const;
    std::int64_t covered(Date after, Date upto, DurationUnit unit) const;

    const DayMarks& marks_;
    const Calendar& calendar_;
    Date day_zero_;
    std::vector<Idle> idle_;  // merged, in order
};

}  // namespace pintu::calendar
