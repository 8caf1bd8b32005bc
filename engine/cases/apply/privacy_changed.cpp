#include "engine/cases/apply/apply.hpp"

namespace pintu::cases {

void apply(State& state, const Event& /*event*/, const PrivacyChanged& changed) {
    state.anonim = changed.anonim;
    state.rahasia = changed.rahasia;
}

}  // namespace pintu::cases
