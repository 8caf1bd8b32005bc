// R6, R7: what is found out once, before the first decision that reads it.
#include <algorithm>

#include "engine/cases/decide/steps.hpp"
#include "engine/registry/schema.hpp"

namespace pintu::cases {
namespace {

constexpr std::int64_t kUsualTimeoutMs = 200;
constexpr std::int64_t kMostTimeoutMs = 5'000;

using Kind = rules::Domain::Kind;
using Source = rules::Attribute::Source;

std::string value_of(const rules::Program& program, const rules::Input& input,
                     rules::AttributeId attribute) {
    return text_of(program, program.attributes[attribute].domain, input.values[attribute]);
}

void record(Turn& turn, const rules::Fact& fact, Values arguments, std::string value,
            std::uint64_t position) {
    turn.emit(FactRecorded{fact.name, fact.definition, std::move(arguments), std::move(value),
                           false, static_cast<std::int64_t>(position)},
              true);
}

void assume(Turn& turn, const rules::Program& program, const rules::Fact& fact, Values arguments) {
    const auto& attribute = program.attributes[fact.attribute];
    turn.emit(FactRecorded{fact.name, fact.definition, std::move(arguments),
                           text_of(program, attribute.domain, attribute.fallback), true, 0},
              true);
}

template <class Asked, class Answer>
const Answer* answer_to(const std::vector<std::pair<Asked, Answer>>& answers, const Asked& asked) {
    const auto found = std::find_if(answers.begin(), answers.end(),
                                    [&](const auto& answer) { return answer.first == asked; });
    return found == answers.end() ? nullptr : &found->second;
}

// A new report will want to know of similar ones too: one round of questions instead of two.
template <class Asked>
void need_with_similar(Turn& turn, Asked question) {
    auto similar = similar_question(turn);
    turn.need(std::move(question));
    if (similar && std::holds_alternative<ReceiveReport>(turn.command().body))
        turn.need(std::move(*similar));
}

void count_prior(Turn& turn, const rules::Program& program, const rules::Fact& fact,
                 const rules::syntax::CountFact& count) {
    const State& state = turn.state();
    const rules::Attribute& attribute = program.attributes[fact.attribute];
    const rules::AttributeId same = fact.arguments.at(0);
    const std::string value = value_of(program, input_of(program, state), same);
    Values arguments = {{program.attributes[same].name, value}};
    const bool placed = state.lat_udeg.has_value() && state.lon_udeg.has_value();
    if (value == kUnknownValue || (count.within_m && !placed))
        return assume(turn, program, fact, std::move(arguments));
    Question question;
    question.agency = turn.agency();
    question.attribute = program.attributes[same].name;
    question.value = value;
    question.received_until = state.received_at;
    question.received_from = plus_seconds(state.received_at, -count.in_days * kSecondsPerDay);
    question.within_m = count.within_m;
    if (count.within_m) {
        question.lat_udeg = *state.lat_udeg;
        question.lon_udeg = *state.lon_udeg;
    }
    question.except = state.id;
    question.at_most = static_cast<std::size_t>(std::max<std::int64_t>(attribute.domain.high, 1));
    const Found* found = answer_to(turn.context().answers, question);
    if (found == nullptr) return need_with_similar(turn, std::move(question));
    const auto counted =
        std::max(static_cast<std::int64_t>(found->cases.size()), attribute.domain.low);
    record(turn, fact, std::move(arguments), std::to_string(counted), found->position);
}

FactQuestion question_of(const Turn& turn, const rules::Program& program, const rules::Fact& fact,
                         const rules::syntax::PluginFact& plugin) {
    FactQuestion question;
    question.function = plugin.function.text;
    question.timeout_ms =
        std::clamp<std::int64_t>(plugin.timeout_ms.value_or(kUsualTimeoutMs), 1, kMostTimeoutMs);
    const rules::Input input = input_of(program, turn.state());
    for (const auto id : fact.arguments) {
        const auto& attribute = program.attributes[id];
        if (attribute.domain.kind == Kind::text) {
            const auto* field = turn.pinned().schema->find(attribute.name);
            question.arguments.push_back({attribute.name, "", field ? field->from : ""});
        } else if (std::string value = value_of(program, input, id); value != kUnknownValue) {
            question.arguments.push_back({attribute.name, std::move(value), ""});
        }
    }
    return question;
}

// What stands in the history of it: no texts, which are personal.
Values open_arguments(const FactQuestion& question) {
    Values arguments;
    for (const auto& argument : question.arguments)
        if (argument.text.empty()) arguments.emplace_back(argument.name, argument.value);
    return arguments;
}

void ask_plugin(Turn& turn, const rules::Program& program, const rules::Fact& fact,
                const rules::syntax::PluginFact& plugin) {
    FactQuestion question = question_of(turn, program, fact, plugin);
    Values arguments = open_arguments(question);
    const bool texts_gone = turn.state().erased && arguments.size() != question.arguments.size();
    if (!turn.context().asks_plugins || texts_gone)
        return assume(turn, program, fact, std::move(arguments));
    const auto* answer = answer_to(turn.context().facts, question);
    if (answer == nullptr) return need_with_similar(turn, std::move(question));
    if (!answer->has_value()) return assume(turn, program, fact, std::move(arguments));
    const auto& domain = program.attributes[fact.attribute].domain;
    const auto value = program.read(domain, **answer);
    if (value && *value != rules::kUnknown)
        return record(turn, fact, std::move(arguments), text_of(program, domain, *value), 0);
    turn.incident("CS055", {turn.state().tracking_id.value, plugin.function.text, fact.name});
    assume(turn, program, fact, std::move(arguments));
}

}  // namespace

void ensure_fact(Turn& turn, const rules::Program& program, const rules::Fact& fact) {
    if (turn.state().facts.contains(fact.name)) return;
    for (const auto id : fact.arguments) {
        const auto& argument = program.attributes[id];
        if (argument.source == Source::decision) ensure_decided(turn, argument.name);
        if (argument.source == Source::fact)
            ensure_fact(turn, program, program.facts[argument.index]);
    }
    // Whatever can be asked by now is asked in the same round.
    for (const auto id : fact.arguments) {
        const auto& argument = program.attributes[id];
        if (argument.source == Source::decision && !turn.state().decisions.contains(argument.name))
            return;
        if (argument.source == Source::fact && !turn.state().facts.contains(argument.name)) return;
    }
    if (const auto* count = std::get_if<rules::syntax::CountFact>(&fact.source))
        return count_prior(turn, program, fact, *count);
    ask_plugin(turn, program, fact, std::get<rules::syntax::PluginFact>(fact.source));
}

}  // namespace pintu::cases
