// Until when a clock's ladder reaches; what marks are kept for. Not for other rooms.
#pragma once

#include "engine/calendar/clock.hpp"

namespace pintu::calendar {

// The last local date at which the clock is due or a rung, repeat or `then` fires. Precondition: no
// pause is open.
Date last_date(const ClockState& state, const Ladder& ladder, const Calendar& calendar);

}  // namespace pintu::calendar
