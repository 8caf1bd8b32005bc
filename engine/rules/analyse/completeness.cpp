#include "engine/rules/analyse/inquiry.hpp"
#include "engine/rules/evaluate/oracle.hpp"

namespace pintu::rules {
namespace {

// Adds what keeps a layer from deciding; false where nothing can.
bool add_layer(const Program& program, const DecisionLayer& layer, Goal& goal) {
    for (const auto id : layer.rules) goal.all.push_back({id, nullptr, kNotYes});
    if (layer.otherwise == kNone) return true;
    const bool constant = program.rules[layer.otherwise].answer.kind == Answer::Kind::constant;
    if (layer.even_if_unknown) {
        if (constant) return false;
        goal.all.push_back({layer.otherwise, nullptr, kNotYes});
    } else if (constant) {
        goal.one_unknown.push_back(layer.rules);
    }
    return true;
}

}  // namespace

void ask_completeness(Inquiry& inquiry, std::uint32_t d) {
    const Decision& decision = inquiry.program.decisions[d];
    if (decision.policy == syntax::Policy::collect) return;
    Goal goal;
    goal.scope = inquiry.space.under(d);
    for (const auto& gap : inquiry.space.gap_terms(d)) goal.all.push_back({kNone, &gap, kNotYes});
    for (const auto& layer : decision.layers)
        if (!add_layer(inquiry.program, layer, goal)) return;
    goal.holds = [d](const Input& input, const Decider& decide) {
        const Outcome outcome = decide(d, input);
        return outcome.status == Outcome::Status::undecided && !outcome.accepted_gap;
    };
    Answered answer = inquiry.ask(goal);
    if (answer.kind == Answered::Kind::not_proved)
        inquiry.not_proved(decision.span, decision.name, decision.name);
    if (answer.kind != Answered::Kind::found) return;
    const std::string words = inquiry.witness(goal, answer.report, decision.span);
    if (!words.empty()) inquiry.diagnostics.error("RU201", decision.span, decision.name, words);
}

}  // namespace pintu::rules
