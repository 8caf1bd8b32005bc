#include "engine/cases/decide/decide.hpp"

#include "engine/cases/decide/commands.hpp"
#include "engine/cases/decide/steps.hpp"

namespace pintu::cases {
namespace {

bool opens_case(const Body& body) {
    return std::holds_alternative<ReceiveReport>(body) ||
           std::holds_alternative<AcceptTransfer>(body);
}

// Whatever the actor could do instead; only people and reporters want to know.
Rejected with_allowed(Rejected rejected, const State& state, const Command& command,
                      const Context& context) {
    if (state.sequence > 0 && command.actor.kind != Actor::Kind::engine)
        rejected.allowed = allowed_events(state, command.actor, context);
    return rejected;
}

}  // namespace

Decision decide(State& state, const Command& command, const Context& context) {
    Turn turn(state, command, context);
    if (opens_case(command.body) != (state.sequence == 0)) {
        turn.reject(state.sequence == 0 ? "CS001" : "CS002", {command.case_id.value});
    } else {
        // C12: what is due fires before a command of the same moment. A newer workflow cannot tell
        // what was due under the older one.
        if (state.sequence > 0 && !std::holds_alternative<Migrate>(command.body)) fire_due(turn);
        if (!turn.stopped()) std::visit([&](const auto& body) { run(turn, body); }, command.body);
    }
    Decision decision = turn.finish(turn.stopped() ? std::nullopt : next_wake(turn));
    if (auto* rejected = std::get_if<Rejected>(&decision))
        return with_allowed(std::move(*rejected), state, command, context);
    return decision;
}

std::vector<std::string> allowed_events(const State& state, const Actor& actor,
                                        const Context& context) {
    const Command probe{CommandId(), state.id, actor, FireTimers{}};
    std::vector<std::string> allowed;
    State now = state;
    const Turn reading(now, probe, context);
    const auto* in = reading.workflow_state();
    if (in == nullptr) return allowed;
    for (const auto& event : in->on) {
        Turn turn(now, probe, context);
        check_may(turn, *in, event);
        if (!turn.stopped()) allowed.push_back(event.name);
    }
    Turn turn(now, probe, context);
    check_may_approve(turn);
    if (!turn.stopped()) allowed.insert(allowed.end(), {"approve", "refuse"});
    return allowed;
}

}  // namespace pintu::cases
