#include "engine/cases/apply/apply.hpp"

namespace pintu::cases {

void apply(State& state, const Event& /*event*/, const Rated& rated) {
    state.stars = rated.stars;
}

}  // namespace pintu::cases
