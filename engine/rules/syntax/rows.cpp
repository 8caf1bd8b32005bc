// Tables of decisions in CSV files (R14).
#include "engine/rules/syntax/grammar.hpp"
#include "engine/rules/syntax/parse.hpp"
#include "engine/rules/syntax/scan.hpp"

namespace pintu::rules::syntax {
namespace {

// Inside the quotes, where there are any.
Span inner(const CsvCell& cell) {
    Span span = cell.span;
    if (cell.quoted) ++span.begin, --span.end;
    return span;
}

// A cell's text by the grammar; `code` says what is wrong with it, unless the scanner did.
template <class Node>
bool read_cell(const Source& csv, const CsvCell& cell, Node& node, const char* code,
               Diagnostics& diagnostics) {
    const auto before = diagnostics.count(Severity::error);
    const auto scanned = scan_part(csv, inner(cell), diagnostics);
    if (diagnostics.count(Severity::error) > before) return false;
    const auto& tokens = scanned.tokens;
    Failure failure;
    if (scanned.comments.empty() &&
        read({tokens.data(), tokens.data() + tokens.size() - 1}, node, failure)) {
        if (node.span.file == FileId::none) node.span = cell.span;
        return true;
    }
    diagnostics.error(code, cell.span, cell.text);
    return false;
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names) text += (text.empty() ? "" : ",") + name;
    return text;
}

bool check_header(const CsvRow& header, const Table& table, const Name& decision,
                  Diagnostics& diagnostics) {
    std::vector<std::string> wanted;
    for (const auto& input : table.inputs) wanted.push_back(input.text);
    wanted.push_back(decision.text);
    std::vector<std::string> found;
    for (const auto& cell : header.cells) found.push_back(cell.text);
    const auto expected = joined(wanted);
    if (found.size() == wanted.size() + 1 && (found.back() == to_text(Keyword::because) ||
                                              found.back() == to_indonesian(Keyword::because)))
        found.pop_back();
    if (found == wanted) return true;
    diagnostics.error("RU047", join(header.cells.front().span, header.cells.back().span),
                      joined(found), expected);
    return false;
}

std::optional<Row> to_row(const Source& csv, const CsvRow& cells, const Table& table,
                          Diagnostics& diagnostics) {
    Row row;
    row.line = cells.line;
    row.span = join(cells.cells.front().span, cells.cells.back().span);
    bool sound = true;
    const auto inputs = table.inputs.size();
    for (std::size_t i = 0; i < inputs; ++i) {
        Cell cell;
        sound = read_cell(csv, cells.cells[i], cell, "RU048", diagnostics) && sound;
        row.cells.push_back(std::move(cell));
    }
    sound = read_cell(csv, cells.cells[inputs], row.answer, "RU049", diagnostics) && sound;
    if (cells.cells.size() > inputs + 1 && !cells.cells.back().text.empty())
        row.because =
            Literal{Literal::Kind::string, cells.cells.back().text, cells.cells.back().span};
    return sound ? std::optional(std::move(row)) : std::nullopt;
}

}  // namespace

std::vector<Row> parse_rows(const Source& csv, const Table& table, const Name& decision,
                            Diagnostics& diagnostics) {
    std::vector<Row> rows;
    if (csv.text().size() > kMostBytes) {
        diagnostics.error("RU001", csv.span(0, 0), std::to_string(csv.text().size()));
        return rows;
    }
    const auto before = diagnostics.count(Severity::error);
    const auto lines = parse_csv(csv, false, diagnostics);
    if (lines.size() < 2) {
        if (diagnostics.count(Severity::error) == before)
            diagnostics.error("RU050", csv.span(0, 0));
        return rows;
    }
    if (!check_header(lines.front(), table, decision, diagnostics)) return rows;
    for (std::size_t i = 1; i < lines.size(); ++i)
        if (auto row = to_row(csv, lines[i], table, diagnostics)) rows.push_back(std::move(*row));
    return rows;
}

}  // namespace pintu::rules::syntax
