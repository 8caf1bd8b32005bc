#include "engine/rules/check/whole.hpp"

#include <algorithm>
#include <set>

#include "engine/base/cycle.hpp"
#include "engine/rules/evaluate/examples.hpp"
#include "engine/rules/evaluate/oracle.hpp"
#include "engine/rules/evaluate/reads.hpp"

namespace pintu::rules {

namespace {

std::vector<std::vector<std::size_t>> needs_of(const Program& program) {
    std::vector<std::vector<std::size_t>> needs(program.attributes.size());
    for (const Fact& fact : program.facts)
        needs[fact.attribute].assign(fact.arguments.begin(), fact.arguments.end());
    for (const Decision& decision : program.decisions) {
        const auto reads = attributes_read(program, decision);
        needs[decision.attribute].assign(reads.begin(), reads.end());
    }
    return needs;
}

// Where the attribute is written: of a decision its block, of a fact whatever file has it.
Span span_of(const StackScope& scope, AttributeId id) {
    const Attribute& attribute = scope.program.attributes[id];
    if (attribute.source == Attribute::Source::decision)
        return scope.program.decisions[attribute.index].span;
    for (const ActiveFile& file : scope.files)
        for (const auto& item : file.file->items)
            if (const auto* fact = std::get_if<syntax::Fact>(&item))
                if (fact->name.text == attribute.name) return fact->name.span;
    return {};
}

std::string node_name(const registry::Tree& tree, std::int32_t node) {
    return node < 0 ? "-" : tree.name(node);
}

class Ties {
  public:
    explicit Ties(StackScope& scope) : scope_(scope), program_(scope.program) {}

    void check() {
        const auto& rows = program_.offices;
        for (std::size_t i = 0; i < rows.size(); ++i)
            for (std::size_t j = i + 1; j < rows.size() && same_place(rows[i], rows[j]); ++j)
                if (rows[i].unit != rows[j].unit) check_tie(i, j);
    }

  private:
    static bool same_place(const OfficeRow& a, const OfficeRow& b) {
        return a.category == b.category && a.region == b.region;
    }

    void check_tie(std::size_t first, std::size_t second) {
        for (const Rule& rule : program_.rules) {
            if (rule.answer.kind != Answer::Kind::office_for || !reaches(rule, first)) continue;
            const OfficeRow& row = program_.offices[second];
            scope_.diagnostics.error("RU167", rule.span, name_of(first), name_of(second),
                                     node_name(*program_.categories, row.category),
                                     node_name(*program_.regions, row.region), place_of(first),
                                     place_of(second));
            return;
        }
    }

    std::string name_of(std::size_t row) const {
        return program_.show(Domain{Domain::Kind::unit, {}, false, 0, 0},
                             program_.offices[row].unit);
    }

    std::string place_of(std::size_t row) const {
        const auto& units = scope_.stack.registries.front()->units;
        return scope_.place(units[static_cast<std::size_t>(program_.offices[row].unit)].span);
    }

    // Is there a report on which the rule fires and this row is the one that is read?
    bool reaches(const Rule& rule, std::size_t row) {
        std::vector<std::pair<AttributeId, Code>> also = {{rule.answer.category, 0},
                                                          {rule.answer.region, 0}};
        for (const OfficeRow& office : program_.offices) {
            if (office.category >= 0) also.emplace_back(rule.answer.category, office.category);
            if (office.region >= 0) also.emplace_back(rule.answer.region, office.region);
        }
        const auto holds = [&](const Input& input) { return read_row(rule, input) == row; };
        return find_example(program_, {{&rule.when, true}}, also, holds).possible != Possible::no;
    }

    std::size_t read_row(const Rule& rule, const Input& input) const {
        const Code category = input.values[rule.answer.category];
        const Code region = input.values[rule.answer.region];
        if (category == kUnknown || region == kUnknown) return program_.offices.size();
        for (std::size_t i = 0; i < program_.offices.size(); ++i) {
            const OfficeRow& row = program_.offices[i];
            if ((row.category < 0 || program_.categories->below(category, row.category)) &&
                (row.region < 0 || program_.regions->below(region, row.region)))
                return i;
        }
        return program_.offices.size();
    }

    StackScope& scope_;
    const Program& program_;
};

class Incomparable {
  public:
    Incomparable(StackScope& scope, const Decision& decision)
        : scope_(scope), program_(scope.program), decision_(decision) {}

    void check() {
        find_readers();
        if (all_ordered()) return;
        const bool compares = decision_.policy == syntax::Policy::shortest ||
                              decision_.policy == syntax::Policy::longest;
        for (const auto& layer : decision_.layers) {
            if (compares) check_pairs(layer);
            for (const RuleId id : layer.rules) check_rule(program_.rules[id]);
            if (layer.otherwise != kNone) check_rule(program_.rules[layer.otherwise]);
        }
    }

  private:
    void find_readers() {
        for (const Rule& reader : program_.rules)
            for_each_atom(reader.when, [&](const Atom& atom) {
                if (atom.kind == Atom::Kind::compare && atom.attribute == decision_.attribute)
                    readers_.push_back(&atom);
            });
    }

    // Nearly always so: then there is no pair to look at.
    bool all_ordered() const {
        std::set<Code> values;
        for (const Rule& rule : program_.rules)
            if (&program_.decisions[rule.decision] == &decision_ &&
                rule.answer.kind == Answer::Kind::constant)
                values.insert(rule.answer.value);
        for (const Limit& limit : decision_.limits) values.insert(limit.value);
        for (const Atom* atom : readers_)
            values.insert(atom->operands.begin(), atom->operands.end());
        for (const Code a : values)
            for (const Code b : values)
                if (unordered(a, b)) return false;
        return true;
    }

    bool unordered(Code a, Code b) const {
        return compare(decision_.domain, a, b) == std::partial_ordering::unordered;
    }

    void check_pairs(const DecisionLayer& layer) {
        for (std::size_t i = 0; i < layer.rules.size(); ++i)
            for (std::size_t j = i + 1; j < layer.rules.size(); ++j)
                check_pair(program_.rules[layer.rules[i]], program_.rules[layer.rules[j]]);
    }

    void check_pair(const Rule& a, const Rule& b) {
        if (a.answer.kind != Answer::Kind::constant || b.answer.kind != Answer::Kind::constant)
            return;
        if (unordered(a.answer.value, b.answer.value))
            report(b.span, {b.answer.value, a.answer.value}, a.at, {{&a.when}, {&b.when}});
    }

    // What the rule answers, against limits and against the atoms that read the decision.
    void check_rule(const Rule& rule) {
        if (rule.answer.kind != Answer::Kind::constant) return;
        const Code value = rule.answer.value;
        for (const Limit& limit : decision_.limits)
            if (limit.bound != syntax::Bound::includes && unordered(value, limit.value))
                report(rule.span, {value, limit.value}, limit.at, {{&rule.when}, {&limit.when}});
        for (const Atom* atom : readers_) check_atom(*atom, rule);
    }

    void check_atom(const Atom& atom, const Rule& rule) {
        for (const Code operand : atom.operands)
            if (unordered(rule.answer.value, operand))
                report(atom.span, {operand, rule.answer.value}, rule.at, {{&rule.when}});
    }

    void report(const Span& span, const std::pair<Code, Code>& values, const std::string& at,
                const std::vector<Wish>& wishes) {
        if (reported_ == kMostReported) return;  // each may cost the whole budget of a search
        const Example example = find_example(program_, wishes);
        if (example.possible == Possible::no) return;
        ++reported_;
        const std::string first = program_.show(decision_.domain, values.first);
        const std::string second = program_.show(decision_.domain, values.second);
        if (example.possible == Possible::not_proved)
            scope_.diagnostics.error("RU169", span, decision_.name, first, second, at);
        else
            scope_.diagnostics.error("RU168", span, decision_.name, first, second, at,
                                     show_example(program_, example));
    }

    StackScope& scope_;
    const Program& program_;
    const Decision& decision_;
    static constexpr std::size_t kMostReported = 10;
    std::size_t reported_ = 0;
    std::vector<const Atom*> readers_;  // atoms that compare this decision with constants
};

}  // namespace

void order_by_reading(StackScope& scope) {
    Program& program = scope.program;
    const Ordering ordering = order_by_need(needs_of(program));
    for (const auto id : ordering.order)
        if (program.attributes[id].source != Attribute::Source::field)
            program.order.push_back(static_cast<AttributeId>(id));
    if (ordering.cycle.empty()) return;
    std::string circle;
    for (const auto id : ordering.cycle) circle += program.attributes[id].name + " -> ";
    const auto first = static_cast<AttributeId>(ordering.cycle.front());
    scope.diagnostics.error("RU164", span_of(scope, first),
                            circle + program.attributes[first].name);
}

void check_office_ties(StackScope& scope) {
    if (!scope.stack.registries.empty()) Ties(scope).check();
}

void check_incomparable(StackScope& scope) {
    for (const Decision& decision : scope.program.decisions)
        if (decision.domain.kind == Domain::Kind::duration) Incomparable(scope, decision).check();
}

}  // namespace pintu::rules
