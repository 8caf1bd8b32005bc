#include "engine/cases/apply/apply.hpp"

namespace pintu::cases {

void apply(State& state, const Event& /*event*/, const EffectDone& done) {
    state.unsettled.erase(done.key);
}

}  // namespace pintu::cases
