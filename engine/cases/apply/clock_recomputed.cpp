#include "engine/cases/apply/apply.hpp"

namespace pintu::cases {

void apply(State& state, const Event& event, const ClockRecomputed& recomputed) {
    calendar::apply(state.clocks[recomputed.clock],
                    calendar::Recomputed{
                        calendar::parse_duration(recomputed.lasts).value_or(calendar::Duration{}),
                        recomputed.calendar, recomputed.old_due, recomputed.due,
                        calendar::parse_day_marks(recomputed.days).value_or(calendar::DayMarks{})},
                    event.at);
}

}  // namespace pintu::cases
