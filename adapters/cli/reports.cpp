#include "adapters/cli/reports.hpp"

#include "adapters/files/whole_file.hpp"
#include "adapters/wire/json_writer.hpp"
#include "engine/base/hash.hpp"

namespace pintu::cli {
namespace {

constexpr std::size_t kMostAttachmentBytes = 64U << 20U;
constexpr std::string_view kSeverity[] = {"error", "warning", "note"};

void write_error(wire::JsonWriter& json, const std::string& name, std::uint32_t line,
                 std::uint32_t column, Severity severity, const Error& error,
                 const Options& options) {
    const auto text = messages::render(error, options.language);
    json.begin_object().field("file", name).field("line", static_cast<std::int64_t>(line));
    json.field("column", static_cast<std::int64_t>(column)).field("code", error.code);
    json.field("severity", kSeverity[static_cast<int>(severity)]);
    json.field("message", text.message).field("hint", text.hint).end_object();
}

}  // namespace

std::vector<wire::ReportLine> read_reports(const std::string& name, std::string text, bool csv,
                                           SourceSet& sources, Diagnostics& diagnostics) {
    if (csv) return wire::read_csv_reports(sources.add(name, std::move(text)), diagnostics);
    std::vector<wire::ReportLine> lines;
    std::uint32_t number = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        std::string_view line = std::string_view(text).substr(at, end - at);
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        ++number;
        if (line.find_first_not_of(" \t") != std::string_view::npos)
            lines.push_back(wire::read_json_report(line, number));
        at = end + 1;
    }
    return lines;
}

void read_attachments(wire::ReportLine& line, const std::string& folder,
                      const std::function<Result<Digest>(const std::string& bytes)>& keep) {
    if (!line.report) return;
    for (std::size_t i = 0; i < line.paths.size(); ++i) {
        if (line.paths[i].empty()) continue;
        const auto bytes = files::read_file(folder + "/" + line.paths[i], kMostAttachmentBytes);
        if (!bytes) {
            line.errors.push_back({"IN011", 1, {line.paths[i]}});
            continue;
        }
        const auto kept = keep(*bytes);
        if (!kept) {
            line.errors.push_back({kept.error().code, 1, kept.error().args});
            continue;
        }
        line.report->attachments[i].content = *kept;
        line.report->attachments[i].size_bytes = static_cast<std::int64_t>(bytes->size());
    }
    if (!line.errors.empty()) line.report.reset();
}

std::string_view status_name(runtime::IntakeAnswer::Status status) {
    constexpr std::string_view kNames[] = {"accepted", "repeated", "conflict", "rejected"};
    return kNames[static_cast<int>(status)];
}

std::string answer_json(const wire::ReportLine& line, const runtime::IntakeAnswer* answer,
                        const std::string& name, const Options& options) {
    wire::JsonWriter json;
    json.begin_object().field("line", static_cast<std::int64_t>(line.line));
    json.field("status", answer == nullptr ? "rejected" : status_name(answer->status));
    json.key("tracking_id");
    if (answer == nullptr || answer->tracking_id.empty())
        json.null();
    else
        json.value(answer->tracking_id.value);
    json.key("errors").begin_array();
    for (const auto& error : line.errors)
        write_error(json, name, line.line, error.column, Severity::error, {error.code, error.args},
                    options);
    if (answer != nullptr) {
        for (const auto& error : answer->errors)
            write_error(json, name, line.line, 1, Severity::error, error, options);
        for (const auto& note : answer->notes)
            write_error(json, name, line.line, 1, Severity::note, note, options);
    }
    return json.end_array().end_object().text();
}

Result<std::vector<std::optional<runtime::IntakeAnswer>>> take_in(
    runtime::Runtime& runtime, const std::vector<const wire::ReportLine*>& lines,
    const Options& options, Instant now) {
    std::vector<std::optional<runtime::IntakeAnswer>> answers(lines.size());
    for (std::size_t from = 0; from < lines.size();) {
        const AgencyCode& agency = lines[from]->agency;
        std::vector<cases::Report> reports;
        std::vector<std::size_t> places;
        std::size_t to = from;
        for (; to < lines.size() && lines[to]->agency == agency; ++to) {
            if (!lines[to]->report) continue;
            reports.push_back(*lines[to]->report);
            places.push_back(to);
        }
        runtime::IntakeOptions intake;
        intake.agency = agency.empty() ? AgencyCode(options.agency) : agency;
        auto taken = runtime.intake(reports, intake, now);
        if (!taken) return taken.unexpected();
        for (std::size_t i = 0; i < taken->size(); ++i) answers[places[i]] = std::move((*taken)[i]);
        from = to;
    }
    return answers;
}

}  // namespace pintu::cli
