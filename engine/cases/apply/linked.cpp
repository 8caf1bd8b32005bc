#include "engine/cases/apply/apply.hpp"

namespace pintu::cases {

void apply(State& state, const Event& /*event*/, const Linked& linked) {
    state.links.emplace_back(linked.other, linked.relation);
    if (linked.relation == "supported_by") ++state.supporters;
}

}  // namespace pintu::cases
