#include <algorithm>
#include <array>

#include "adapters/wire/json_writer.hpp"
#include "adapters/wire/report_reader.hpp"
#include "engine/base/csv.hpp"
#include "engine/base/nearest.hpp"

namespace pintu::wire {
namespace {

const std::vector<std::string>& columns() {
    static const std::vector<std::string> kColumns = {
        "channel",        "external_id",    "received_at",      "judul",      "isi",
        "place.region",   "place.lat",      "place.lon",        "place.note", "reporter.name",
        "reporter.phone", "reporter.email", "kategori_pelapor", "anonim",     "rahasia",
        "agency"};
    return kColumns;
}

bool is_field(std::string_view name) {
    return name.substr(0, 7) == "fields.";
}
bool is_flag(std::string_view name) {
    return name == "anonim" || name == "rahasia";
}

// A cell as JSON: flags and coordinates lose their quotes, where they are what they should be.
std::string cell_json(const std::string& column, const std::string& text) {
    if (is_flag(column)) {
        for (const auto* yes : {"true", "ya", "yes", "1"})
            if (text == yes) return "true";
        for (const auto* no : {"false", "tidak", "no", "0"})
            if (text == no) return "false";
    }
    const bool number = (column == "place.lat" || column == "place.lon") &&
                        text.find_first_not_of("-0123456789.") == std::string::npos;
    return number ? text : json_string(text);
}

// The row as the JSON line that says the same, so that there is one reader of reports.
std::string row_json(const CsvRow& header, const CsvRow& row) {
    std::array<std::string, 4> groups;  // top, place, reporter, fields
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const std::string& column = header.cells[i].text;
        const std::string& text = row.cells[i].text;
        if (text.empty()) continue;
        const auto dot = column.find('.');
        const std::string group = dot == std::string::npos ? "" : column.substr(0, dot);
        const std::size_t index = group == "place"      ? 1
                                  : group == "reporter" ? 2
                                  : group == "fields"   ? 3
                                                        : 0;
        const std::string name = index == 0 ? column : column.substr(dot + 1);
        if (!groups[index].empty()) groups[index] += ',';
        groups[index] += json_string(name) + ":" + cell_json(column, text);
    }
    std::string json = "{" + groups[0];
    constexpr std::array<std::string_view, 4> kNames = {"", "place", "reporter", "fields"};
    for (std::size_t i = 1; i < groups.size(); ++i) {
        if (groups[i].empty()) continue;
        if (json.size() > 1) json += ',';
        json += json_string(kNames[i]) + ":{" + groups[i] + "}";
    }
    return json + "}";
}

bool sound_header(const CsvRow& header, Diagnostics& diagnostics) {
    for (const auto& cell : header.cells) {
        const bool known =
            std::find(columns().begin(), columns().end(), cell.text) != columns().end();
        if (!known && !is_field(cell.text) && nearest(cell.text, columns()) != "")
            diagnostics.error("IN009", cell.span, cell.text, nearest(cell.text, columns()));
    }
    for (const auto* needed : {"channel", "external_id"})
        if (std::none_of(header.cells.begin(), header.cells.end(),
                         [&](const auto& cell) { return cell.text == needed; }))
            diagnostics.error("IN010", header.cells[0].span, needed);
    return !diagnostics.has_errors();
}

}  // namespace

std::vector<ReportLine> read_csv_reports(const Source& source, Diagnostics& diagnostics) {
    std::vector<ReportLine> lines;
    Diagnostics rows_only;
    const auto rows = parse_csv(source, true, rows_only);
    if (rows.empty()) {
        diagnostics.append(rows_only);
        return lines;
    }
    if (!sound_header(rows[0], diagnostics)) return lines;
    for (std::size_t i = 1; i < rows.size(); ++i)
        lines.push_back(read_json_report(row_json(rows[0], rows[i]), rows[i].line));
    for (const auto& broken : rows_only.items()) {
        ReportLine line;
        const Position at = source.position(broken.span.begin);
        line.line = at.line;
        line.errors.push_back({broken.code, at.column, broken.args});
        lines.push_back(std::move(line));
    }
    std::stable_sort(lines.begin(), lines.end(),
                     [](const auto& a, const auto& b) { return a.line < b.line; });
    return lines;
}

}  // namespace pintu::wire
