#include "engine/cases/apply/apply.hpp"

namespace pintu::cases {

void apply(State& state, const Event& /*event*/, const Erased& /*erased*/) {
    state.erased = true;
}

}  // namespace pintu::cases
