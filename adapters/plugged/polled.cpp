#include "adapters/plugged/polled.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "adapters/wire/json_writer.hpp"
#include "engine/base/utf8.hpp"

namespace pintu::plugged {
namespace {

namespace json = boost::json;

std::string external_id_of(const json::value& report) {
    const auto* object = report.if_object();
    const auto* id = object == nullptr ? nullptr : object->if_contains("external_id");
    if (id == nullptr || !id->is_string()) return {};
    return std::string(id->get_string());
}

PolledReport read_one(const json::value& value, std::uint32_t number,
                      const plugins::Manifest& plugin) {
    PolledReport report;
    report.external_id = external_id_of(value);
    report.text = json::serialize(value);
    report.line = wire::read_json_report(report.text, number);
    if (!report.line.report) return report;
    const auto& channel = report.line.report->channel;
    const auto& own = plugin.channels;
    if (std::find(own.begin(), own.end(), channel) == own.end()) {
        report.line.errors.push_back({"PL211", 1, {plugin.name, channel}});
        report.line.report.reset();
    }
    return report;
}

// What `each` is given is the path of one attachment, nothing where it names none.
template <typename Each>
void each_path(json::value& report, Each each) {
    auto* object = report.if_object();
    auto* list = object == nullptr ? nullptr : object->if_contains("attachments");
    if (list == nullptr || !list->is_array()) return;
    for (auto& item : list->get_array()) {
        auto* one = item.if_object();
        auto* path = one == nullptr ? nullptr : one->if_contains("path");
        each(path != nullptr && path->is_string() ? &path->get_string() : nullptr);
    }
}

void write_errors(wire::JsonWriter& json, const std::vector<Error>& errors,
                  messages::Language language) {
    json.key("errors").begin_array();
    for (const auto& error : errors) {
        const auto text = messages::render(error, language);
        json.begin_object().field("code", error.code).field("message", text.message).end_object();
    }
    json.end_array();
}

}  // namespace

std::optional<Polled> read_polled(std::string_view document, const plugins::Manifest& plugin,
                                  std::size_t most) {
    if (first_invalid_utf8(document)) return std::nullopt;
    json::error_code ec;
    const auto value = json::parse({document.data(), document.size()}, ec);
    if (ec || !value.is_object()) return std::nullopt;
    const auto* reports = value.get_object().if_contains("reports");
    if (reports == nullptr || !reports->is_array()) return std::nullopt;
    Polled polled;
    const auto* more = value.get_object().if_contains("more");
    polled.more = more != nullptr && more->is_bool() && more->get_bool();
    for (const auto& report : reports->get_array()) {
        if (polled.reports.size() == most) return polled.more = true, polled;
        const auto number = static_cast<std::uint32_t>(polled.reports.size() + 1);
        polled.reports.push_back(read_one(report, number, plugin));
    }
    return polled;
}

std::string taken_document(const std::vector<Settled>& answers, messages::Language language) {
    wire::JsonWriter json;
    json.begin_object().key("answers").begin_array();
    for (const auto& answer : answers) {
        json.begin_object().field("external_id", answer.external_id);
        json.field("status", answer.status).field("tracking_id", answer.tracking_id);
        write_errors(json, answer.errors, language);
        json.end_object();
    }
    return json.end_array().end_object().text();
}

std::vector<std::string> attachment_paths(const std::string& report) {
    std::vector<std::string> paths;
    json::error_code ec;
    auto value = json::parse(report, ec);
    each_path(value, [&](const json::string* path) {
        paths.emplace_back(path == nullptr ? std::string() : std::string(*path));
    });
    return paths;
}

std::string with_attachment_paths(const std::string& report,
                                  const std::vector<std::string>& paths) {
    json::error_code ec;
    auto value = json::parse(report, ec);
    auto next = paths.begin();
    each_path(value, [&](json::string* path) {
        const auto& own = *next++;
        if (path != nullptr) *path = own;
    });
    return json::serialize(value);
}

std::string kept_document(std::string_view report, const Settled& answer, std::string_view at,
                          messages::Language language) {
    wire::JsonWriter json;
    json.begin_object().field("at", at).field("status", answer.status);
    json.field("tracking_id", answer.tracking_id);
    write_errors(json, answer.errors, language);
    return json.key("report").raw(report).end_object().text() + "\n";
}

}  // namespace pintu::plugged
