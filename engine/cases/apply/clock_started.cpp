#include "engine/cases/apply/apply.hpp"

namespace pintu::cases {

void apply(State& state, const Event& /*event*/, const ClockStarted& started) {
    calendar::apply(
        state.clocks[started.clock],
        calendar::Started{started.run, started.started_at,
                          calendar::parse_duration(started.lasts).value_or(calendar::Duration{}),
                          started.calendar, started.due,
                          calendar::parse_day_marks(started.days).value_or(calendar::DayMarks{})});
}

}  // namespace pintu::cases
