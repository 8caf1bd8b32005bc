#include <algorithm>

#include "engine/rules/analyse/inquiry.hpp"
#include "engine/rules/evaluate/oracle.hpp"

namespace pintu::rules {
namespace {

bool breaks(const Decision& decision, const Limit& limit, Code value) {
    if (value == kUnknown) return false;
    if (limit.bound == syntax::Bound::includes) return (value & limit.value) != limit.value;
    const auto order = compare(decision.domain, value, limit.value);
    return limit.bound == syntax::Bound::at_most ? order > 0 : order < 0;
}

// Layers that stand above the given one, so that their limits bind it.
bool above(const Decision& decision, const std::string& limit_layer, std::size_t layer) {
    for (std::size_t at = layer + 1; at < decision.layers.size(); ++at)
        if (decision.layers[at].layer == limit_layer) return true;
    return std::none_of(decision.layers.begin(), decision.layers.end(),
                        [&](const DecisionLayer& one) { return one.layer == limit_layer; });
}

void ask_one(Inquiry& inquiry, std::uint32_t d, std::size_t at, RuleId id, std::size_t limit_at) {
    const Program& program = inquiry.program;
    const Decision& decision = program.decisions[d];
    const Limit& limit = decision.limits[limit_at];
    const Rule& rule = program.rules[id];
    Goal goal;
    goal.scope = inquiry.space.under(d);
    goal.all = {{id, nullptr, kYes}, {kNone, &inquiry.space.limit_terms(d)[limit_at], kYes}};
    goal.holds = [&](const Input& input, const Decider&) {
        return truth_of(program, rule, input) == Truth::yes &&
               truth_of(program, limit.when, input) == Truth::yes &&
               breaks(decision, limit, answer_of(program, rule.answer, input));
    };
    Answered answer = inquiry.ask(goal);
    if (answer.kind == Answered::Kind::not_proved)
        inquiry.not_proved(rule.span, decision.name, rule.name);
    if (answer.kind != Answered::Kind::found) return;
    const std::string words = inquiry.witness(goal, answer.report, rule.span);
    if (words.empty()) return;
    const Input input = inquiry.search.input_of(answer.report, goal.scope);
    const bool older = limit.from <= decision.layers[at].from;
    inquiry.diagnostics.add(
        {older ? Severity::error : Severity::warning,
         "RU212",
         rule.span,
         {rule.name, program.show(decision.domain, answer_of(program, rule.answer, input)),
          decision.name, program.show(decision.domain, limit.value), limit.at, words}});
}

}  // namespace

void ask_breaches(Inquiry& inquiry, std::uint32_t d) {
    const Program& program = inquiry.program;
    const Decision& decision = program.decisions[d];
    for (std::size_t limit = 0; limit < decision.limits.size(); ++limit)
        for (std::size_t at = 0; at < decision.layers.size(); ++at) {
            if (!above(decision, decision.limits[limit].layer, at)) continue;
            std::vector<RuleId> rules = decision.layers[at].rules;
            if (decision.layers[at].otherwise != kNone)
                rules.push_back(decision.layers[at].otherwise);
            for (const auto id : rules)
                if (program.rules[id].answer.kind != Answer::Kind::constant)
                    ask_one(inquiry, d, at, id, limit);
        }
}

}  // namespace pintu::rules
