#include <algorithm>

#include "engine/cases/decide/steps.hpp"
#include "engine/rules/evaluate/input.hpp"
#include "engine/rules/evaluate/reads.hpp"
#include "engine/rules/evaluate/why.hpp"

namespace pintu::cases {
namespace {

constexpr const char* kPrivacyDecision = "privasi";  // a set of {anonim, rahasia}

const rules::Decision* find_decision(const rules::Program& program, const std::string& name) {
    for (const auto& decision : program.decisions)
        if (decision.name == name) return &decision;
    return nullptr;
}

void ensure_inputs(Turn& turn, const rules::Program& program, const rules::Decision& decision) {
    for (const auto id : rules::attributes_read(program, decision)) {
        const auto& attribute = program.attributes[id];
        if (attribute.source == rules::Attribute::Source::fact)
            ensure_fact(turn, program, program.facts[attribute.index]);
        else if (attribute.source == rules::Attribute::Source::decision)
            ensure_decided(turn, attribute.name);
    }
}

std::vector<RuleCited> cited(const std::vector<rules::RuleWhy>& rules) {
    std::vector<RuleCited> out;
    for (const auto& rule : rules) out.push_back({rule.rule, rule.at, rule.because});
    return out;
}

// A person's loosening lasts until the rules are asked again; they only ever tighten.
void follow_privacy(Turn& turn, const std::string& value) {
    const State& state = turn.state();
    const bool anonim = state.anonim || value.find("anonim") != std::string::npos;
    const bool rahasia = state.rahasia || value.find("rahasia") != std::string::npos;
    if (anonim == state.anonim && rahasia == state.rahasia) return;
    turn.emit(PrivacyChanged{anonim, rahasia, "decided", {}}, true);
}

void report_undecided(Turn& turn, const Decided& decided) {
    const auto& tracking = turn.state().tracking_id.value;
    if (decided.accepted_gap)
        turn.incident("CS051", {tracking, decided.decision});
    else if (decided.status != "decided")
        turn.incident("CS050", {tracking, decided.decision, decided.status});
}

}  // namespace

std::string text_of(const rules::Program& program, const rules::Domain& domain, rules::Code code) {
    if (domain.kind == rules::Domain::Kind::unit && code != rules::kUnknown)
        return program.units[static_cast<std::size_t>(code)].id.value;
    return program.show(domain, code);
}

rules::Input input_of(const rules::Program& program, const State& state) {
    std::map<std::string, std::string> values(state.fields.begin(), state.fields.end());
    for (const auto& [name, fact] : state.facts) values[name] = fact.value;
    for (const auto& [name, decision] : state.decisions) values[name] = decision.value;
    std::erase_if(values, [](const auto& value) { return value.second == kUnknownValue; });
    return rules::recorded_input(program, values, {state.probes.begin(), state.probes.end()}).input;
}

Decided decided_again(const rules::Ruleset& ruleset, const State& state, const std::string& name,
                      const std::vector<UnitId>& excluded) {
    const rules::Program& program = *ruleset.program;
    const rules::Decision& decision = *find_decision(program, name);
    rules::Input input = input_of(program, state);
    input.excluded_owners = excluded;
    const auto index = static_cast<std::uint32_t>(&decision - program.decisions.data());
    const rules::Outcome outcome = rules::decide(ruleset, index, input);
    rules::Why why = rules::explain(program, decision, input, outcome);
    Decided decided;
    decided.decision = name;
    decided.status = why.status;
    decided.value = text_of(program, decision.domain, outcome.value);
    decided.layer = why.layer;
    decided.rules = cited(why.rules);
    for (auto& limit : why.limits) decided.limits.push_back({limit.limit, limit.at, limit.because});
    decided.read = std::move(why.read);
    decided.path = std::move(why.path);
    decided.accepted_gap = outcome.accepted_gap;
    for (const auto& owner : excluded) decided.excluded.emplace_back(owner.value, "");
    return decided;
}

void decide_by_rules(Turn& turn, const std::string& name, bool excluding_previous, bool asked) {
    if (turn.stopped()) return;
    const rules::Ruleset* ruleset = turn.ruleset();
    const auto* decision = ruleset == nullptr ? nullptr : find_decision(*ruleset->program, name);
    if (decision == nullptr) return turn.reject("CS042", {name});
    ensure_inputs(turn, *ruleset->program, *decision);
    if (turn.stopped()) return;
    std::vector<UnitId> excluded;
    if (excluding_previous) {
        excluded = turn.state().past_owners;
        if (!turn.state().owner.empty()) excluded.push_back(turn.state().owner);
    }
    Decided decided = decided_again(*ruleset, turn.state(), name, excluded);
    report_undecided(turn, decided);
    turn.emit(std::move(decided), !asked);
    follow_decision(turn, name, "decided");
}

void ensure_decided(Turn& turn, const std::string& name) {
    if (!turn.stopped() && !turn.state().decisions.contains(name))
        decide_by_rules(turn, name, false);
}

void follow_decision(Turn& turn, const std::string& name, const std::string& why) {
    if (turn.stopped()) return;
    const std::string value = turn.state().decisions.at(name).value;
    if (name == workflow::kOwnerDecision)
        assign(turn, UnitId(value == kUnknownValue ? std::string() : value), why);
    if (name == kPrivacyDecision) follow_privacy(turn, value);
    clocks_follow_length(turn, name);
}

void assign(Turn& turn, const UnitId& unit, const std::string& why) {
    if (turn.stopped()) return;
    UnitId owner = workflow::resolve_unit(unit.value, turn.offices());
    if (owner.empty()) {
        const auto* desk = turn.current().registry.front_desk();
        if (desk != nullptr) owner = desk->id;
    }
    if (owner == turn.state().owner) return;
    turn.emit(Assigned{owner, turn.state().owner, why}, true);
    clocks_follow_calendar(turn, "owner", true);
}

}  // namespace pintu::cases
