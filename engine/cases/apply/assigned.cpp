#include <algorithm>

#include "engine/cases/apply/apply.hpp"

namespace pintu::cases {

void apply(State& state, const Event& /*event*/, const Assigned& assigned) {
    const auto known =
        std::find(state.past_owners.begin(), state.past_owners.end(), assigned.previous);
    if (!assigned.previous.empty() && known == state.past_owners.end())
        state.past_owners.push_back(assigned.previous);
    state.owner = assigned.owner;
}

}  // namespace pintu::cases
