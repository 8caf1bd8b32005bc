#include "adapters/cli/plugin_checks.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <set>

#include "adapters/cli/plugin_examples.hpp"

namespace pintu::cli {
namespace {

namespace json = boost::json;
using plugins::Answer;
using plugins::Kind;
using plugins::Milliseconds;
using plugins::Status;

constexpr Milliseconds kForLarge{10'000};
constexpr int kTimes = 20;
constexpr const char* kText = "Jalan berlubang di depan SD 012, belum ada korban.";

Verdict passed() {
    return {};
}
Verdict failed_by(Error why) {
    return {Verdict::Result::failed, std::move(why)};
}
Verdict failed_by(const char* code, std::vector<std::string> args) {
    return failed_by(Error{code, std::move(args)});
}
Verdict not_asked(const char* code) {
    return {Verdict::Result::not_applicable, Error{code, {}}};
}

std::optional<json::object> object_in(const std::string& document) {
    json::error_code failed;
    auto value = json::parse(document, failed);
    if (failed || !value.is_object()) return std::nullopt;
    return std::move(value.get_object());
}

// What a sound plugin may say to a sound document.
bool may_say(const std::string& method, Status status) {
    if (status == Status::ok) return true;
    if (method == "fact.answer") return status == Status::unknown;
    return status == Status::later || (status == Status::refused && method != "channel.taken");
}

Verdict sound(const TrialCall& call, const Result<Answer>& answer) {
    if (!answer) return failed_by(answer.error());
    if (!may_say(call.method, answer->status))
        return failed_by("CL611", {call.method, answer->document});
    if (answer->status == Status::ok && !object_in(answer->document))
        return failed_by("CL613", {call.method});
    return passed();
}

Verdict works(Trial& trial, const std::string& text, std::optional<Milliseconds> deadline = {}) {
    for (const auto& call : good_calls(trial.manifest(), text)) {
        const auto most = deadline.value_or(trial.deadline_of(call.method));
        const auto verdict = sound(call, trial.call(call.method, call.document, most));
        if (verdict.result != Verdict::Result::passed) return verdict;
    }
    return passed();
}

Verdict handshake(Trial& trial) {
    return works(trial, kText);
}

// The ends of each range, each choice: whatever the schema allows must start.
std::vector<std::string> allowed_values(const plugins::ConfigKey& key) {
    using Type = plugins::ConfigKey::Type;
    if (key.type == Type::choice) return key.choices;
    if (key.type == Type::integer) return {std::to_string(key.low), std::to_string(key.high)};
    if (key.type == Type::yes_no) return {"yes", "no"};
    return {};
}

Verdict schema(Trial& trial) {
    bool asked = false;
    for (const auto& [key, allowed] : trial.manifest().config)
        for (const auto& value : allowed_values(allowed)) {
            asked = true;
            if (!trial.begin_again(key, value)) return failed_by("CL612", {key, value});
            for (const auto& call : good_calls(trial.manifest(), kText)) {
                const auto answer = trial.call(call.method, call.document);
                if (!answer) return failed_by(answer.error());
            }
        }
    return asked ? passed() : not_asked("CL620");
}

// Any status will do, as long as it is still there.
Verdict bad_input(Trial& trial) {
    for (const auto& call : bad_calls(trial.manifest())) {
        const auto answer = trial.call(call.method, call.document);
        if (!answer) return failed_by(answer.error());
    }
    return works(trial, kText);
}

Verdict unicode(Trial& trial) {
    return works(trial, unicode_text());
}

Verdict large(Trial& trial) {
    for (const auto& call : good_calls(trial.manifest(), large_text())) {
        const auto answer = trial.call(call.method, call.document, kForLarge);
        if (!answer) return failed_by(answer.error());
    }
    return works(trial, kText);
}

Verdict deadlines(Trial& trial) {
    for (int i = 0; i < kTimes; ++i)
        for (const auto& call : good_calls(trial.manifest(), kText)) {
            const auto answer = trial.call(call.method, call.document);
            if (!answer) return failed_by(answer.error());
            const auto most = trial.deadline_of(call.method);
            if (trial.took() > most)
                return failed_by("CL610", {call.method, std::to_string(trial.took().count()),
                                           std::to_string(most.count())});
        }
    return passed();
}

// Cut off in the middle of a call; whoever was quick enough has answered.
Verdict killed(Trial& trial) {
    for (const auto& call : good_calls(trial.manifest(), large_text()))
        (void)trial.call(call.method, call.document, Milliseconds(1));
    trial.let_time_pass();
    return works(trial, kText);
}

Verdict restart(Trial& trial) {
    if (!trial.begin_again()) return failed_by("CL614", {});
    return works(trial, kText);
}

// The answer to each fact's question about a text.
Result<std::vector<std::string>> answers(Trial& trial, const std::string& text) {
    std::vector<std::string> all;
    for (const auto& call : good_calls(trial.manifest(), text)) {
        if (call.method != "fact.answer") continue;
        auto answer = trial.call(call.method, call.document);
        if (!answer) return answer.unexpected();
        all.push_back(std::to_string(static_cast<int>(answer->status)) + answer->document);
    }
    return all;
}

Verdict pure(Trial& trial) {
    if (!trial.manifest().has(Kind::fact) || !trial.manifest().pure) return not_asked("CL621");
    std::vector<std::vector<std::string>> seen;
    for (const auto* text : {kText, "Air setinggi dada!", kText, ""}) {
        if (*text == '\0' && !trial.begin_again()) return failed_by("CL614", {});
        auto said = answers(trial, *text == '\0' ? kText : text);
        if (!said) return failed_by(said.error());
        seen.push_back(std::move(*said));
    }
    const bool same = seen[0] == seen[2] && seen[0] == seen[3];
    return same ? passed() : failed_by("CL615", {});
}

bool is_offered(const plugins::FactOffer& offer, const json::value* value) {
    if (value == nullptr) return false;
    if (value->is_null() || value->is_bool() || value->is_int64()) return true;
    if (!value->is_string()) return false;
    const std::string text(value->get_string());
    return offer.gives.empty() ||
           std::find(offer.gives.begin(), offer.gives.end(), text) != offer.gives.end();
}

Verdict offered(Trial& trial) {
    const auto& manifest = trial.manifest();
    if (!manifest.has(Kind::fact)) return not_asked("CL622");
    for (const std::string& text : {std::string(kText), std::string(), unicode_text()}) {
        auto offer = manifest.facts.begin();
        for (const auto& call : good_calls(manifest, text)) {
            if (call.method != "fact.answer") continue;
            const auto answer = trial.call(call.method, call.document);
            if (!answer) return failed_by(answer.error());
            const auto document = object_in(answer->document);
            if (answer->status == Status::ok &&
                (!document || !is_offered(offer->second, document->if_contains("value"))))
                return failed_by("CL616", {offer->first, answer->document.substr(0, 200)});
            ++offer;
        }
    }
    return passed();
}

// The external ids of a poll; nothing, with why, where a report is not as the engine takes it.
std::optional<std::set<std::string>> polled(Trial& trial, std::int64_t limit, Verdict& why) {
    const auto answer = trial.call("channel.poll", json::serialize(json::object{{"limit", limit}}));
    if (!answer) return why = failed_by(answer.error()), std::nullopt;
    if (answer->status != Status::ok) return std::set<std::string>();
    const auto document = object_in(answer->document);
    const auto* reports = document ? document->if_contains("reports") : nullptr;
    if (!reports || !reports->is_array())
        return why = failed_by("CL613", {"channel.poll"}), std::nullopt;
    if (static_cast<std::int64_t>(reports->get_array().size()) > limit)
        return why = failed_by("CL617", {std::to_string(limit)}), std::nullopt;
    std::set<std::string> ids;
    const auto& channels = trial.manifest().channels;
    for (const auto& report : reports->get_array()) {
        const auto* object = report.if_object();
        const auto* channel = object ? object->if_contains("channel") : nullptr;
        const auto* id = object ? object->if_contains("external_id") : nullptr;
        if (!channel || !channel->is_string() || !id || !id->is_string() ||
            id->get_string().empty() ||
            std::find(channels.begin(), channels.end(), channel->get_string().c_str()) ==
                channels.end())
            return why = failed_by("CL618", {}), std::nullopt;
        ids.insert(std::string(id->get_string()));
    }
    return ids;
}

Verdict reports(Trial& trial) {
    if (!trial.manifest().has(Kind::channel)) return not_asked("CL623");
    Verdict why;
    const auto first = polled(trial, 100, why);
    if (!first) return why;
    if (first->empty()) return not_asked("CL624");
    if (!polled(trial, 1, why)) return why;
    if (!trial.begin_again()) return failed_by("CL614", {});
    const auto again = polled(trial, 100, why);
    if (!again) return why;
    if (*again != *first) return failed_by("CL619", {});
    json::array answers;
    for (const auto& id : *first)
        answers.push_back(json::object{{"external_id", id},
                                       {"status", "accepted"},
                                       {"tracking_id", "7H3K-9QXM-V2PT"},
                                       {"errors", json::array()}});
    const auto taken =
        trial.call("channel.taken", json::serialize(json::object{{"answers", answers}}));
    if (!taken) return failed_by(taken.error());
    const auto after = polled(trial, 100, why);
    if (!after) return why;
    for (const auto& id : *after)
        if (first->contains(id)) return failed_by("CL625", {id});
    return passed();
}

Verdict messages(Trial& trial) {
    if (!trial.manifest().has(Kind::connector)) return not_asked("CL626");
    for (const auto& call : good_calls(trial.manifest(), kText)) {
        if (call.method != "connector.send") continue;
        const auto first = trial.call(call.method, call.document);
        if (!first) return failed_by(first.error());
        if (first->status != Status::ok) return not_asked("CL627");
        const auto second = trial.call(call.method, call.document);
        if (!second) return failed_by(second.error());
        if (second->status != Status::ok)
            return failed_by("CL611", {call.method, second->document});
    }
    return passed();
}

Verdict log(Trial& trial) {
    const bool told = trial.log().find(kPersonalMark) != std::string::npos;
    return told ? failed_by("CL628", {}) : passed();
}

}  // namespace

const std::vector<PluginCheck>& plugin_checks() {
    static const std::vector<PluginCheck> kChecks = {{"handshake", "CL533", handshake},
                                                     {"config_schema", "CL534", schema},
                                                     {"bad_input", "CL535", bad_input},
                                                     {"unicode", "CL536", unicode},
                                                     {"ten_megabytes", "CL537", large},
                                                     {"deadlines", "CL538", deadlines},
                                                     {"killed", "CL539", killed},
                                                     {"restart", "CL540", restart},
                                                     {"pure", "CL541", pure},
                                                     {"offered_values", "CL542", offered},
                                                     {"reports", "CL543", reports},
                                                     {"messages", "CL544", messages},
                                                     {"log", "CL545", log}};
    return kChecks;
}

}  // namespace pintu::cli
