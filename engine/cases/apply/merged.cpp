#include "engine/cases/apply/apply.hpp"

namespace pintu::cases {

void apply(State& state, const Event& /*event*/, const Merged& merged) {
    state.merged_into = merged.into;
}

}  // namespace pintu::cases
