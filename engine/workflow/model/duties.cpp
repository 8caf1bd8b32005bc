#include "engine/workflow/model/duties.hpp"

namespace pintu::workflow {
namespace {

const Who& whom_of(const RungAction& action) {
    return std::visit([](const auto& a) -> const Who& { return a.whom; }, action);
}

}  // namespace

std::vector<Duty> duties_of(const Workflow& workflow) {
    std::vector<Duty> duties;
    for (std::size_t s = 0; s < workflow.states.size(); ++s) {
        const auto& state = workflow.states[s];
        for (const auto& action : state.actions)
            if (const auto* notify = std::get_if<NotifyAction>(&action))
                duties.push_back({Duty::Kind::be_told, notify->whom, s, nullptr});
        for (const auto& event : state.on) {
            duties.push_back({Duty::Kind::act, actor(state, event), s, &event});
            if (event.approved_by)
                duties.push_back({Duty::Kind::approve, *event.approved_by, s, &event});
        }
    }
    for (std::size_t c = 0; c < workflow.clocks.size(); ++c) {
        for (const auto& rung : workflow.clocks[c].rungs) {
            duties.push_back({Duty::Kind::climb, whom_of(rung.action), c, nullptr});
            if (rung.then) duties.push_back({Duty::Kind::climb, whom_of(*rung.then), c, nullptr});
        }
    }
    return duties;
}

}  // namespace pintu::workflow
