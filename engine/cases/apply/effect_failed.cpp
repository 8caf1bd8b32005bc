#include "engine/cases/apply/apply.hpp"

namespace pintu::cases {

void apply(State& state, const Event& /*event*/, const EffectFailed& failed) {
    state.unsettled.erase(failed.key);
}

}  // namespace pintu::cases
