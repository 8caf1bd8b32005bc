#include "csv.hpp"

#include <algorithm>

namespace berkas {
namespace {

char separator_of(std::string_view text) {
    const auto header = text.substr(0, text.find('\n'));
    return std::count(header.begin(), header.end(), ';') >
                   std::count(header.begin(), header.end(), ',')
               ? ';'
               : ',';
}

class Reader {
  public:
    explicit Reader(std::string_view text) : text_(text), separator_(separator_of(text)) {}

    bool at_end() const { return at_ >= text_.size(); }

    Row row() {
        Row row;
        row.line = line_;
        const std::size_t from = at_;
        std::size_t end = from;
        for (bool more = true; more;) {
            row.cells.push_back(cell());
            end = at_;
            more = !at_end() && text_[at_] == separator_;
            if (more) ++at_;
        }
        row.raw = text_.substr(from, end - from);
        end_of_line();
        return row;
    }

  private:
    std::string cell() {
        if (!at_end() && text_[at_] == '"') return quoted();
        const std::size_t from = at_;
        while (!at_end() && text_[at_] != separator_ && text_[at_] != '\n' && text_[at_] != '\r')
            ++at_;
        return std::string(text_.substr(from, at_ - from));
    }

    std::string quoted() {
        std::string cell;
        for (++at_; !at_end(); ++at_) {
            if (text_[at_] == '\n') ++line_;
            if (text_[at_] != '"') {
                cell += text_[at_];
                continue;
            }
            if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
                cell += text_[++at_];
                continue;
            }
            ++at_;
            break;
        }
        // Whatever follows the closing quote belongs to the cell, as spreadsheets read it.
        while (!at_end() && text_[at_] != separator_ && text_[at_] != '\n' && text_[at_] != '\r')
            cell += text_[at_++];
        return cell;
    }

    void end_of_line() {
        if (!at_end() && text_[at_] == '\r') ++at_;
        if (!at_end() && text_[at_] == '\n') ++at_;
        ++line_;
    }

    std::string_view text_;
    char separator_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
};

}  // namespace

std::vector<Row> parse_csv(std::string_view text) {
    std::vector<Row> rows;
    for (Reader reader(text); !reader.at_end();) {
        Row row = reader.row();
        const bool blank = std::all_of(row.cells.begin(), row.cells.end(),
                                       [](const std::string& cell) { return cell.empty(); });
        if (!blank) rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace berkas
