#include "engine/rules/check/conditions.hpp"

#include <algorithm>

#include "engine/base/nearest.hpp"
#include "engine/rules/check/constants.hpp"
#include "engine/rules/syntax/write.hpp"

namespace pintu::rules {

namespace {

using syntax::Comparison;
using SyntaxAtom = syntax::Atom;

bool is_order(Comparison comparison) {
    return comparison != Comparison::equal && comparison != Comparison::not_equal &&
           comparison != Comparison::in && comparison != Comparison::not_in;
}

bool has_order(const Domain& domain) {
    return domain.kind == Domain::Kind::range || domain.kind == Domain::Kind::duration ||
           domain.ordered;
}

// Does this kind of atom, with this comparison, mean something for the domain?
bool fits(const Domain& domain, const SyntaxAtom& atom) {
    const bool text = domain.kind == Domain::Kind::text;
    const bool set = domain.kind == Domain::Kind::set;
    switch (atom.kind) {
        case SyntaxAtom::Kind::yesno: return domain.kind == Domain::Kind::yesno;
        case SyntaxAtom::Kind::mentions:
        case SyntaxAtom::Kind::contains: return text;
        case SyntaxAtom::Kind::includes: return set;
        case SyntaxAtom::Kind::known:
        case SyntaxAtom::Kind::unknown: return !text;
        case SyntaxAtom::Kind::compare: break;
    }
    return !text && !set && (!is_order(atom.comparison) || has_order(domain));
}

std::string operator_text(const SyntaxAtom& atom) {
    switch (atom.kind) {
        case SyntaxAtom::Kind::mentions: return "mentions";
        case SyntaxAtom::Kind::contains: return "contains";
        case SyntaxAtom::Kind::includes: return "includes";
        case SyntaxAtom::Kind::known: return "is known";
        case SyntaxAtom::Kind::unknown: return "is unknown";
        case SyntaxAtom::Kind::compare: return std::string(syntax::to_text(atom.comparison));
        case SyntaxAtom::Kind::yesno: break;
    }
    return {};
}

// A mend for each type: what may be asked of it.
std::string operators_of(const Domain& domain) {
    switch (domain.kind) {
        case Domain::Kind::text: return "mentions, contains";
        case Domain::Kind::set: return "includes";
        default: break;
    }
    return has_order(domain) ? "=, !=, in, not in, <, <=, >, >=, is known, is unknown"
                             : "=, !=, in, not in, is known, is unknown";
}

void report_misfit(StackScope& scope, const Domain& domain, const SyntaxAtom& atom) {
    const Span& span = atom.attribute.span;
    const std::string type = show_type(domain);
    const bool knownness =
        atom.kind == SyntaxAtom::Kind::known || atom.kind == SyntaxAtom::Kind::unknown;
    if (atom.kind == SyntaxAtom::Kind::yesno)
        scope.diagnostics.error("RU107", span, atom.attribute.text, type, operators_of(domain));
    else if (knownness)
        scope.diagnostics.error("RU109", span, atom.attribute.text);
    else
        scope.diagnostics.error("RU108", span, operator_text(atom), atom.attribute.text, type,
                                operators_of(domain));
}

std::vector<std::string> lexicon_names(const StackScope& scope) {
    std::vector<std::string> names;
    for (const auto& [name, lexicon] : scope.lexicons) names.push_back(name);
    return names;
}

std::optional<std::vector<std::string>> probe_phrases(StackScope& scope, Probe::Kind kind,
                                                      const syntax::Literal& operand) {
    if (kind == Probe::Kind::contains) return std::vector<std::string>{operand.text};
    const auto found = scope.lexicons.find(operand.text);
    const bool is_name = operand.kind == syntax::Literal::Kind::word;
    if (is_name && found != scope.lexicons.end()) return found->second.phrases;
    const std::string near = nearest(operand.text, lexicon_names(scope));
    if (near.empty())
        scope.diagnostics.error("RU110", operand.span, operand.text);
    else
        scope.diagnostics.error("RU111", operand.span, operand.text, near);
    return {};
}

std::optional<ProbeId> probe(StackScope& scope, Probe::Kind kind, AttributeId field,
                             const syntax::Literal& operand) {
    auto phrases = probe_phrases(scope, kind, operand);
    if (!phrases) return {};
    auto& probes = scope.program.probes;
    const auto [at, fresh] = scope.probes.emplace(std::tuple(kind, field, operand.text),
                                                  static_cast<ProbeId>(probes.size()));
    if (fresh) probes.push_back({kind, field, operand.text, std::move(*phrases)});
    return at->second;
}

Condition leaf(Atom atom) {
    Condition condition;
    condition.kind = Condition::Kind::atom;
    condition.atom = std::move(atom);
    return condition;
}

// One probe an operand; any of several.
std::optional<Condition> text_condition(StackScope& scope, const SyntaxAtom& written, Atom atom) {
    atom.kind = Atom::Kind::probe;
    const auto kind =
        written.kind == SyntaxAtom::Kind::contains ? Probe::Kind::contains : Probe::Kind::mentions;
    Condition any;
    any.kind = Condition::Kind::any;
    for (const auto& operand : written.operands) {
        const auto id = probe(scope, kind, atom.attribute, operand);
        if (!id) return {};
        atom.probe = *id;
        SyntaxAtom one = written;
        one.operands = {operand};
        atom.text = syntax::to_text(one);
        any.children.push_back(leaf(atom));
    }
    if (any.children.size() == 1) return any.children.front();
    return any;
}

bool add_operands(StackScope& scope, const std::vector<syntax::Literal>& literals, Atom& atom) {
    const Attribute attribute = scope.program.attributes[atom.attribute];
    bool sound = true;
    for (const auto& literal : literals) {
        const auto constant = resolve_constant(scope, attribute.domain, attribute.name, literal);
        if (!constant) {
            sound = false;
        } else if (!constant->range) {
            atom.operands.push_back(constant->value);
        } else if (is_order(atom.comparison)) {
            scope.diagnostics.error("RU106", literal.span, literal.text, attribute.name);
            sound = false;
        } else {
            atom.ranges.push_back(*constant->range);
        }
    }
    std::sort(atom.operands.begin(), atom.operands.end());
    atom.operands.erase(std::unique(atom.operands.begin(), atom.operands.end()),
                        atom.operands.end());
    return sound;
}

// `= 1..5` means `in 1..5`.
void widen(Atom& atom) {
    if (atom.ranges.empty()) return;
    if (atom.comparison == Comparison::equal) atom.comparison = Comparison::in;
    if (atom.comparison == Comparison::not_equal) atom.comparison = Comparison::not_in;
}

std::optional<Condition> resolve_atom(StackScope& scope, const SyntaxAtom& written,
                                      const Span& span) {
    const auto id = scope.find(written.attribute);
    if (!id) return {};
    const Attribute attribute = scope.program.attributes[*id];
    if (!fits(attribute.domain, written)) {
        report_misfit(scope, attribute.domain, written);
        return {};
    }
    Atom atom;
    atom.attribute = *id;
    atom.comparison = written.comparison;
    atom.text = syntax::to_text(written);
    atom.span = span;
    switch (written.kind) {
        case SyntaxAtom::Kind::mentions:
        case SyntaxAtom::Kind::contains: return text_condition(scope, written, std::move(atom));
        case SyntaxAtom::Kind::known: atom.kind = Atom::Kind::known; break;
        case SyntaxAtom::Kind::unknown: atom.kind = Atom::Kind::unknown; break;
        case SyntaxAtom::Kind::yesno:
            atom.comparison = Comparison::equal;
            atom.operands = {1};
            break;
        case SyntaxAtom::Kind::includes: {
            const auto set = resolve_set(scope, attribute.domain, attribute.name, written.operands);
            if (!set) return {};
            atom.kind = Atom::Kind::includes;
            atom.operands = {*set};
            break;
        }
        case SyntaxAtom::Kind::compare:
            if (!add_operands(scope, written.operands, atom)) return {};
            widen(atom);
            break;
    }
    return leaf(std::move(atom));
}

bool implies_known(const Condition& condition, AttributeId attribute, bool holds) {
    switch (condition.kind) {
        case Condition::Kind::always: return false;
        case Condition::Kind::atom:
            if (condition.atom.kind == Atom::Kind::probe) return false;
            if (condition.atom.attribute != attribute) return false;
            if (condition.atom.kind == Atom::Kind::known) return holds;
            if (condition.atom.kind == Atom::Kind::unknown) return !holds;
            return true;  // R3: T and F both need a known value
        case Condition::Kind::negation:
            return implies_known(condition.children.front(), attribute, !holds);
        case Condition::Kind::all:
        case Condition::Kind::any: break;
    }
    const auto one = [&](const Condition& c) { return implies_known(c, attribute, holds); };
    const auto& children = condition.children;
    const bool one_is_enough = (condition.kind == Condition::Kind::all) == holds;
    return one_is_enough ? std::any_of(children.begin(), children.end(), one)
                         : std::all_of(children.begin(), children.end(), one);
}

// R12
std::optional<Answer> office_answer(StackScope& scope, const Decision& decision,
                                    const syntax::Answer::Call& call, const Span& span) {
    if (call.function.text != "office_for") {
        scope.diagnostics.error("RU114", call.function.span, call.function.text);
        return {};
    }
    if (decision.domain.kind != Domain::Kind::unit || call.arguments.size() != 2) {
        scope.diagnostics.error("RU115", span, decision.name, show_type(decision.domain));
        return {};
    }
    const auto category = scope.find(call.arguments[0]);
    const auto region = scope.find(call.arguments[1]);
    if (!category || !region) return {};
    const auto kind = [&](AttributeId id) { return scope.attribute(id).domain.kind; };
    if (kind(*category) != Domain::Kind::category || kind(*region) != Domain::Kind::region) {
        scope.diagnostics.error("RU115", span, decision.name, show_type(decision.domain));
        return {};
    }
    Answer answer;
    answer.kind = Answer::Kind::office_for;
    answer.category = *category;
    answer.region = *region;
    return answer;
}

bool never_unknown(const Attribute& attribute) {
    switch (attribute.source) {
        case Attribute::Source::field: return attribute.required;
        case Attribute::Source::fact: return attribute.fallback != kUnknown;
        case Attribute::Source::decision: break;
    }
    return true;  // a decision that could stay undecided is an error of its own (R13)
}

std::optional<Answer> attribute_answer(StackScope& scope, const Decision& decision, AttributeId id,
                                       const syntax::Literal& word, const Condition& when) {
    const Attribute& attribute = scope.attribute(id);
    if (!(attribute.domain == decision.domain)) {
        scope.diagnostics.error("RU112", word.span, word.text, show_type(attribute.domain),
                                decision.name, show_type(decision.domain));
        return {};
    }
    if (!never_unknown(attribute) && !implies_known(when, id, true)) {
        scope.diagnostics.error("RU116", word.span, word.text);
        return {};
    }
    Answer answer;
    answer.kind = Answer::Kind::attribute;
    answer.attribute = id;
    return answer;
}

bool is_constant(StackScope& scope, const Domain& domain, const syntax::Literal& word) {
    if (domain.kind == Domain::Kind::set)
        return std::find(domain.members.begin(), domain.members.end(), word.text) !=
               domain.members.end();
    // A stack without a registry takes any name for a unit: an attribute's comes first there.
    if (domain.kind == Domain::Kind::unit) return scope.program.read(domain, word.text).has_value();
    return try_constant(scope, domain, word).has_value();
}

// R2: a constant of the decision's type, or the name of an attribute of that type; never both.
std::optional<Answer> word_answer(StackScope& scope, const Decision& decision,
                                  const syntax::Literal& word, const Condition& when) {
    const auto found = scope.attributes.find(word.text);
    const bool attribute = word.kind == syntax::Literal::Kind::word &&
                           found != scope.attributes.end() &&
                           scope.attribute(found->second).domain.kind != Domain::Kind::text;
    const bool constant = is_constant(scope, decision.domain, word);
    if (attribute && !constant) return attribute_answer(scope, decision, found->second, word, when);
    if (attribute && scope.attribute(found->second).domain == decision.domain) {
        scope.diagnostics.error("RU117", word.span, word.text, show_type(decision.domain));
        return {};
    }
    const auto value = decision.domain.kind == Domain::Kind::set
                           ? resolve_set(scope, decision.domain, decision.name, {word})
                           : resolve_value(scope, decision.domain, decision.name, word);
    if (!value) return {};
    Answer answer;
    answer.value = *value;
    return answer;
}

}  // namespace

std::optional<Condition> resolve_condition(StackScope& scope, const syntax::Condition& condition) {
    if (condition.kind == syntax::Condition::Kind::atom)
        return resolve_atom(scope, condition.atom, condition.span);
    Condition result;
    switch (condition.kind) {
        case syntax::Condition::Kind::any: result.kind = Condition::Kind::any; break;
        case syntax::Condition::Kind::negation: result.kind = Condition::Kind::negation; break;
        default: result.kind = Condition::Kind::all; break;
    }
    bool sound = true;
    for (const auto& child : condition.children) {
        auto resolved = resolve_condition(scope, child);
        if (resolved) result.children.push_back(std::move(*resolved));
        sound = sound && resolved.has_value();
    }
    if (!sound) return {};
    return result;
}

std::optional<Condition> resolve_when(StackScope& scope,
                                      const std::optional<syntax::Condition>& condition) {
    if (!condition) return Condition{};
    return resolve_condition(scope, *condition);
}

std::optional<Atom> value_atom(StackScope& scope, AttributeId attribute,
                               const std::vector<syntax::Literal>& values, const Span& span) {
    Atom atom;
    atom.attribute = attribute;
    atom.comparison = Comparison::in;
    atom.span = span;
    if (!add_operands(scope, values, atom)) return {};
    const auto kind = scope.attribute(attribute).domain.kind;
    const bool tree = kind == Domain::Kind::category || kind == Domain::Kind::region;
    if (!tree && atom.ranges.empty() && atom.operands.size() == 1)
        atom.comparison = Comparison::equal;
    SyntaxAtom written;
    written.kind = SyntaxAtom::Kind::compare;
    written.attribute = {scope.attribute(attribute).name, span};
    written.comparison = atom.comparison;
    written.operands = values;
    atom.text = syntax::to_text(written);
    return atom;
}

std::optional<Answer> resolve_answer(StackScope& scope, const Decision& decision,
                                     const syntax::Answer& answer, const Condition& when) {
    if (answer.call) return office_answer(scope, decision, *answer.call, answer.span);
    if (answer.values.size() == 1) return word_answer(scope, decision, answer.values.front(), when);
    if (decision.domain.kind != Domain::Kind::set) {
        scope.diagnostics.error("RU113", answer.span, decision.name);
        return {};
    }
    const auto set = resolve_set(scope, decision.domain, decision.name, answer.values);
    if (!set) return {};
    Answer result;
    result.value = *set;
    return result;
}

bool implies_known(const Condition& condition, AttributeId attribute) {
    return implies_known(condition, attribute, true);
}

}  // namespace pintu::rules
