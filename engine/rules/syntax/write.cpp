#include "engine/rules/syntax/write.hpp"

#include "engine/rules/syntax/keywords.hpp"

namespace pintu::rules::syntax {
namespace {

std::string word(Keyword keyword) {
    return std::string(to_text(keyword));
}

// Items one after another, parted by `by`.
template <class Items, class Write>
std::string list(const Items& items, const char* by, Write write) {
    std::string text;
    for (const auto& item : items) {
        if (!text.empty()) text += by;
        text += write(item);
    }
    return text;
}

std::string names(const std::vector<Name>& items, const char* by = ", ") {
    return list(items, by, [](const Name& n) { return n.text; });
}
std::string values(const std::vector<Literal>& items, const char* by = ", ") {
    return list(items, by, [](const Literal& l) { return to_text(l); });
}
std::string set(const std::vector<Literal>& items) {
    return items.size() == 1 ? to_text(items.front()) : "{" + values(items) + "}";
}
std::string because(const std::optional<Literal>& why) {
    return why ? " because " + to_text(*why) : std::string();
}
std::string when(const std::optional<Condition>& condition) {
    return condition ? " when " + to_text(*condition) : std::string();
}

// A condition as part of a longer one.
std::string operand(const Condition& condition) {
    const bool compound =
        condition.kind == Condition::Kind::all || condition.kind == Condition::Kind::any;
    return compound ? "(" + to_text(condition) + ")" : to_text(condition);
}

std::string to_text(const Cell& cell) {
    if (cell.kind == Cell::Kind::any) return "-";
    return cell.kind == Cell::Kind::unknown ? "?" : values(cell.values, " | ");
}

std::string to_text(const Row& row) {
    return "row " + list(row.cells, ", ", [](const Cell& c) { return to_text(c); }) + " -> " +
           syntax::to_text(row.answer) + because(row.because);
}

std::string to_text(const Table& table) {
    std::string text = "table ";
    if (table.file) text += to_text(*table.file) + " ";
    text += "(" + names(table.inputs) + ")";
    for (const auto& row : table.rows) text += "\n    " + to_text(row);
    return text;
}

std::string to_text(const Otherwise& o) {
    return std::string("otherwise") + (o.even_if_unknown ? " even if unknown" : "") + " -> " +
           syntax::to_text(o.answer) + because(o.because);
}

std::string call(const Name& function, const std::vector<Name>& arguments) {
    return function.text + "(" + names(arguments) + ")";
}

std::string source_of(const PluginFact& fact) {
    return "plugin " + call(fact.function, fact.arguments);
}
std::string source_of(const CountFact& fact) {
    return "count prior same " + fact.same.text +
           (fact.within_m ? " within " + std::to_string(*fact.within_m) + " m" : "") + " in " +
           std::to_string(fact.in_days) + " days";
}

std::string claim_of(const Prove::Every& every) {
    return "every " + every.schema.text + " has " + list(every.claims, " and ", [](const auto& c) {
               return c.call ? call(c.name, c.arguments) : c.name.text;
           });
}
std::string claim_of(const Prove::Monotone& monotone) {
    return "raising " + monotone.raised.text + " never " + monotone.verb + " " +
           monotone.moved.text;
}

std::string item_text(const Lexicon& lexicon) {
    return "lexicon " + lexicon.name.text + (lexicon.also ? " also " : " ") +
           values(lexicon.phrases);
}
std::string item_text(const Fact& fact) {
    return to_text(fact);
}
std::string item_text(const Decide& decide) {
    std::string text = "decide " + decide.name.text;
    if (decide.type) text += " : " + to_text(*decide.type);
    if (decide.policy) text += " " + std::string(to_text(*decide.policy));
    for (const auto& table : decide.tables) text += "\n  " + to_text(table);
    for (const auto& rule : decide.rules) text += "\n  " + to_text(rule);
    for (const auto& otherwise : decide.otherwise) text += "\n  " + to_text(otherwise);
    return text;
}
std::string item_text(const Limit& limit) {
    constexpr Keyword kBounds[] = {Keyword::at_most, Keyword::at_least, Keyword::includes};
    return "limit " + limit.decision.text + " " + word(kBounds[static_cast<int>(limit.bound)]) +
           " " + values(limit.values) + when(limit.when) + because(limit.because);
}
std::string item_text(const Prove& prove) {
    return "prove " + prove.name.text + " : " +
           std::visit([](const auto& claim) { return claim_of(claim); }, prove.claim);
}
std::string item_text(const AcceptGap& gap) {
    return "accept gap " + gap.decision.text + when(gap.when) + " until " + to_string(gap.until) +
           because(gap.because);
}
std::string item_text(const Test& test) {
    std::string text = "test " + to_text(test.title);
    if (test.on) text += " on " + to_string(*test.on);
    if (!test.given.empty())
        text += " given { " +
                list(test.given, ", ",
                     [](const Given& g) { return g.name.text + ": " + to_text(g.value); }) +
                " }";
    return text + " expect " + list(test.expect, ", ", [](const Expectation& e) {
               if (e.undecided) return e.decision.text + " is unknown";
               return e.decision.text + (e.includes ? " includes " : " = ") + set(e.values);
           });
}

}  // namespace

std::string_view to_text(Comparison comparison) {
    switch (comparison) {
        case Comparison::equal: return "=";
        case Comparison::not_equal: return "!=";
        case Comparison::in: return "in";
        case Comparison::not_in: return "not in";
        case Comparison::less: return "<";
        case Comparison::at_most: return "<=";
        case Comparison::greater: return ">";
        case Comparison::at_least: return ">=";
    }
    return {};
}

std::string_view to_text(Policy policy) {
    return to_text(
        static_cast<Keyword>(static_cast<int>(Keyword::unique) + static_cast<int>(policy)));
}

std::string to_text(const Literal& literal) {
    return literal.kind == Literal::Kind::string ? "\"" + literal.text + "\"" : literal.text;
}

std::string to_text(const Atom& atom) {
    const auto& name = atom.attribute.text;
    switch (atom.kind) {
        case Atom::Kind::yesno: return name;
        case Atom::Kind::compare:
            return name + " " + std::string(to_text(atom.comparison)) + " " + set(atom.operands);
        case Atom::Kind::known: return name + " is known";
        case Atom::Kind::unknown: return name + " is unknown";
        case Atom::Kind::mentions: return name + " mentions " + values(atom.operands);
        case Atom::Kind::contains: return name + " contains " + values(atom.operands);
        case Atom::Kind::includes: return name + " includes " + values(atom.operands);
    }
    return {};
}

std::string to_text(const Condition& condition) {
    switch (condition.kind) {
        case Condition::Kind::atom: return to_text(condition.atom);
        case Condition::Kind::negation: return "not " + operand(condition.children.front());
        case Condition::Kind::all: return list(condition.children, " and ", operand);
        case Condition::Kind::any: return list(condition.children, " or ", operand);
    }
    return {};
}

std::string to_text(const Answer& answer) {
    return answer.call ? call(answer.call->function, answer.call->arguments)
                       : values(answer.values);
}

std::string to_text(const Type& type) {
    switch (type.kind) {
        case Type::Kind::named: return type.name;
        case Type::Kind::enumeration: return "{" + names(type.members) + "}";
        case Type::Kind::ordered: return "{" + names(type.members, " < ") + "}";
        case Type::Kind::range: return std::to_string(type.low) + ".." + std::to_string(type.high);
        case Type::Kind::set: return "set of {" + names(type.members) + "}";
    }
    return {};
}

std::string to_text(const Fact& fact) {
    std::string text =
        "fact " + fact.name.text + " = " +
        std::visit([](const auto& source) { return source_of(source); }, fact.source) + " : " +
        to_text(fact.type);
    const auto* plugin = std::get_if<PluginFact>(&fact.source);
    if (plugin && plugin->timeout_ms)
        text += " timeout " + std::to_string(*plugin->timeout_ms) + " ms";
    if (fact.otherwise) text += " else " + to_text(*fact.otherwise);
    return text;
}

std::string to_text(const Rule& rule) {
    std::string text = "rule";
    if (rule.name) text += " " + rule.name->text;
    if (!rule.overrides.empty()) text += " overrides " + names(rule.overrides);
    return text + when(rule.when) + " -> " + to_text(rule.answer) + because(rule.because);
}

std::string to_text(const Item& item) {
    return std::visit([](const auto& node) { return item_text(node); }, item);
}

std::string to_text(const File& file) {
    std::string text = "ruleset " + file.ruleset.text;
    if (file.overlay_of) text += " overlay " + file.overlay_of->text;
    text += " from " + to_string(file.from);
    if (file.until) text += " until " + to_string(*file.until);
    text += "\nschema " + file.schema.text + "\n";
    for (const auto& item : file.items) text += to_text(item) + "\n";
    return text;
}

bool same(const File& a, const File& b) {
    return to_text(a) == to_text(b);
}

}  // namespace pintu::rules::syntax
