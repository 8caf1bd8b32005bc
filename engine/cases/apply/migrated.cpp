#include "engine/cases/apply/apply.hpp"

namespace pintu::cases {

// Where the state has another name now, the case has not been entered anew: no clock moves by this.
void apply(State& state, const Event& /*event*/, const Migrated& migrated) {
    if (migrated.to_state == state.name) return;
    drop_waits(state);
    state.name = migrated.to_state;
}

}  // namespace pintu::cases
