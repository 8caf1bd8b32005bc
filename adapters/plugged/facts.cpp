#include "adapters/plugged/facts.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>

#include "adapters/wire/json_writer.hpp"

namespace pintu::plugged {
namespace {

std::string document_of(const ports::FactQuestion& question, const std::string& fact) {
    wire::JsonWriter json;
    json.begin_object().field("fact", fact).key("arguments").begin_object();
    for (const auto& argument : question.arguments) json.field(argument.name, argument.value);
    return json.end_object().end_object().text();
}

struct Value {
    bool sound = false;  // it is a document as answers are
    std::optional<std::string> text;
};

Value value_in(const std::string& document) {
    boost::system::error_code failure;
    const auto parsed = boost::json::parse(document, failure);
    const auto* object = failure ? nullptr : parsed.if_object();
    const auto* value = object == nullptr ? nullptr : object->if_contains("value");
    if (value == nullptr) return {};
    if (value->is_null()) return {true, std::nullopt};
    if (const auto* text = value->if_string()) return {true, std::string(*text)};
    if (const auto* truth = value->if_bool()) return {true, *truth ? "yes" : "no"};
    if (const auto* number = value->if_int64()) return {true, std::to_string(*number)};
    return {};
}

// "ya", "yes" and "true" are one value of rules.
std::string plain(const std::string& value) {
    if (value == "ya" || value == "true") return "yes";
    return value == "tidak" || value == "false" ? "no" : value;
}

bool is_given(const plugins::FactOffer& offer, const std::string& value) {
    return offer.gives.empty() ||
           std::any_of(offer.gives.begin(), offer.gives.end(),
                       [&](const auto& given) { return plain(given) == plain(value); });
}

}  // namespace

ports::FactAnswer PluginFacts::ask(const ports::FactQuestion& question) {
    using Steady = std::chrono::steady_clock;
    const auto began = Steady::now();
    ports::FactAnswer answer;
    answer.value = answer_to(question);
    const auto took = Steady::now() - began;
    answer.took_ms = std::chrono::duration_cast<std::chrono::milliseconds>(took).count();
    return answer;
}

std::optional<std::string> PluginFacts::answer_to(const ports::FactQuestion& question) {
    const std::string& function = question.function;
    const std::string plugin = function.substr(0, function.find('.'));
    const std::string fact = function.substr(std::min(plugin.size() + 1, function.size()));
    const auto* offer = offer_for(question, plugin, fact);
    if (offer == nullptr) return std::nullopt;
    const plugins::Milliseconds deadline(std::max(question.timeout_ms, patience_ms_));
    const auto called = plugins_.call(plugin, plugins::Kind::fact, "fact.answer",
                                      document_of(question, fact), deadline);
    if (!called || called->status == plugins::Status::unknown) return std::nullopt;
    if (called->status != plugins::Status::ok) {
        log_.write(ports::LogLevel::warning, "PL206", {plugin, fact});
        return std::nullopt;
    }
    Value value = value_in(called->document);
    if (!value.sound) {
        log_.write(ports::LogLevel::warning, "PL205", {plugin, fact});
        return std::nullopt;
    }
    if (value.text && !is_given(*offer, *value.text)) {
        log_.write(ports::LogLevel::warning, "PL204", {plugin, fact});
        return std::nullopt;
    }
    return std::move(value.text);
}

const plugins::FactOffer* PluginFacts::offer_for(const ports::FactQuestion& question,
                                                 const std::string& plugin,
                                                 const std::string& fact) {
    const auto* manifest = plugins_.find(plugin);
    if (manifest == nullptr) return tell_once("PL201", question.function, plugin), nullptr;
    const auto offer = manifest->facts.find(fact);
    if (!manifest->has(plugins::Kind::fact) || offer == manifest->facts.end())
        return tell_once("PL202", question.function, fact), nullptr;
    for (const auto& argument : question.arguments)
        if (!argument.personal.empty() && !manifest->may_see(argument.personal))
            return tell_once("PL203", question.function, argument.personal), nullptr;
    return &offer->second;
}

void PluginFacts::tell_once(const char* code, const std::string& function, std::string about) {
    const std::lock_guard lock(mutex_);
    if (told_.insert(code + function).second)
        log_.write(ports::LogLevel::warning, code, {function, std::move(about)});
}

}  // namespace pintu::plugged
