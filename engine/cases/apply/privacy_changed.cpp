#include "engine/cases/apply/apply.hpp"

namespace pintu::cases {

void apply(State& state, const Event& /*event*/, const PrivacyChanged& changed) {
    state.anonim = changed.anonim;
    state.rahasia = changed.rahasia;
    if (changed.why == "person") state.privacy_by_person = true;
}

}  // namespace pintu::cases
