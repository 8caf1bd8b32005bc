#include "engine/cases/state/state.hpp"

namespace pintu::cases {

std::int32_t times_taken(const State& state, std::string_view from, std::string_view event) {
    for (const auto& step : state.steps)
        if (step.state == from && step.event == event) return step.times;
    return 0;
}

const PersonId* left_by(const State& state, std::string_view from) {
    const Step* last = nullptr;
    for (const auto& step : state.steps) {
        if (step.state != from || !step.by) continue;
        if (last == nullptr || step.by_event > last->by_event) last = &step;
    }
    return last == nullptr ? nullptr : &*last->by;
}

}  // namespace pintu::cases
