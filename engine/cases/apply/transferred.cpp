#include "engine/cases/apply/apply.hpp"

namespace pintu::cases {

void apply(State& state, const Event& /*event*/, const Transferred& transferred) {
    state.links.emplace_back(transferred.as, "transferred_to");
}

}  // namespace pintu::cases
