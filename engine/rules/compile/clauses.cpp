#include "engine/rules/compile/clauses.hpp"

#include <algorithm>
#include <set>

#include "engine/rules/evaluate/reads.hpp"

namespace pintu::rules {
namespace {

constexpr std::size_t kMostJoined = 3;
constexpr std::size_t kMostJointCells = 4096;

Condition negation(Condition condition) {
    if (condition.kind == Condition::Kind::negation) return std::move(condition.children.front());
    Condition result;
    result.kind = Condition::Kind::negation;
    result.children.push_back(std::move(condition));
    return result;
}

void flatten(const Condition& condition, bool negated, std::vector<Condition>& out) {
    switch (condition.kind) {
        case Condition::Kind::always:
            if (!negated) return;
            break;
        case Condition::Kind::atom: break;
        case Condition::Kind::negation: return flatten(condition.children.front(), !negated, out);
        case Condition::Kind::all:
        case Condition::Kind::any:
            if ((condition.kind == Condition::Kind::any) != negated) break;
            for (const auto& child : condition.children) flatten(child, negated, out);
            return;
    }
    out.push_back(negated ? negation(condition) : condition);
}

// All of whose atoms are probes, joined by `or`.
bool any_of_probes(const Condition& condition) {
    if (condition.kind == Condition::Kind::atom) return condition.atom.kind == Atom::Kind::probe;
    return condition.kind == Condition::Kind::any &&
           std::all_of(condition.children.begin(), condition.children.end(), any_of_probes);
}

bool fits_an_axis(const std::set<AttributeId>& attributes, bool reads_text,
                  const std::vector<AttributeCells>& cells) {
    if (reads_text || attributes.empty() || attributes.size() > kMostJoined) return false;
    std::size_t joint = 1;
    for (const auto attribute : attributes) {
        if (!cells[attribute].finite()) return false;
        joint *= cells[attribute].count();
    }
    return attributes.size() == 1 || joint <= kMostJointCells;
}

TruthSets negated(TruthSets sets) {
    return {~sets.not_no, ~sets.yes};
}

TruthSets atom_sets(const Program& program, const Atom& atom, const Axis& axis,
                    const std::vector<AttributeCells>& cells) {
    TruthSets single = truth_sets(program, atom, cells[atom.attribute]);
    if (axis.attributes.size() == 1) return single;
    TruthSets joint{CellSet(axis.class_of.size()), CellSet(axis.class_of.size())};
    const auto at = std::find(axis.attributes.begin(), axis.attributes.end(), atom.attribute);
    const auto stride = axis.strides[static_cast<std::size_t>(at - axis.attributes.begin())];
    for (std::size_t cell = 0; cell < axis.class_of.size(); ++cell) {
        const auto own = cell / stride % cells[atom.attribute].count();
        if (single.yes.has(own)) joint.yes.add(cell);
        if (single.not_no.has(own)) joint.not_no.add(cell);
    }
    return joint;
}

}  // namespace

std::vector<Condition> conjuncts(const Condition& condition) {
    std::vector<Condition> out;
    flatten(condition, false, out);
    return out;
}

Clauses split(const Condition& condition, const std::vector<AttributeCells>& cells) {
    Clauses clauses;
    for (auto& clause : conjuncts(condition)) {
        if (any_of_probes(clause) && !clauses.has_literals) {
            clauses.has_literals = true;
            for_each_atom(clause,
                          [&](const Atom& atom) { clauses.literals.push_back(atom.probe); });
            continue;
        }
        bool reads_text = false;
        std::set<AttributeId> attributes;
        for_each_atom(clause, [&](const Atom& atom) {
            if (atom.kind == Atom::Kind::probe)
                reads_text = true;
            else
                attributes.insert(atom.attribute);
        });
        if (fits_an_axis(attributes, reads_text, cells))
            clauses.sets.push_back({{attributes.begin(), attributes.end()}, std::move(clause)});
        else
            clauses.checks.push_back(std::move(clause));
    }
    return clauses;
}

TruthSets truth_sets(const Program& program, const Condition& condition, const Axis& axis,
                     const std::vector<AttributeCells>& cells) {
    const std::size_t size = axis.class_of.size();
    switch (condition.kind) {
        case Condition::Kind::always: return {CellSet(size, true), CellSet(size, true)};
        case Condition::Kind::atom: return atom_sets(program, condition.atom, axis, cells);
        case Condition::Kind::negation:
            return negated(truth_sets(program, condition.children.front(), axis, cells));
        case Condition::Kind::all:
        case Condition::Kind::any: break;
    }
    const bool all = condition.kind == Condition::Kind::all;
    TruthSets result{CellSet(size, all), CellSet(size, all)};
    for (const auto& child : condition.children) {
        const TruthSets sets = truth_sets(program, child, axis, cells);
        if (all) {
            result.yes &= sets.yes;
            result.not_no &= sets.not_no;
        } else {
            result.yes |= sets.yes;
            result.not_no |= sets.not_no;
        }
    }
    return result;
}

}  // namespace pintu::rules
