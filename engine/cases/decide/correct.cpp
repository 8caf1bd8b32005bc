#include <algorithm>

#include "engine/cases/decide/commands.hpp"
#include "engine/cases/decide/steps.hpp"
#include "engine/registry/schema.hpp"
#include "engine/rules/evaluate/input.hpp"

namespace pintu::cases {
namespace {

const rules::Decision* decision_named(const Turn& turn, const std::string& name) {
    const auto* ruleset = turn.ruleset();
    if (ruleset == nullptr) return nullptr;
    const auto& decisions = ruleset->program->decisions;
    const auto found = std::find_if(decisions.begin(), decisions.end(),
                                    [&](const auto& d) { return d.name == name; });
    return found == decisions.end() ? nullptr : &*found;
}

// The value as histories write it: units in full. Empty: it is none of the decision's.
std::string canonical(const Turn& turn, const rules::Decision& decision, const std::string& value) {
    if (decision.domain.kind == rules::Domain::Kind::unit)
        return workflow::resolve_unit(value, turn.offices()).value;
    const auto& program = *turn.ruleset()->program;
    const auto input = rules::recorded_input(program, {{decision.name, value}}, {}).input;
    const auto code = input.values[decision.attribute];
    return code == rules::kUnknown ? std::string() : program.show(decision.domain, code);
}

void correct_field(Turn& turn, const registry::Field& field, const Correct& correct) {
    if (field.type == registry::Field::Type::text) return turn.reject("CS029", {field.name});
    if (correct.value != "unknown" && !is_value_of(field, turn.pinned(), correct.value))
        return turn.reject("CS023", {field.name, correct.value, values_of(field)});
    const auto old = turn.state().fields.find(field.name);
    turn.emit(Corrected{field.name, old == turn.state().fields.end() ? "unknown" : old->second,
                        correct.value, false, turn.seal("reason", correct.reason)});
}

void correct_decision(Turn& turn, const rules::Decision& decision, const Correct& correct) {
    const std::string value = canonical(turn, decision, correct.value);
    if (value.empty()) return turn.reject("CS023", {decision.name, correct.value, decision.at});
    const auto old = turn.state().decisions.find(decision.name);
    turn.emit(Corrected{decision.name,
                        old == turn.state().decisions.end() ? "unknown" : old->second.value, value,
                        true, turn.seal("reason", correct.reason)});
    follow_decision(turn, decision.name, "person");
    choose_again(turn, decision.name);
}

bool official_corrects(Turn& turn, const std::string& reason) {
    if (!is_official(turn)) turn.reject("CS019", {turn.agency().value});
    if (reason.empty() && asks_texts(turn.state())) turn.reject("CS021", {"reason"});
    return !turn.stopped();
}

std::string names_of(const Turn& turn) {
    std::string names;
    for (const auto& field : turn.pinned().schema->fields)
        names += (names.empty() ? "" : ", ") + field.name;
    if (turn.ruleset() != nullptr)
        for (const auto& decision : turn.ruleset()->program->decisions)
            names += ", " + decision.name;
    return names;
}

}  // namespace

void run(Turn& turn, const Correct& correct) {
    if (!official_corrects(turn, correct.reason)) return;
    if (const auto* decision = decision_named(turn, correct.name))
        return correct_decision(turn, *decision, correct);
    if (const auto* field = turn.pinned().schema->find(correct.name))
        return correct_field(turn, *field, correct);
    turn.reject("CS033", {correct.name, names_of(turn)});
}

void run(Turn& turn, const Redecide& redecide) {
    if (!is_official(turn)) return turn.reject("CS019", {turn.agency().value});
    if (decision_named(turn, redecide.decision) == nullptr)
        return turn.reject("CS033", {redecide.decision, names_of(turn)});
    decide_by_rules(turn, redecide.decision, redecide.excluding_previous, true);
    choose_again(turn, redecide.decision);
}

}  // namespace pintu::cases
