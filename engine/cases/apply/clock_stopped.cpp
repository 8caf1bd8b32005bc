#include "engine/cases/apply/apply.hpp"

namespace pintu::cases {

void apply(State& state, const Event& event, const ClockStopped& stopped) {
    calendar::apply(state.clocks[stopped.clock], calendar::Stopped{stopped.on_time}, event.at);
}

}  // namespace pintu::cases
