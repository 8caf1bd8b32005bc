#include <algorithm>
#include <array>

#include "adapters/wire/json_writer.hpp"
#include "adapters/wire/report_reader.hpp"
#include "engine/base/csv.hpp"
#include "engine/base/nearest.hpp"
#include "engine/base/utf8.hpp"

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

// Where the text is not UTF-8; those bytes become "?", so that the other rows can be read.
std::vector<std::uint32_t> mend_encoding(std::string& text) {
    std::vector<std::uint32_t> broken;
    for (std::size_t from = 0;;) {
        const auto bad = first_invalid_utf8(std::string_view(text).substr(from));
        if (!bad) return broken;
        from += *bad;
        broken.push_back(static_cast<std::uint32_t>(from));
        text[from++] = '?';
    }
}

// The row that a byte stands in: the last that begins at or before its line.
void refuse_row(const Source& source, std::uint32_t offset, std::vector<ReportLine>& lines) {
    const Position at = source.position(offset);
    const auto after =
        std::upper_bound(lines.begin(), lines.end(), at.line,
                         [](std::uint32_t line, const auto& row) { return line < row.line; });
    if (after == lines.begin()) return;
    ReportLine& row = *std::prev(after);
    if (!row.report && !row.errors.empty() && row.errors.front().code == "IN006") return;
    row.report.reset();
    row.errors = {{"IN006", at.column, {}}};
}

std::vector<CsvRow> parse_mended(const Source& source, std::string text, Diagnostics& broken) {
    SourceSet mended;
    auto rows = parse_csv(mended.add(source.name(), std::move(text)), true, broken);
    for (auto& row : rows)
        for (auto& cell : row.cells) cell.span.file = source.span(0, 0).file;
    return rows;
}

}  // namespace

std::vector<ReportLine> read_csv_reports(const Source& source, Diagnostics& diagnostics) {
    std::vector<ReportLine> lines;
    std::string text(source.text());
    const auto no_utf8 = mend_encoding(text);
    Diagnostics rows_only;
    // A header that cannot be read leaves nothing to go by.
    const bool mend = !no_utf8.empty() && source.position(no_utf8.front()).line > 1;
    const auto rows = mend ? parse_mended(source, std::move(text), rows_only)
                           : parse_csv(source, true, rows_only);
    if (rows.empty()) {
        diagnostics.append(rows_only);
        return lines;
    }
    if (!sound_header(rows[0], diagnostics)) return lines;
    for (std::size_t i = 1; i < rows.size(); ++i)
        lines.push_back(read_json_report(row_json(rows[0], rows[i]), rows[i].line));
    for (const std::uint32_t offset : no_utf8) refuse_row(source, offset, lines);
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
