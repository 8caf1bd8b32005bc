#include "engine/rules/check/tables.hpp"

#include <algorithm>

#include "engine/base/csv.hpp"
#include "engine/base/nearest.hpp"
#include "engine/rules/check/bounds.hpp"
#include "engine/rules/check/conditions.hpp"
#include "engine/rules/check/constants.hpp"

namespace pintu::rules {

namespace {

using syntax::Cell;
using syntax::Literal;

std::string last_part(const std::string& path) {
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? path : path.substr(slash + 1);
}

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

std::vector<Literal> alternatives(std::string_view text, const Span& span) {
    std::vector<Literal> values;
    while (true) {
        const auto bar = std::min(text.find('|'), text.size());
        const bool range = text.substr(0, bar).find("..") != std::string_view::npos;
        values.push_back({range ? Literal::Kind::range : Literal::Kind::word,
                          std::string(trimmed(text.substr(0, bar))), span});
        if (bar == text.size()) return values;
        text.remove_prefix(bar + 1);
    }
}

Cell cell_of(const CsvCell& written) {
    const std::string_view text = trimmed(written.text);
    Cell cell;
    cell.span = written.span;
    if (text.empty() || text == "-") return cell;
    cell.kind = text == "?" ? Cell::Kind::unknown : Cell::Kind::values;
    if (cell.kind == Cell::Kind::values) cell.values = alternatives(text, written.span);
    return cell;
}

Condition leaf(Atom atom) {
    Condition condition;
    condition.kind = Condition::Kind::atom;
    condition.atom = std::move(atom);
    return condition;
}

class Tables {
  public:
    Tables(Scope& scope, const ActiveFile& file, const Decision& decision)
        : scope_(scope), file_(file), decision_(decision) {}

    void add(const syntax::Table& table) {
        std::vector<AttributeId> inputs;
        for (const auto& name : table.inputs)
            if (const auto id = input(name)) inputs.push_back(*id);
        if (inputs.size() != table.inputs.size()) return;
        if (table.file)
            add_csv(table, inputs);
        else
            for (const auto& row : table.rows) add_inline(row, inputs);
    }

    std::vector<ResolvedRow> rows;

  private:
    std::optional<AttributeId> input(const syntax::Name& name) {
        const auto id = scope_.find(name);
        if (!id) return {};
        const auto kind = scope_.attribute(*id).domain.kind;
        if (kind != Domain::Kind::text && kind != Domain::Kind::set) return id;
        scope_.diagnostics.error("RU149", name.span, name.text,
                                 show_type(scope_.attribute(*id).domain));
        return {};
    }

    void add_inline(const syntax::Row& row, const std::vector<AttributeId>& inputs) {
        if (row.cells.size() != inputs.size()) {
            scope_.diagnostics.error("RU148", row.span, std::to_string(row.cells.size()),
                                     std::to_string(inputs.size()));
            return;
        }
        const auto when = condition(row.cells, inputs);
        if (!when) return;
        const auto answer = resolve_answer(scope_, decision_, row.answer, *when);
        if (!answer) return;
        rows.push_back({last_part(scope_.place(row.span)), *when, *answer,
                        row.because ? row.because->text : "", row.span});
    }

    const Source* find_csv(const Literal& name) {
        std::vector<std::string> names;
        for (const Source* source : file_.folder->tables) {
            if (last_part(source->name()) == last_part(name.text)) return source;
            names.push_back(last_part(source->name()));
        }
        const std::string near = nearest(name.text, names);
        if (near.empty())
            scope_.diagnostics.error("RU145", name.span, name.text, file_.folder->code);
        else
            scope_.diagnostics.error("RU146", name.span, name.text, file_.folder->code, near);
        return nullptr;
    }

    void add_csv(const syntax::Table& table, const std::vector<AttributeId>& inputs) {
        const Source* source = find_csv(*table.file);
        if (source == nullptr) return;
        const auto read = parse_csv(*source, false, scope_.diagnostics);
        if (read.empty() || !header_fits(read.front(), table)) return;
        if (read.size() > kMostRules) {
            scope_.diagnostics.error("RU160", table.span, std::to_string(read.size()),
                                     std::to_string(kMostRules));
            return;
        }
        for (std::size_t i = 1; i < read.size(); ++i)
            add_csv_row(read[i], inputs, last_part(source->name()));
    }

    // The inputs, then the decision, then perhaps `because`.
    bool header_fits(const CsvRow& header, const syntax::Table& table) {
        std::vector<std::string> wanted;
        for (const auto& name : table.inputs) wanted.push_back(name.text);
        wanted.push_back(decision_.name);
        std::string shown;
        for (const auto& name : wanted) shown += (shown.empty() ? "" : ",") + name;
        for (std::size_t i = 0; i < header.cells.size(); ++i) {
            const std::string_view cell = trimmed(header.cells[i].text);
            const bool right = i < wanted.size()
                                   ? cell == wanted[i]
                                   : i == wanted.size() && (cell == "because" || cell == "karena");
            if (right) continue;
            scope_.diagnostics.error("RU147", header.cells[i].span, std::string(cell), shown);
            return false;
        }
        if (header.cells.size() >= wanted.size()) return true;
        scope_.diagnostics.error("RU147", header.cells.back().span, header.cells.back().text,
                                 shown);
        return false;
    }

    void add_csv_row(const CsvRow& row, const std::vector<AttributeId>& inputs,
                     const std::string& csv) {
        std::vector<Cell> cells;
        for (std::size_t i = 0; i < inputs.size(); ++i) cells.push_back(cell_of(row.cells[i]));
        const auto when = condition(cells, inputs);
        const CsvCell& written = row.cells[inputs.size()];
        syntax::Answer answer;
        answer.span = written.span;
        if (trimmed(written.text).empty() || trimmed(written.text) == "-") {
            scope_.diagnostics.error("RU150", written.span, decision_.name);
            return;
        }
        answer.values = alternatives(trimmed(written.text), written.span);
        if (!when) return;
        const auto resolved = resolve_answer(scope_, decision_, answer, *when);
        if (!resolved) return;
        const bool has_because = row.cells.size() > inputs.size() + 1;
        rows.push_back(
            {csv + ":" + std::to_string(row.line),
             *when,
             *resolved,
             has_because ? row.cells.back().text : "",
             {written.span.file, row.cells.front().span.begin, row.cells.back().span.end}});
    }

    std::optional<Condition> condition(const std::vector<Cell>& cells,
                                       const std::vector<AttributeId>& inputs) {
        Condition all;
        all.kind = Condition::Kind::all;
        bool sound = true;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (cells[i].kind == Cell::Kind::any) continue;
            const auto atom = cell_atom(cells[i], inputs[i]);
            if (atom) all.children.push_back(leaf(*atom));
            sound = sound && atom.has_value();
        }
        if (!sound) return {};
        if (all.children.empty()) return Condition{};
        if (all.children.size() == 1) return all.children.front();
        return all;
    }

    std::optional<Atom> cell_atom(const Cell& cell, AttributeId attribute) {
        if (cell.kind == Cell::Kind::values)
            return value_atom(scope_, attribute, cell.values, cell.span);
        Atom atom;
        atom.kind = Atom::Kind::unknown;
        atom.attribute = attribute;
        atom.text = scope_.attribute(attribute).name + " is unknown";
        atom.span = cell.span;
        return atom;
    }

    Scope& scope_;
    const ActiveFile& file_;
    const Decision& decision_;
};

}  // namespace

std::vector<ResolvedRow> resolve_tables(Scope& scope, const ActiveFile& file,
                                        const syntax::Decide& block, const Decision& decision) {
    Tables tables(scope, file, decision);
    for (const auto& table : block.tables) tables.add(table);
    return std::move(tables.rows);
}

}  // namespace pintu::rules
