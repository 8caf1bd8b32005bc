#include "engine/cases/command/report.hpp"

namespace pintu::cases {
namespace {

void part(std::string& out, std::string_view text) {
    (out += std::to_string(text.size())) += ':';
    out += text;
}

std::string number_of(const std::optional<std::int32_t>& number) {
    return number ? std::to_string(*number) : std::string();
}

}  // namespace

std::optional<std::string> value_at(const Report& report, const std::string& path) {
    static const std::map<std::string, std::string Report::*> kPlain = {
        {"channel", &Report::channel},
        {"external_id", &Report::external_id},
        {"judul", &Report::judul},
        {"isi", &Report::isi},
        {"place.region", &Report::region},
        {"place.note", &Report::place_note},
        {"kategori_pelapor", &Report::kategori_pelapor},
        {"reporter.name", &Report::reporter_name},
        {"reporter.phone", &Report::reporter_phone},
        {"reporter.email", &Report::reporter_email}};
    if (const auto found = kPlain.find(path); found != kPlain.end()) return report.*found->second;
    if (path == "anonim") return report.anonim ? "yes" : "no";
    if (path == "rahasia") return report.rahasia ? "yes" : "no";
    if (path == "attachments") return std::to_string(report.attachments.size());
    if (path.rfind("fields.", 0) == 0)
        if (const auto found = report.fields.find(path.substr(7)); found != report.fields.end())
            return found->second;
    return std::nullopt;
}

std::string content_of(const Report& report) {
    std::string out;
    out.reserve(128 + report.judul.size() + report.isi.size() + report.place_note.size());
    for (const auto* text : {&report.channel, &report.external_id, &report.judul, &report.isi,
                             &report.region, &report.place_note, &report.kategori_pelapor,
                             &report.reporter_name, &report.reporter_phone, &report.reporter_email})
        part(out, *text);
    part(out, number_of(report.lat_udeg));
    part(out, number_of(report.lon_udeg));
    part(out, report.anonim ? "anonim" : "");
    part(out, report.rahasia ? "rahasia" : "");
    for (const auto& file : report.attachments) {
        part(out, file.name);
        part(out, file.kind);
        part(out, bytes_of(file.content));
        part(out, std::to_string(file.size_bytes));
    }
    for (const auto& [name, value] : report.fields) {
        part(out, name);
        part(out, value);
    }
    return out;
}

}  // namespace pintu::cases
