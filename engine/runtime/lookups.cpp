#include "engine/runtime/lookups.hpp"

#include <set>

#include "engine/cases/state/place.hpp"

namespace pintu::runtime {
namespace {

std::set<std::string> compared_attributes(const bundle::Bundle& bundle) {
    std::set<std::string> names;
    for (const auto& ruleset : bundle.rulesets)
        for (const auto& fact : ruleset.program->facts)
            if (std::holds_alternative<rules::syntax::CountFact>(fact.source))
                for (const auto argument : fact.arguments)
                    names.insert(ruleset.program->attributes[argument].name);
    for (const auto& [name, flow] : bundle.workflows)
        if (flow.intake.similar) names.insert(flow.intake.similar->same);
    return names;
}

std::string value_of(const cases::State& state, const std::string& name) {
    if (const auto decided = state.decisions.find(name); decided != state.decisions.end())
        return decided->second.value;
    const auto field = state.fields.find(name);
    return field == state.fields.end() ? "unknown" : field->second;
}

}  // namespace

cases::Values lookups_of(const cases::State& state, const bundle::Bundle& bundle) {
    cases::Values values;
    for (const auto& name : compared_attributes(bundle))
        if (auto value = value_of(state, name); value != "unknown")
            values.emplace_back(name, std::move(value));
    return values;
}

ports::PriorQuery query_of(const cases::Question& question) {
    return {question.agency,         question.attribute, question.value,    question.received_from,
            question.received_until, question.within_m,  question.lat_udeg, question.lon_udeg,
            question.except,         question.at_most};
}

bool answers(const cases::State& state, const cases::Values& lookups,
             const cases::Question& question) {
    if (state.agency != question.agency || state.id == question.except || state.withdrawn ||
        state.received_at < question.received_from || state.received_at > question.received_until)
        return false;
    bool same = false;
    for (const auto& [name, value] : lookups)
        same = same || (name == question.attribute && value == question.value);
    if (!same || !question.within_m) return same;
    return state.lat_udeg && state.lon_udeg &&
           cases::near({*state.lat_udeg, *state.lon_udeg}, {question.lat_udeg, question.lon_udeg},
                       *question.within_m);
}

}  // namespace pintu::runtime
