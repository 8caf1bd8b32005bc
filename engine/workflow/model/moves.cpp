#include "engine/workflow/model/moves.hpp"

#include <cassert>

namespace pintu::workflow {

std::size_t position_of(const Workflow& workflow, const std::string& state) {
    const auto* found = workflow.find_state(state);
    assert(found != nullptr);
    return static_cast<std::size_t>(found - workflow.states.data());
}

std::vector<Move> moves_of(const Workflow& workflow) {
    std::vector<Move> moves;
    for (std::size_t from = 0; from < workflow.states.size(); ++from) {
        const auto& state = workflow.states[from];
        const auto add = [&](Move::Kind kind, const std::string& to, const EventSpec* event,
                             const std::string& label, const Span& span) {
            moves.push_back({kind, from, position_of(workflow, to), event, label, span});
        };
        for (const auto& event : state.on) {
            add(Move::Kind::event, event.to, &event, event.name, event.span);
            if (!event.then.empty())
                add(Move::Kind::spent, event.then, &event, event.name, event.span);
        }
        if (state.after)
            add(Move::Kind::after, state.after->to, nullptr, to_string(state.after->wait),
                state.after->span);
        if (state.choose)
            for (const auto& [outcome, to] : state.choose->to)
                add(Move::Kind::choose, to, nullptr, outcome, state.choose->span);
    }
    return moves;
}

}  // namespace pintu::workflow
