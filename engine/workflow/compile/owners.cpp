#include "engine/workflow/compile/owners.hpp"

#include <algorithm>
#include <deque>
#include <set>

#include "engine/workflow/model/moves.hpp"

namespace pintu::workflow {
namespace {

using Units = std::set<UnitId>;

const rules::Decision* decision_of(const rules::Program& program, std::string_view name) {
    for (const auto& decision : program.decisions)
        if (decision.name == name) return &decision;
    return nullptr;
}

void add_answers(const rules::Program& program, const rules::Decision& decision,
                 std::set<std::string>& visited, Units& units);

void add_answer(const rules::Program& program, const rules::Rule& rule,
                std::set<std::string>& visited, Units& units) {
    const auto unit = [&](rules::Code code) {
        if (code >= 0 && static_cast<std::size_t>(code) < program.units.size())
            units.insert(program.units[static_cast<std::size_t>(code)].id);
    };
    if (rule.answer.kind == rules::Answer::Kind::constant) unit(rule.answer.value);
    if (rule.answer.kind == rules::Answer::Kind::office_for)
        for (const auto& row : program.offices) unit(row.unit);
    if (rule.answer.kind == rules::Answer::Kind::attribute)
        if (const auto* other =
                decision_of(program, program.attributes[rule.answer.attribute].name))
            add_answers(program, *other, visited, units);
}

void add_answers(const rules::Program& program, const rules::Decision& decision,
                 std::set<std::string>& visited, Units& units) {
    if (!visited.insert(decision.name).second) return;
    for (const auto& layer : decision.layers) {
        for (const auto rule : layer.rules)
            add_answer(program, program.rules[rule], visited, units);
        if (layer.otherwise != rules::kNone)
            add_answer(program, program.rules[layer.otherwise], visited, units);
    }
}

// What decides about owners, looked up once.
struct OwnerSources {
    const Offices& offices;
    UnitId front_desk;
    Units chosen;      // by the rules
    bool may_be_none;  // on some date the rules may give no owner
};

OwnerSources sources_of(const Surroundings& surroundings) {
    const auto chosen = choosable_units(surroundings);
    const bool may_be_none =
        std::any_of(surroundings.programs.begin(), surroundings.programs.end(),
                    [](const rules::Program* program) {
                        const auto* decision = decision_of(*program, kOwnerDecision);
                        return decision == nullptr || !decision->accepted.empty();
                    });
    return {surroundings.offices, unit_of({"", Who::Of::agency, "", {}}, {}, surroundings.offices),
            Units(chosen.begin(), chosen.end()), may_be_none};
}

// What the state's `do` makes of the owners who come in.
Units after_actions(const State& state, Units units, const OwnerSources& sources) {
    for (const auto& action : state.actions) {
        if (const auto* assign = std::get_if<AssignAction>(&action)) {
            const auto unit = resolve_unit(assign->unit, sources.offices);
            if (!unit.empty()) units = {unit};
        }
        const auto* decide = std::get_if<DecideAction>(&action);
        if (decide == nullptr || decide->decision != kOwnerDecision) continue;
        units = sources.chosen;
        if (sources.may_be_none || decide->excluding_previous) units.insert(sources.front_desk);
    }
    return units;
}

}  // namespace

std::vector<UnitId> choosable_units(const Surroundings& surroundings) {
    Units units;
    for (const auto* program : surroundings.programs) {
        std::set<std::string> visited;
        if (const auto* decision = decision_of(*program, kOwnerDecision))
            add_answers(*program, *decision, visited, units);
    }
    return {units.begin(), units.end()};
}

std::vector<std::vector<UnitId>> owners_by_state(const Workflow& workflow,
                                                 const Surroundings& surroundings) {
    const auto sources = sources_of(surroundings);
    std::vector<Units> owners(workflow.states.size());
    const auto moves = moves_of(workflow);
    const auto first = position_of(workflow, workflow.first);
    owners[first] = after_actions(workflow.states[first], {sources.front_desk}, sources);
    std::deque<std::size_t> changed = {first};
    while (!changed.empty()) {
        const auto from = changed.front();
        changed.pop_front();
        for (const auto& move : moves) {
            if (move.from != from) continue;
            const auto before = owners[move.to].size();
            owners[move.to].merge(after_actions(workflow.states[move.to], owners[from], sources));
            if (owners[move.to].size() != before) changed.push_back(move.to);
        }
    }
    std::vector<std::vector<UnitId>> found;
    for (const auto& units : owners) found.emplace_back(units.begin(), units.end());
    return found;
}

}  // namespace pintu::workflow
