#include "adapters/plugged/connector.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "adapters/plugged/said.hpp"
#include "adapters/wire/json_writer.hpp"
#include "engine/messages/messages.hpp"
#include "engine/workflow/templates/template.hpp"

namespace pintu::plugged {
namespace {

using Outcome = ports::Performed::Outcome;

constexpr const char* kInternal = "internal";
// A plugin that must be started has ten seconds for it besides; the rest is the store's.
constexpr std::chrono::seconds kMargin{15};

std::string in_words(const Error& error) {
    return messages::render(error.code, error.args, messages::Language::indonesian).message;
}

// "why" of an answer to connector.send, which is a document where it is ok, else plain words.
std::string why_of(const plugins::Answer& answer) {
    boost::system::error_code failure;
    const auto parsed = boost::json::parse(answer.document, failure);
    const auto* object = failure ? nullptr : parsed.if_object();
    if (object == nullptr) return answer.document;
    const auto* why = object->if_contains("why");
    return why != nullptr && why->is_string() ? std::string(why->get_string()) : std::string();
}

Outcome outcome_of(plugins::Status status) {
    switch (status) {
        case plugins::Status::ok: return Outcome::done;
        case plugins::Status::refused:
        case plugins::Status::too_large: return Outcome::refused;
        case plugins::Status::later:
        case plugins::Status::unknown:
        case plugins::Status::failed: break;
    }
    return Outcome::later;
}

std::string key_for(const ports::Message& message, const PersonId& person) {
    const std::string& key = message.effect.key.value;
    return person.empty() ? key : key + "/" + person.value;
}

// Of remind and escalate the clock.
const std::string& template_name(const cases::Effect& effect) {
    return effect.message.empty() ? effect.kind : effect.message;
}

void write_recipient(wire::JsonWriter& json, const ports::Message& message, const PersonId& person,
                     const plugins::Manifest& manifest) {
    const cases::Effect& effect = message.effect;
    const auto field = [&](const char* name, const std::string& value, const char* permission) {
        if (!value.empty() && (permission == nullptr || manifest.may_see(permission)))
            json.field(name, value);
    };
    json.key("to").begin_object();
    field("external_id", message.to.external_id, nullptr);
    field("name", message.to.name, "reporter_name");
    field("phone", message.to.phone, "reporter_phone");
    field("email", message.to.email, "reporter_email");
    field("person", person.value, nullptr);
    const bool office = effect.whom != "reporter" && effect.kind != "publish";
    if (office) json.field("whom", effect.whom).field("unit", effect.unit.value);
    json.end_object();
}

}  // namespace

std::string message_document(const ports::Message& message, const PersonId& person,
                             const plugins::Manifest& manifest) {
    const cases::Effect& effect = message.effect;
    wire::JsonWriter json;
    json.begin_object();
    json.field("key", key_for(message, person));
    json.field("attempt", static_cast<std::int64_t>(message.attempt));
    json.field("agency", effect.agency.value).field("case", effect.case_id.value);
    json.field("tracking_id", effect.tracking_id.value).field("channel", effect.channel);
    json.field("kind", effect.kind).field("template", template_name(effect));
    json.field("at", to_string(effect.at)).field("language", message.language);
    json.field("subject", message.subject).field("text", message.text);
    write_recipient(json, message, person, manifest);
    return json.end_object().text();
}

PluginConnector::PluginConnector(plugins::Plugins& plugins, ports::Connector& rest, ports::Log& log,
                                 std::chrono::milliseconds patience)
    : plugins_(plugins), rest_(rest), log_(log), patience_(patience) {
    for (const auto& manifest : plugins_.manifests()) {
        if (!manifest.has(plugins::Kind::connector)) continue;
        most_send_ms_ = std::max(most_send_ms_, manifest.send_ms);
        for (const auto& channel : manifest.channels) {
            const auto [first, is_new] = carriers_.emplace(channel, manifest.name);
            if (!is_new)
                log_.write(ports::LogLevel::warning, "PL221",
                           {channel, first->second, manifest.name});
        }
    }
}

const std::string* PluginConnector::carrier_of(const std::string& channel) const {
    if (carriers_.empty()) return nullptr;  // no turn was made long enough for any
    for (const auto& manifest : plugins_.manifests()) {
        const auto& channels = manifest.channels;
        if (manifest.has(plugins::Kind::connector) &&
            std::find(channels.begin(), channels.end(), channel) != channels.end())
            return &manifest.name;
    }
    return nullptr;
}

std::chrono::milliseconds PluginConnector::longest() const {
    if (carriers_.empty()) return {};
    return patience_ + std::chrono::milliseconds(most_send_ms_) + kMargin;
}

bool PluginConnector::reads(const cases::Effect& effect) const {
    return carrier_of(effect.channel) != nullptr || rest_.reads(effect);
}

std::vector<ports::Performed> PluginConnector::perform(
    const std::vector<ports::Message>& messages) {
    Turn turn{std::chrono::steady_clock::now() + patience_, false, {}};
    std::vector<ports::Performed> performed(messages.size());
    std::vector<ports::Message> others;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const auto* plugin = carrier_of(messages[i].effect.channel);
        if (plugin == nullptr) {
            tell_of_rest(messages[i].effect.channel);
            others.push_back(messages[i]);
            places.push_back(i);
        } else if (turn.over()) {
            performed[i].outcome = Outcome::untried;
        } else {
            performed[i] = carry(*plugin, messages[i], turn);
        }
    }
    if (others.empty()) return performed;
    auto answers = rest_.perform(others);
    answers.resize(others.size(), {Outcome::later, ""});
    for (std::size_t i = 0; i < places.size(); ++i) performed[places[i]] = std::move(answers[i]);
    return performed;
}

// Over the persons that were not reached: `later` while one of them is, and the others are not
// asked again then; refused where one was. Where the time is over: the rest is for the next turn.
ports::Performed PluginConnector::carry(const std::string& plugin, const ports::Message& message,
                                        Turn& turn) {
    if (message.text.empty()) {
        const cases::Effect& effect = message.effect;
        return {Outcome::later,
                in_words({"DL002", {workflow::template_of(effect.kind, effect.message)}})};
    }
    if (message.effect.persons.empty()) return send(plugin, message, {}, turn);
    ports::Performed all;
    for (const auto& person : message.effect.persons) {
        const auto& before = message.reached;
        if (std::find(before.begin(), before.end(), person) != before.end()) continue;
        if (turn.over()) {
            all.outcome = all.outcome == Outcome::done ? Outcome::untried : Outcome::later;
            break;
        }
        auto one = send(plugin, message, person, turn);
        if (one.outcome == Outcome::done) {
            all.reached.push_back(person);
        } else if (all.outcome != Outcome::later) {
            all.outcome = one.outcome;
            all.why = std::move(one.why);
        }
    }
    return all;
}

ports::Performed PluginConnector::send(const std::string& plugin, const ports::Message& message,
                                       const PersonId& person, Turn& turn) {
    if (const auto known = turn.failed.find(plugin); known != turn.failed.end())
        return {Outcome::later, known->second};
    turn.begun = true;
    const auto* manifest = plugins_.find(plugin);
    const auto answer =
        plugins_.call(plugin, plugins::Kind::connector, "connector.send",
                      message_document(message, person, *manifest),
                      plugins::Milliseconds(std::min(manifest->send_ms, most_send_ms_)));
    if (!answer) {
        auto& why = turn.failed[plugin] = in_words(answer.error());
        return {Outcome::later, why};
    }
    const Outcome outcome = outcome_of(answer->status);
    if (outcome == Outcome::done) return {};
    return {outcome, said_of(why_of(*answer), message.to)};
}

void PluginConnector::tell_of_rest(const std::string& channel) {
    const bool meant = carriers_.empty() || channel == kInternal;
    if (!meant && told_.insert(channel).second)
        log_.write(ports::LogLevel::warning, "PL220", {channel});
}

}  // namespace pintu::plugged
