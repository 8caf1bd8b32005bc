#include "engine/cases/apply/apply.hpp"

namespace pintu::cases {

void apply(State& state, const Event& /*event*/, const EffectRequested& requested) {
    ++state.effects;
    state.unsettled.insert(requested.key);
    if (requested.kind == "publish") state.published = true;
}

}  // namespace pintu::cases
