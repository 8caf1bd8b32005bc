#include "engine/cases/apply/apply.hpp"

namespace pintu::cases {
namespace {

constexpr std::size_t kUsualSteps = 8;

Step& step_of(State& state, const Transitioned& transitioned) {
    for (auto& step : state.steps)
        if (step.state == transitioned.from && step.event == transitioned.name) return step;
    if (state.steps.empty()) state.steps.reserve(kUsualSteps);
    return state.steps.emplace_back(Step{transitioned.from, transitioned.name, 0, {}, 0});
}

}  // namespace

void apply(State& state, const Event& event, const Transitioned& transitioned) {
    if (!transitioned.from.empty()) {
        Step& step = step_of(state, transitioned);
        ++step.times;
        // Of an event that was approved, whoever asked for it did it.
        const Actor& by =
            transitioned.approved_by && state.approval ? state.approval->asked_by : event.actor;
        if (by.kind == Actor::Kind::person) {
            step.by = PersonId(by.id);
            step.by_event = event.sequence;
        }
    }
    for (const auto& [name, value] : transitioned.answers) state.fields[name] = value;
    state.approval.reset();
    drop_waits(state);
    state.name = transitioned.to;
    state.entered_at = event.at;
    state.closed = transitioned.closes;
    state.withdrawn = transitioned.withdraws;
    state.closed_at = transitioned.closes ? std::optional(event.at) : std::nullopt;
}

}  // namespace pintu::cases
