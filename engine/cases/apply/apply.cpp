#include "engine/cases/apply/apply.hpp"

namespace pintu::cases {

void apply(State& state, const Event& event) {
    if (state.sequence == 0) {
        state.id = event.case_id;
        state.agency = event.agency;
        state.recorded_at = event.at;
    }
    state.sequence = event.sequence;
    state.changed_at = event.at;
    state.pinned = event.pinned;
    state.current = event.current;
    std::visit([&](const auto& payload) { apply(state, event, payload); }, event.payload);
}

State fold(const std::vector<Event>& events) {
    State state;
    for (const auto& event : events) apply(state, event);
    return state;
}

}  // namespace pintu::cases
