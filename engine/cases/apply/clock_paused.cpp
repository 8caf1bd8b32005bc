#include "engine/cases/apply/apply.hpp"

namespace pintu::cases {

void apply(State& state, const Event& event, const ClockPaused& paused) {
    calendar::apply(state.clocks[paused.clock], calendar::Paused{paused.counted}, event.at);
}

}  // namespace pintu::cases
