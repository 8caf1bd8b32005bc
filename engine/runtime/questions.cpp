// What a command needs to know before it can be decided: asked of the store, of the batch itself
// and of plugins.
#include <algorithm>

#include "engine/bundle/offers.hpp"
#include "engine/cases/tracking.hpp"
#include "engine/runtime/batch.hpp"
#include "engine/runtime/lookups.hpp"

namespace pintu::runtime {
namespace {

constexpr const char* kWholeLine = "as_sent";  // never read apart: a field of it is not kept alone

}  // namespace

Result<void> Batch::answer(const cases::Needs& needs, const cases::Command& command,
                           cases::Context& context) {
    for (const auto& question : needs.questions) {
        auto found = prior(question);
        if (!found) return found.unexpected();
        context.answers.emplace_back(question, std::move(*found));
    }
    for (const auto& question : needs.facts) {
        auto said = fact(question, command);
        if (!said) return said.unexpected();
        context.facts.emplace_back(question, std::move(*said));
    }
    for (const auto& name : needs.names) {
        auto found = named(name);
        if (!found) return found.unexpected();
        context.named.emplace_back(name, *found);
    }
    return {};
}

// Nothing: a text that it is to be given is not kept, or nobody answered.
Result<std::optional<std::string>> Batch::fact(const cases::FactQuestion& question,
                                               const cases::Command& command) {
    ports::FactQuestion asked;
    asked.function = question.function;
    asked.timeout_ms = question.timeout_ms;
    for (const auto& argument : question.arguments) {
        if (argument.text.empty()) {
            asked.arguments.push_back({argument.name, argument.value, ""});
            continue;
        }
        auto text = text_of(command, argument.text);
        if (!text) return text.unexpected();
        if (!*text) return std::optional<std::string>();
        asked.arguments.push_back(
            {argument.name, std::move(**text), bundle::personal_path(argument.text)});
    }
    ports::FactAnswer answer = bench_.facts.ask(asked);
    waited_ms_ += answer.took_ms;
    return std::move(answer.value);
}

// Of a report on its way in, else as its first event sealed it, in this batch or before.
Result<std::optional<std::string>> Batch::text_of(const cases::Command& command,
                                                  const std::string& at) {
    using Found = std::optional<std::string>;
    if (const auto* receive = std::get_if<cases::ReceiveReport>(&command.body))
        return Found(cases::value_at(receive->report, at).value_or(""));
    if (const auto* accept = std::get_if<cases::AcceptTransfer>(&command.body))
        return Found(cases::value_at(accept->report, at).value_or(""));
    const std::string path = bundle::personal_path(at);
    if (path == kWholeLine) return Found();
    const auto find = [&](const std::vector<cases::PersonalValue>& values) {
        for (const auto& value : values)
            if (value.case_id == command.case_id && value.sequence == 1 && value.path == path)
                return Found(value.value);
        return Found();
    };
    if (auto text = find(commit_.personal)) return text;
    auto stored = bench_.store.personal(command.case_id);
    if (!stored) return stored.unexpected();
    return Found(find(*stored).value_or(""));
}

// What the store knows, with the cases of this batch as they are by now.
Result<cases::Found> Batch::prior(const cases::Question& question) {
    auto stored = bench_.store.prior(query_of(question));
    if (!stored) return stored.unexpected();
    cases::Found found;
    found.position = stored->position + appended_[question.agency];
    for (auto& id : stored->found) {
        const Held* held = bench_.cache.find(id, hand_);
        if (held == nullptr || !held->update) found.cases.push_back(std::move(id));
    }
    std::vector<CaseId> here;
    for (auto& held : hand_.cases)
        if (held.update &&
            answers(held.loaded.state, commit_.cases[*held.update].lookups, question))
            here.push_back(held.id);
    std::sort(here.begin(), here.end());
    for (auto& id : here)
        if (found.cases.size() < question.at_most) found.cases.push_back(std::move(id));
    return found;
}

Result<std::optional<CaseId>> Batch::named(const std::string& name) {
    if (const auto tracking = cases::parse_tracking_id(name)) {
        auto found = bench_.store.find(*tracking);
        if (!found) return found.unexpected();
        return found->empty() ? std::nullopt : std::optional(found->back());
    }
    auto found = find(CaseId(name));
    if (!found) return found.unexpected();
    return *found == nullptr ? std::nullopt : std::optional(CaseId(name));
}

}  // namespace pintu::runtime
