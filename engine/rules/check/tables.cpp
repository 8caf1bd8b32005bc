#include "engine/rules/check/tables.hpp"

#include <algorithm>

#include "engine/base/nearest.hpp"
#include "engine/rules/check/conditions.hpp"
#include "engine/rules/syntax/parse.hpp"

namespace pintu::rules {

namespace {

using syntax::Cell;
using syntax::Literal;

std::string last_part(const std::string& path) {
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? path : path.substr(slash + 1);
}

Condition leaf(Atom atom) {
    Condition condition;
    condition.kind = Condition::Kind::atom;
    condition.atom = std::move(atom);
    return condition;
}

class Tables {
  public:
    Tables(StackScope& scope, const ActiveFile& file, const Decision& decision)
        : scope_(scope), file_(file), decision_(decision) {}

    void add(const syntax::Table& table) {
        std::vector<AttributeId> inputs;
        for (const auto& name : table.inputs)
            if (const auto id = input(name)) inputs.push_back(*id);
        if (inputs.size() != table.inputs.size()) return;
        if (table.file)
            add_csv(table, inputs);
        else
            for (const auto& row : table.rows)
                add_row(row, inputs, last_part(scope_.place(row.span)));
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

    void add_row(const syntax::Row& row, const std::vector<AttributeId>& inputs, std::string name) {
        if (row.cells.size() != inputs.size()) {
            scope_.diagnostics.error("RU148", row.span, std::to_string(row.cells.size()),
                                     std::to_string(inputs.size()));
            return;
        }
        const auto when = condition(row.cells, inputs);
        const auto answer =
            resolve_answer(scope_, decision_, row.answer, when ? *when : Condition{});
        if (when && answer)
            rows.push_back(
                {std::move(name), *when, *answer, row.because ? row.because->text : "", row.span});
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
        const syntax::Name decision{decision_.name, decision_.span};
        for (const auto& row : syntax::parse_rows(*source, table, decision, scope_.diagnostics))
            add_row(row, inputs, last_part(source->name()) + ":" + std::to_string(row.line));
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

    StackScope& scope_;
    const ActiveFile& file_;
    const Decision& decision_;
};

}  // namespace

std::vector<ResolvedRow> resolve_tables(StackScope& scope, const ActiveFile& file,
                                        const syntax::Decide& block, const Decision& decision) {
    Tables tables(scope, file, decision);
    for (const auto& table : block.tables) tables.add(table);
    return std::move(tables.rows);
}

}  // namespace pintu::rules
