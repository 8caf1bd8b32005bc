#include "engine/cases/apply/apply.hpp"

namespace pintu::cases {

void apply(State& state, const Event& /*event*/, const ClockFired& fired) {
    calendar::apply(state.clocks[fired.clock], calendar::Fired{fired.percent, fired.repeat});
    if (fired.action == "escalate" && fired.notified) ++state.escalations;
}

}  // namespace pintu::cases
