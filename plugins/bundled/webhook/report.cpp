#include "report.hpp"

#include <boost/json.hpp>
#include <optional>

namespace webhook {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostExternalId = 200;

bool is_text(const json::object& object, const char* name) {
    const auto* value = object.if_contains(name);
    return value != nullptr && value->is_string() && !value->get_string().empty();
}

std::optional<NoReport> no_event(const json::object& event) {
    const auto* version = event.if_contains("specversion");
    if (!version->is_string() || version->get_string() != "1.0")
        return NoReport{"bukan_cloudevents", "hanya specversion \"1.0\" yang dikenal"};
    for (const char* name : {"id", "source", "type"})
        if (!is_text(event, name))
            return NoReport{"bukan_cloudevents", std::string(name) + " tidak ada"};
    const auto* content = event.if_contains("data");
    if (content == nullptr || !content->is_object())
        return NoReport{"bukan_cloudevents", "data bukan laporan {...}"};
    return std::nullopt;
}

// What would be taken for something else, or be lost on the way, is said at once: later there is
// nobody left who could be told.
std::optional<std::string> no_report(const json::object& report) {
    for (const char* name :
         {"channel", "external_id", "received_at", "judul", "kategori_pelapor", "agency", "isi"}) {
        const auto* value = report.if_contains(name);
        if (value != nullptr && !value->is_string()) return std::string(name) + " bukan teks";
    }
    for (const char* name : {"place", "reporter", "fields"}) {
        const auto* value = report.if_contains(name);
        if (value != nullptr && !value->is_object()) return std::string(name) + " bukan {...}";
    }
    for (const char* name : {"anonim", "rahasia"}) {
        const auto* value = report.if_contains(name);
        if (value != nullptr && !value->is_bool())
            return std::string(name) + " bukan true atau false";
    }
    if (!is_text(report, "isi")) return "isi tidak ada";
    if (is_text(report, "channel") && report.at("channel").get_string() != "webhook")
        return "channel bukan webhook";
    if (is_text(report, "external_id") &&
        report.at("external_id").get_string().size() > kMostExternalId)
        return "external_id lebih dari 200 byte";
    const auto* files = report.if_contains("attachments");
    if (files != nullptr && !(files->is_array() && files->get_array().empty()))
        return "attachments tidak dapat dikirim lewat webhook";
    return std::nullopt;
}

}  // namespace

std::variant<json::object, NoReport> read_report(std::string_view body, const std::string& id,
                                                 const std::string& now) {
    json::error_code failed;
    auto value = json::parse(body, failed, {}, {.max_depth = 32});
    if (failed) return NoReport{"bukan_json", "isi bukan JSON (UTF-8)"};
    if (!value.is_object()) return NoReport{"bukan_laporan", "isi bukan {...}"};
    json::object report = std::move(value.get_object());
    if (report.contains("specversion")) {
        if (auto wrong = no_event(report)) return std::move(*wrong);
        json::object inner = report.at("data").get_object();
        report = std::move(inner);
    }
    if (auto wrong = no_report(report)) return NoReport{"bukan_laporan", std::move(*wrong)};
    report["channel"] = "webhook";
    if (!is_text(report, "external_id")) report["external_id"] = id;
    if (!is_text(report, "received_at")) report["received_at"] = now;
    return report;
}

}  // namespace webhook
