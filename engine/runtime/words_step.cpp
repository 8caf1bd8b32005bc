// Effects in words, before they are performed.
#include "engine/base/planted.hpp"
#include "engine/messages/messages.hpp"
#include "engine/runtime/compose.hpp"
#include "engine/runtime/runtime.hpp"

namespace pintu::runtime {
namespace {

std::string in_words(const Error& error) {
    return messages::render(error.code, error.args, messages::Language::indonesian).message;
}

}  // namespace

Result<std::vector<ports::Message>> Runtime::put_into_words(
    const std::vector<ports::Outgoing>& going, std::map<std::size_t, std::string>& held) {
    std::vector<ports::Message> messages;
    for (const auto& one : going) {
        ports::Message message;
        message.effect = one.effect;
        message.attempt = one.attempts + 1;
        message.reached = one.reached;
        if (ports_.connector.reads(one.effect)) {
            auto why = put_into_words(message);
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
Result<std::optional<std::string>> Runtime::put_into_words(ports::Message& message) {
    using Why = std::optional<std::string>;
    const cases::Effect effect = message.effect;
    auto stored = ports_.store.load({effect.case_id});
    if (!stored && ports::may_pass(stored.error())) return stored.unexpected();
    if (!stored) return Why(in_words(stored.error()));
    const auto& events = stored->front().events;
    if (events.empty()) return Why(in_words({"CS001", {effect.case_id.value}}));
    auto bundle = definitions_.of_case(effect.agency, events.back().pinned);
    if (!bundle && ports::may_pass(bundle.error())) return bundle.unexpected();
    if (!bundle) return Why(in_words(bundle.error()));
    std::vector<cases::PersonalValue> personal;
    if (effect.whom == "reporter") {
        auto values = ports_.store.personal(effect.case_id);
        if (!values) return values.unexpected();
        personal = std::move(*values);
    }
    const auto occasion = occasion_of(effect, events, personal, stored->front().key);
    ports::Message composed = compose(effect, occasion, **bundle);
    composed.attempt = message.attempt;
    composed.reached = std::move(message.reached);
    message = std::move(composed);
    return Why();
}

}  // namespace pintu::runtime
