#include "engine/cases/apply/apply.hpp"

namespace pintu::cases {

void apply(State& state, const Event& event, const ClockResumed& resumed) {
    calendar::apply(
        state.clocks[resumed.clock],
        calendar::Resumed{resumed.due,
                          calendar::parse_day_marks(resumed.days).value_or(calendar::DayMarks{})},
        event.at);
}

}  // namespace pintu::cases
