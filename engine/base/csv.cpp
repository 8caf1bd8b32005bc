#include "engine/base/csv.hpp"

#include <algorithm>

#include "engine/base/utf8.hpp"

namespace pintu {
namespace {

class CsvReader {
  public:
    CsvReader(const Source& source, bool lines_in_quotes, Diagnostics& diagnostics)
        : source_(source),
          text_(source.text()),
          lines_in_quotes_(lines_in_quotes),
          diagnostics_(diagnostics) {}

    std::vector<CsvRow> read() {
        std::vector<CsvRow> rows;
        if (!well_encoded()) return rows;
        while (at_ < text_.size()) {
            CsvRow row;
            row.line = source_.position(static_cast<std::uint32_t>(at_)).line;
            const std::size_t start = at_;
            const bool sound = read_row(row);
            if (blank(row)) continue;
            if (sound && fits_header(rows, row, start)) rows.push_back(std::move(row));
            if (rows.empty()) break;  // without a header nothing after it can be told
        }
        return rows;
    }

  private:
    bool well_encoded() {
        if (text_.substr(0, 3) == "\xEF\xBB\xBF") {
            diagnostics_.error("BA007", source_.span(0, 3));
            return false;
        }
        if (const auto bad = first_invalid_utf8(text_)) {
            diagnostics_.error("BA006", source_.span(*bad, *bad + 1));
            return false;
        }
        return true;
    }

    static bool blank(const CsvRow& row) {
        return row.cells.size() == 1 && row.cells[0].text.empty() && !row.cells[0].quoted;
    }

    bool read_row(CsvRow& row) {
        bool sound = true;
        for (;;) {
            sound = read_cell(row) && sound;
            if (at_ < text_.size() && text_[at_] == ',') {
                ++at_;
                continue;
            }
            skip_line_end();
            return sound;
        }
    }

    void skip_line_end() {
        while (at_ < text_.size() && text_[at_] != '\n') ++at_;
        if (at_ < text_.size()) ++at_;
    }

    bool read_cell(CsvRow& row) {
        if (at_ < text_.size() && text_[at_] == '"') return read_quoted(row);
        const std::size_t start = at_;
        while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n') ++at_;
        std::size_t end = at_;
        if (end > start && text_[end - 1] == '\r') --end;
        row.cells.push_back(
            {std::string(text_.substr(start, end - start)), source_.span(start, end), false});
        return true;
    }

    bool read_quoted(CsvRow& row) {
        const std::size_t start = at_++;
        CsvCell cell{{}, {}, true};
        bool sound = true;
        for (;; ++at_) {
            if (at_ >= text_.size()) {
                diagnostics_.error("BA001", source_.span(start, start + 1));
                return false;
            }
            if (text_[at_] == '"') {
                if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') break;
                ++at_;
            } else if (text_[at_] == '\n' && !lines_in_quotes_ && sound) {
                diagnostics_.error("BA005", source_.span(start, at_));
                sound = false;
            }
            cell.text += text_[at_];
        }
        cell.span = source_.span(start, ++at_);
        row.cells.push_back(std::move(cell));
        return after_quote() && sound;
    }

    bool after_quote() {
        if (at_ < text_.size() && text_[at_] == '\r') ++at_;
        if (at_ >= text_.size() || text_[at_] == ',' || text_[at_] == '\n') return true;
        diagnostics_.error("BA002", source_.span(at_, at_ + 1));
        while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n') ++at_;
        return false;
    }

    bool fits_header(const std::vector<CsvRow>& rows, const CsvRow& row, std::size_t start) {
        const Span whole = source_.span(start, std::min(at_, text_.size()));
        if (rows.empty()) {
            const bool semicolons = row.cells.size() == 1 && !row.cells[0].quoted &&
                                    row.cells[0].text.find(';') != std::string::npos;
            if (semicolons) diagnostics_.error("BA003", row.cells[0].span);
            return !semicolons;
        }
        if (row.cells.size() == rows[0].cells.size()) return true;
        diagnostics_.error("BA004", {whole.file, whole.begin, row.cells.back().span.end},
                           std::to_string(row.cells.size()), std::to_string(rows[0].cells.size()));
        return false;
    }

    const Source& source_;
    std::string_view text_;
    bool lines_in_quotes_;
    Diagnostics& diagnostics_;
    std::size_t at_ = 0;
};

}  // namespace

std::vector<CsvRow> parse_csv(const Source& source, bool lines_in_quotes,
                              Diagnostics& diagnostics) {
    return CsvReader(source, lines_in_quotes, diagnostics).read();
}

std::string csv_cell(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
    std::string cell = "\"";
    for (const char c : text) {
        if (c == '"') cell += '"';
        cell += c;
    }
    return cell + '"';
}

}  // namespace pintu
