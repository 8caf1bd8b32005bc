// Effects in words, before they are performed.
#include <map>
#include <set>

#include "engine/base/planted.hpp"
#include "engine/messages/messages.hpp"
#include "engine/runtime/compose.hpp"
#include "engine/runtime/readable.hpp"
#include "engine/runtime/runtime.hpp"

namespace pintu::runtime {
namespace {

std::string in_words(const Error& error) {
    return messages::render(error.code, error.args, messages::Language::indonesian).message;
}

}  // namespace

// What messages are made of: of all their cases, read at one go.
struct Runtime::Sources {
    std::map<CaseId, Result<ports::StoredCase>> cases;
    std::map<CaseId, std::vector<cases::PersonalValue>> personal;  // where the reporter is told
};

Result<Runtime::Sources> Runtime::sources_of(const std::vector<ports::Outgoing>& going) {
    std::set<CaseId> read, told;
    for (const auto& one : going) {
        if (!ports_.connector.reads(one.effect)) continue;
        read.insert(one.effect.case_id);
        if (one.effect.whom == "reporter") told.insert(one.effect.case_id);
    }
    Sources sources;
    if (read.empty()) return sources;
    const std::vector<CaseId> ids(read.begin(), read.end());
    auto stored = load_readable(ports_.store, ids);
    if (!stored && ports::may_pass(stored.error())) return stored.unexpected();
    for (std::size_t i = 0; i < ids.size(); ++i)
        sources.cases.emplace(ids[i], stored ? std::move((*stored)[i]) : stored.unexpected());
    const std::vector<CaseId> reporters(told.begin(), told.end());
    auto values = ports_.store.personal_of(reporters);
    if (!values) return values.unexpected();
    for (std::size_t i = 0; i < reporters.size(); ++i)
        sources.personal.emplace(reporters[i], std::move((*values)[i]));
    return sources;
}

Result<std::vector<ports::Message>> Runtime::put_into_words(
    const std::vector<ports::Outgoing>& going, std::map<std::size_t, std::string>& held) {
    auto sources = sources_of(going);
    if (!sources) return sources.unexpected();
    std::vector<ports::Message> messages;
    for (const auto& one : going) {
        ports::Message message;
        message.effect = one.effect;
        message.attempt = one.attempts + 1;
        message.reached = one.reached;
        if (ports_.connector.reads(one.effect)) {
            auto why = put_into_words(message, *sources);
            if (!why) return why.unexpected();
            if (*why) held[messages.size()] = std::move(**why);
        }
        if (planted(Bug::effect_key_of_attempt) && one.attempts > 0)
            message.effect.key.value += "-" + std::to_string(one.attempts);
        messages.push_back(std::move(message));
    }
    return messages;
}

// Why not, where its case or its definitions cannot be read; errors are the store's, which may
// pass.
Result<std::optional<std::string>> Runtime::put_into_words(ports::Message& message,
                                                           const Sources& sources) {
    using Why = std::optional<std::string>;
    const cases::Effect effect = message.effect;
    const auto& stored = sources.cases.at(effect.case_id);
    if (!stored) return Why(in_words(stored.error()));
    if (stored->events.empty()) return Why(in_words({"CS001", {effect.case_id.value}}));
    auto bundle = definitions_.of_case(effect.agency, stored->events.back().pinned);
    if (!bundle && ports::may_pass(bundle.error())) return bundle.unexpected();
    if (!bundle) return Why(in_words(bundle.error()));
    const auto told =
        effect.whom == "reporter" ? sources.personal.find(effect.case_id) : sources.personal.end();
    const auto occasion = occasion_of(
        effect, stored->events,
        told == sources.personal.end() ? std::vector<cases::PersonalValue>{} : told->second,
        stored->key);
    ports::Message composed = compose(effect, occasion, **bundle);
    composed.attempt = message.attempt;
    composed.reached = std::move(message.reached);
    message = std::move(composed);
    return Why();
}

}  // namespace pintu::runtime
