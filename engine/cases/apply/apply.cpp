#include "engine/cases/apply/apply.hpp"

#include <algorithm>

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

void drop_waits(State& state) {
    const auto waits = [](const auto& clock) { return is_wait(clock.first); };
    state.clocks.erase(std::remove_if(state.clocks.begin(), state.clocks.end(), waits),
                       state.clocks.end());
}

State fold(const std::vector<Event>& events) {
    State state;
    for (const auto& event : events) apply(state, event);
    return state;
}

}  // namespace pintu::cases
