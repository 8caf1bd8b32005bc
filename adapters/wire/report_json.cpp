#include <boost/json.hpp>
#include <cmath>

#include "adapters/wire/report_reader.hpp"
#include "engine/base/utf8.hpp"

namespace pintu::wire {
namespace {

namespace json = boost::json;

// Reads one object's members; whatever it does not know is remembered.
class ObjectReader {
  public:
    ObjectReader(const json::object& object, std::string prefix, ReportLine& line)
        : object_(object), prefix_(std::move(prefix)), line_(line) {}

    const json::value* find(std::string_view name) {
        known_.emplace_back(name);
        const auto* value = object_.if_contains(name);
        return value == nullptr || value->is_null() ? nullptr : value;
    }

    std::string text(std::string_view name, std::size_t most = kMostFieldBytes) {
        const auto* value = find(name);
        if (value == nullptr) return {};
        if (!value->is_string()) return wrong(name, "text"), std::string();
        const auto& content = value->get_string();
        if (content.size() > most) {
            error("IN004", {prefix_ + std::string(name), std::to_string(most)});
            return {};
        }
        return {content.data(), content.size()};
    }

    bool flag(std::string_view name) {
        const auto* value = find(name);
        if (value == nullptr) return false;
        if (!value->is_bool()) wrong(name, "true/false");
        return value->is_bool() && value->get_bool();
    }

    const json::object* object(std::string_view name) {
        const auto* value = find(name);
        if (value == nullptr) return nullptr;
        if (!value->is_object()) wrong(name, "{...}");
        return value->if_object();
    }

    std::optional<std::int32_t> micro_degrees(std::string_view name, int most) {
        const auto* value = find(name);
        if (value == nullptr) return std::nullopt;
        json::error_code ec;
        const auto degrees = value->to_number<double>(ec);
        if (ec) return wrong(name, "number"), std::nullopt;
        if (!(std::abs(degrees) <= most)) {
            error("IN007", {prefix_ + std::string(name), std::to_string(most)});
            return std::nullopt;
        }
        return static_cast<std::int32_t>(std::llround(degrees * 1e6));
    }

    bool has_unknown() const {
        for (const auto& member : object_)
            if (std::find(known_.begin(), known_.end(), std::string_view(member.key())) ==
                known_.end())
                return true;
        return false;
    }

    void wrong(std::string_view name, std::string wanted) {
        error("IN002", {prefix_ + std::string(name), std::move(wanted)});
    }
    void error(std::string code, std::vector<std::string> args) {
        line_.errors.push_back({std::move(code), 1, std::move(args)});
    }

  private:
    const json::object& object_;
    std::string prefix_;
    ReportLine& line_;
    std::vector<std::string> known_;
};

// A member of `fields`, as text: true is "yes", numbers as written.
std::optional<std::string> field_text(const json::value& value) {
    if (value.is_bool()) return value.get_bool() ? "yes" : "no";
    if (const auto* text = value.if_string()) return std::string(text->data(), text->size());
    if (value.is_number()) return json::serialize(value);
    return std::nullopt;
}

std::map<std::string, std::string> read_values(ObjectReader& top, const std::string& group) {
    std::map<std::string, std::string> values;
    const auto* members = top.object(group);
    if (members == nullptr) return values;
    for (const auto& member : *members) {
        if (member.value().is_null()) continue;
        const auto text = field_text(member.value());
        const std::string name(member.key());
        if (!text)
            top.wrong(group + "." + name, "text, number, true/false");
        else if (text->size() > kMostFieldBytes)
            top.error("IN004", {group + "." + name, std::to_string(kMostFieldBytes)});
        else
            values[name] = *text;
    }
    return values;
}

bool read_place(ObjectReader& top, ReportLine& line, cases::Report& report) {
    const auto* place = top.object("place");
    if (place == nullptr) return false;
    ObjectReader reader(*place, "place.", line);
    report.region = reader.text("region");
    report.lat_udeg = reader.micro_degrees("lat", 90);
    report.lon_udeg = reader.micro_degrees("lon", 180);
    report.place_note = reader.text("note");
    // One that was sent and is wrong has been told already.
    if (place->contains("lat") != place->contains("lon"))
        top.error("IN003", {place->contains("lat") ? "place.lon" : "place.lat"});
    return reader.has_unknown();
}

bool read_reporter(ObjectReader& top, ReportLine& line, cases::Report& report) {
    const auto* reporter = top.object("reporter");
    if (reporter == nullptr) return false;
    ObjectReader reader(*reporter, "reporter.", line);
    report.reporter_name = reader.text("name");
    report.reporter_phone = reader.text("phone");
    report.reporter_email = reader.text("email");
    return reader.has_unknown();
}

bool read_attachments(ObjectReader& top, ReportLine& line, cases::Report& report) {
    constexpr std::size_t kMost = 50;
    const auto* list = top.find("attachments");
    if (list == nullptr) return false;
    if (!list->is_array()) return top.wrong("attachments", "[...]"), false;
    bool unknown = false;
    if (list->get_array().size() > kMost)
        top.error("IN004", {"attachments", std::to_string(kMost)});
    for (const auto& item : list->get_array()) {
        if (!item.is_object()) {
            top.wrong("attachments", "[{...}]");
            continue;
        }
        ObjectReader reader(item.get_object(), "attachments.", line);
        cases::ReportAttachment attachment;
        attachment.name = reader.text("name");
        attachment.kind = reader.text("kind");
        line.paths.push_back(reader.text("path"));
        unknown = reader.has_unknown() || unknown;
        report.attachments.push_back(std::move(attachment));
    }
    return unknown;
}

void read_top(ObjectReader& top, ReportLine& line, cases::Report& report, Sender sender) {
    report.channel = top.text("channel");
    report.external_id = top.text("external_id");
    report.judul = top.text("judul", kMostTextBytes);
    report.isi = top.text("isi", kMostTextBytes);
    report.kategori_pelapor = top.text("kategori_pelapor");
    report.anonim = top.flag("anonim");
    report.rahasia = top.flag("rahasia");
    line.agency = AgencyCode(top.text("agency"));
    const std::string received = top.text("received_at");
    if (!received.empty()) {
        report.received_at = parse_instant(received);
        if (!report.received_at) top.error("IN005", {received});
    }
    if (sender == Sender::optional) line.facts = read_values(top, "facts");
    if (sender == Sender::optional) return;
    for (const auto* name : {"channel", "external_id"})
        if ((std::string_view(name) == "channel" ? report.channel : report.external_id).empty())
            top.error("IN003", {name});
}

}  // namespace

ReportLine read_json_report(std::string_view text, std::uint32_t number, Sender sender) {
    ReportLine line;
    line.line = number;
    const auto give_up = [&](std::string code, std::size_t at, std::vector<std::string> args) {
        const auto column = count_code_points(text.substr(0, std::min(at, text.size()))) + 1;
        line.errors.push_back({std::move(code), static_cast<std::uint32_t>(column), args});
        return line;
    };
    if (text.size() > kMostLineBytes)
        return give_up("IN004", 0, {"", std::to_string(kMostLineBytes)});
    if (const auto bad = first_invalid_utf8(text)) return give_up("IN006", *bad, {});
    if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
    json::stream_parser parser;
    json::error_code ec;
    const std::size_t read = parser.write_some(text.data(), text.size(), ec);
    if (!ec) parser.finish(ec);
    if (!ec && text.find_first_not_of(" \t\r", read) != std::string_view::npos)
        return give_up("IN001", read, {});
    if (ec) return give_up("IN001", read, {});
    const json::value value = parser.release();
    if (!value.is_object()) return give_up("IN008", 0, {});
    cases::Report report;
    ObjectReader top(value.get_object(), "", line);
    read_top(top, line, report, sender);
    bool unknown = read_place(top, line, report);
    unknown = read_reporter(top, line, report) || unknown;
    unknown = read_attachments(top, line, report) || unknown;
    report.fields = read_values(top, "fields");
    if (unknown || top.has_unknown()) report.as_sent = text;
    if (line.errors.empty()) line.report = std::move(report);
    return line;
}

}  // namespace pintu::wire
