#include "reports.hpp"

#include <algorithm>

#include "csv.hpp"

namespace berkas {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostLine = 256U << 10U;
constexpr std::size_t kMostLines = 100'000;
constexpr const char* kChannel = "berkas";

void refuse(Line& line, std::string why) {
    line.report.clear();
    line.broken = std::move(why);
}

// What makes the line a report of this channel.
void check(Line& line) {
    auto& channel = line.report["channel"];
    if (channel.is_null()) channel = kChannel;
    if (channel != json::value(kChannel))
        return refuse(line, "Isian \"channel\" harus \"berkas\", atau dikosongkan.");
    if (line.external_id().empty())
        return refuse(line, "Isian \"external_id\" tidak ada; beri setiap laporan satu nomor.");
}

Line json_line(std::string_view raw, std::size_t number) {
    Line line;
    line.number = number;
    line.raw = raw;
    if (raw.size() > kMostLine) return refuse(line, "Baris ini lebih dari 256 KiB."), line;
    json::error_code ec;
    auto value = json::parse(json::string_view(raw.data(), raw.size()), ec);
    if (ec || !value.is_object()) return refuse(line, "Baris ini bukan JSON yang benar."), line;
    line.report = std::move(value.get_object());
    check(line);
    return line;
}

json::value cell_value(const std::string& column, const std::string& text) {
    if (column == "anonim" || column == "rahasia") {
        for (const auto* yes : {"true", "ya", "yes", "1"})
            if (text == yes) return true;
        for (const auto* no : {"false", "tidak", "no", "0"})
            if (text == no) return false;
    }
    if (column == "place.lat" || column == "place.lon") {
        json::error_code ec;
        auto number = json::parse(text, ec);
        if (!ec && number.is_number()) return number;
    }
    return json::string(text);
}

// "a.jpg; b.jpg" as attachments.
json::array attachments_of(const std::string& text) {
    json::array list;
    for (std::size_t at = 0; at <= text.size();) {
        const auto end = std::min(text.find(';', at), text.size());
        std::string path = text.substr(at, end - at);
        path.erase(0, path.find_first_not_of(' '));
        path.erase(path.find_last_not_of(' ') + 1);
        if (!path.empty())
            list.push_back({{"name", path.substr(path.rfind('/') + 1)}, {"path", path}});
        at = end + 1;
    }
    return list;
}

void put_cell(json::object& report, const std::string& column, const std::string& text) {
    if (column == "attachments" || column == "lampiran") {
        report["attachments"] = attachments_of(text);
        return;
    }
    const auto dot = column.find('.');
    if (dot == std::string::npos) {
        report[column] = cell_value(column, text);
        return;
    }
    auto& group = report[column.substr(0, dot)];
    if (!group.is_object()) group.emplace_object();
    group.get_object()[column.substr(dot + 1)] = cell_value(column, text);
}

bool is_utf8(const json::object& report) {
    json::error_code ec;
    json::parse(json::serialize(report), ec);
    return !ec;
}

Line csv_line(const Row& header, const Row& row) {
    Line line;
    line.number = row.line;
    line.raw = row.raw;
    if (row.raw.size() > kMostLine) return refuse(line, "Baris ini lebih dari 256 KiB."), line;
    if (row.cells.size() != header.cells.size())
        return refuse(line, "Baris ini punya " + std::to_string(row.cells.size()) +
                                " kolom, kepala tabel " + std::to_string(header.cells.size()) +
                                ". Periksa tanda kutipnya."),
               line;
    for (std::size_t i = 0; i < row.cells.size(); ++i)
        if (!row.cells[i].empty()) put_cell(line.report, header.cells[i], row.cells[i]);
    if (!is_utf8(line.report)) return refuse(line, "Baris ini bukan teks UTF-8."), line;
    check(line);
    return line;
}

void read_csv(std::string_view text, Content& content) {
    const auto rows = parse_csv(text);
    if (rows.empty()) return;
    content.header = rows.front().raw;
    const auto& columns = rows.front().cells;
    if (std::find(columns.begin(), columns.end(), "external_id") == columns.end()) {
        content.broken = "Kepala tabel tidak punya kolom \"external_id\".";
        return;
    }
    for (std::size_t i = 1; i < rows.size(); ++i)
        content.lines.push_back(csv_line(rows.front(), rows[i]));
}

void read_json_lines(std::string_view text, Content& content) {
    std::size_t number = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        auto raw = text.substr(at, end - at);
        if (!raw.empty() && raw.back() == '\r') raw.remove_suffix(1);
        ++number;
        if (raw.find_first_not_of(" \t") != std::string_view::npos)
            content.lines.push_back(json_line(raw, number));
        at = end + 1;
    }
}

}  // namespace

std::string Line::external_id() const {
    const auto* id = report.if_contains("external_id");
    return id != nullptr && id->is_string() ? std::string(id->get_string()) : std::string();
}

Content read_content(std::string_view text, bool csv) {
    constexpr std::string_view kMark = "\xEF\xBB\xBF";
    if (text.starts_with(kMark)) text.remove_prefix(kMark.size());
    Content content;
    if (text.find('\0') != std::string_view::npos)
        content.broken = "Berkas ini bukan teks. Simpan sebagai CSV UTF-8 atau JSON lines.";
    else if (csv)
        read_csv(text, content);
    else
        read_json_lines(text, content);
    if (content.lines.size() > kMostLines)
        content.broken = "Berkas ini lebih dari 100000 baris. Bagi menjadi beberapa berkas.";
    if (content.lines.empty() && content.broken.empty())
        content.broken = "Berkas ini tidak berisi satu laporan pun.";
    const bool none = std::all_of(content.lines.begin(), content.lines.end(),
                                  [](const Line& line) { return !line.broken.empty(); });
    if (none && content.broken.empty())
        content.broken = "Tidak satu baris pun dapat dibaca. Baris " +
                         std::to_string(content.lines.front().number) + ": " +
                         content.lines.front().broken;
    return content;
}

}  // namespace berkas
