#include "engine/replay/again.hpp"

#include <algorithm>

#include "engine/cases/decide/commands.hpp"
#include "engine/cases/decide/steps.hpp"

namespace pintu::replay {

const workflow::Workflow* Past::workflow() const {
    const auto& workflows = definitions.pinned->workflows;
    const auto found = workflows.find(state.workflow);
    return found == workflows.end() ? nullptr : &found->second;
}

const workflow::State* Past::workflow_state() const {
    const auto* flow = workflow();
    return flow == nullptr ? nullptr : flow->find_state(state.name);
}

const rules::Ruleset* Past::ruleset() const {
    const auto date = current(state.agency).calendar.zone().date(state.received_at);
    return definitions.pinned->ruleset_on(date);
}

const bundle::Bundle& Past::current(const AgencyCode& agency) const {
    const auto& bundles = definitions.current->bundles;
    const auto found = bundles.find(agency);
    return found == bundles.end() ? *definitions.pinned : *found->second;
}

std::optional<cases::Decided> again(const Past& past, const cases::Decided& recorded) {
    const auto* ruleset = past.ruleset();
    if (ruleset == nullptr) return std::nullopt;
    const auto& decisions = ruleset->program->decisions;
    const bool known = std::any_of(decisions.begin(), decisions.end(), [&](const auto& decision) {
        return decision.name == recorded.decision;
    });
    if (!known) return std::nullopt;
    std::vector<UnitId> excluded;
    for (const auto& [owner, nothing] : recorded.excluded) excluded.emplace_back(owner);
    return cases::decided_again(*ruleset, past.state, recorded.decision, excluded);
}

namespace {

// Where the move should have gone; nothing where the state has no such way out.
std::optional<std::string> target_of(const Past& past, const cases::Transitioned& move) {
    if (past.state.name.empty()) return past.workflow()->first;
    const auto* from = past.workflow_state();
    if (from == nullptr) return std::nullopt;
    if (move.name == "after") return from->after ? std::optional(from->after->to) : std::nullopt;
    if (move.name == "choose" && from->choose) {
        const auto decided = past.state.decisions.find(from->choose->decision);
        if (decided == past.state.decisions.end()) return std::nullopt;
        for (const auto& [outcome, to] : from->choose->to) {
            if (outcome == decided->second.value) return to;
        }
        return std::nullopt;
    }
    for (const auto& event : from->on) {
        const auto way = cases::move_of(past.state, event);
        const bool spent = way.name == "at_most";
        if (way.name == move.name && (!spent || way.to == move.to)) return way.to;
    }
    return std::nullopt;
}

}  // namespace

std::optional<cases::Transitioned> again(const Past& past, const cases::Transitioned& recorded) {
    if (past.workflow() == nullptr) return std::nullopt;
    cases::Transitioned moved = recorded;
    moved.from = past.state.name;
    const auto to = target_of(past, recorded);
    moved.to = to.value_or("");
    const auto* target = past.workflow()->find_state(moved.to);
    if (target != nullptr) moved.closes = target->final;
    return moved;
}

std::optional<cases::Assigned> again(const Past& past, const cases::Assigned& recorded) {
    cases::Assigned assigned = recorded;
    assigned.previous = past.state.owner;
    return assigned;
}

}  // namespace pintu::replay
