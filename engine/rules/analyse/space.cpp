#include "engine/rules/analyse/space.hpp"

#include <algorithm>
#include <set>

#include "engine/rules/evaluate/reads.hpp"

namespace pintu::rules {
namespace {

constexpr std::size_t kListedValues = 4096;  // for answers that are compared with one another

bool may_be_unknown(const Attribute& attribute) {
    if (attribute.source == Attribute::Source::field) return !attribute.required;
    return attribute.source == Attribute::Source::decision || attribute.fallback == kUnknown;
}

}  // namespace

Space::Space(const Program& program, const text::Matcher& matcher)
    : program_(program), matcher_(matcher) {
    part_cells();
    make_terms();
    make_everything();
    make_scopes();
    make_phrases();
}

// As cells_of(), and where answers, limits, offices and competences part the values; an attribute
// that a decision answers with is parted wherever the decision is.
void Space::part_cells() {
    std::vector<CellBuilder> builders;
    for (AttributeId a = 0; a < program_.attributes.size(); ++a) builders.emplace_back(program_, a);
    const auto part = [&](const Condition& when) {
        for_each_atom(when, [&](const Atom& atom) { builders[atom.attribute].part_at(atom); });
    };
    for (const auto& rule : program_.rules) {
        part(rule.when);
        const AttributeId answered = program_.decisions[rule.decision].attribute;
        if (rule.answer.kind == Answer::Kind::constant)
            builders[answered].part_at_value(rule.answer.value);
        if (rule.answer.kind != Answer::Kind::office_for) continue;
        for (const auto& row : program_.offices) {
            builders[rule.answer.category].part_at_node(row.category);
            builders[rule.answer.region].part_at_node(row.region);
        }
    }
    for (const auto& decision : program_.decisions) {
        if (decision.domain.kind != Domain::Kind::category &&
            decision.domain.kind != Domain::Kind::region)
            builders[decision.attribute].part_everywhere(kListedValues);
        for (const auto& limit : decision.limits) {
            part(limit.when);
            builders[decision.attribute].part_at_value(limit.value);
        }
        for (const auto& gap : decision.accepted) part(gap.when);
    }
    for (const auto& proof : program_.proofs)
        for (const auto& claim : proof.claims) {
            if (claim.kind != Claim::Kind::competent) continue;
            for (const auto& unit : program_.units)
                for (const auto& [category, region] : unit.competent) {
                    builders[claim.arguments[1]].part_at_node(category);
                    builders[claim.arguments[2]].part_at_node(region);
                }
        }
    for (AttributeId a = 0; a < builders.size(); ++a)
        if (program_.attributes[a].domain.kind == Domain::Kind::region)
            builders[a].part_at_node(program_.agency_region);
    // Later decisions first: what they are parted at reaches what they answer with.
    for (auto it = program_.order.rbegin(); it != program_.order.rend(); ++it)
        for (const auto& rule : program_.rules)
            if (rule.answer.kind == Answer::Kind::attribute &&
                program_.decisions[rule.decision].attribute == *it)
                builders[rule.answer.attribute].part_as(builders[*it]);
    for (auto& builder : builders) cells_.push_back(builder.build());
}

void Space::make_terms() {
    for (const auto& rule : program_.rules) terms_.push_back(term_of(rule.when));
    for (const auto& decision : program_.decisions) {
        std::vector<Term>& limits = limits_.emplace_back();
        for (const auto& limit : decision.limits) limits.push_back(term_of(limit.when));
        std::vector<Term>& gaps = gaps_.emplace_back();
        for (const auto& gap : decision.accepted) gaps.push_back(term_of(gap.when));
    }
}

Term Space::term_of(const Condition& condition, bool negated) const {
    Term term;
    term.negated = negated;
    switch (condition.kind) {
        case Condition::Kind::always:
            if (negated) term.kind = Term::Kind::any;  // of nothing: F
            return term;
        case Condition::Kind::negation: return term_of(condition.children.front(), !negated);
        case Condition::Kind::all:
        case Condition::Kind::any:
            term.kind = (condition.kind == Condition::Kind::all) != negated ? Term::Kind::all
                                                                            : Term::Kind::any;
            for (const auto& child : condition.children)
                term.children.push_back(term_of(child, negated));
            return term;
        case Condition::Kind::atom: break;
    }
    const Atom& atom = condition.atom;
    term.attribute = atom.attribute;
    term.probe = atom.probe;
    term.kind = Term::Kind::probe;
    if (atom.kind == Atom::Kind::probe) return term;
    term.kind = Term::Kind::opaque;
    if (!cells_[atom.attribute].finite()) return term;
    term.kind = Term::Kind::cells;
    const TruthSets sets = truth_sets(program_, atom, cells_[atom.attribute]);
    term.yes = negated ? ~sets.not_no : sets.yes;
    term.no = negated ? sets.yes : ~sets.not_no;
    term.unknown = sets.not_no;
    term.unknown &= ~sets.yes;
    return term;
}

void Space::make_everything() {
    for (AttributeId a = 0; a < program_.attributes.size(); ++a) {
        const Attribute& attribute = program_.attributes[a];
        CellSet& set = everything_.cells.emplace_back();
        if (!cells_[a].finite()) continue;
        set = CellSet(cells_[a].count(), true);
        if (!may_be_unknown(attribute)) set.remove(kUnknownCell);
        const bool place = attribute.source == Attribute::Source::field &&
                           attribute.domain.kind == Domain::Kind::region;
        if (!place || program_.agency_region < 0) continue;
        CellSet inside(cells_[a].count());
        inside.add_range(cells_[a].of(program_.agency_region),
                         cells_[a].of(program_.regions->last(program_.agency_region)));
        inside.add(kUnknownCell);
        set &= inside;
    }
    everything_.probes.assign(program_.probes.size(), Box::kEither);
}

namespace {

template <class T>
void unite(std::vector<T>& into, const std::vector<T>& from) {
    into.insert(into.end(), from.begin(), from.end());
    std::sort(into.begin(), into.end());
    into.erase(std::unique(into.begin(), into.end()), into.end());
}

}  // namespace

// Decisions come in the program's order, so that what they read is there before them.
void Space::make_scopes() {
    under_.resize(program_.decisions.size());
    for (const auto ordered : program_.order) {
        if (!is_decision(ordered)) continue;
        const std::uint32_t d = program_.attributes[ordered].index;
        Readable scope;
        const auto note = [&](const Atom& atom) {
            if (atom.kind == Atom::Kind::probe) scope.probes.push_back(atom.probe);
        };
        for (const auto& layer : program_.decisions[d].layers)
            for (const auto rule : layer.rules) for_each_atom(program_.rules[rule].when, note);
        for (const auto& limit : program_.decisions[d].limits) for_each_atom(limit.when, note);
        for (const auto& gap : program_.decisions[d].accepted) for_each_atom(gap.when, note);
        unite(scope.probes, {});
        for (const auto attribute : attributes_read(program_, program_.decisions[d]))
            scope = joined(scope, attribute);
        under_[d] = std::move(scope);
    }
}

Readable Space::with_itself(std::uint32_t decision) const {
    Readable scope = under_[decision];
    scope.decisions.push_back(decision);
    return scope;
}

Readable Space::joined(const Readable& scope, AttributeId attribute) const {
    Readable result = scope;
    if (!is_decision(attribute)) {
        unite(result.leaves, {attribute});
        return result;
    }
    const Readable other = with_itself(program_.attributes[attribute].index);
    unite(result.leaves, other.leaves);
    unite(result.probes, other.probes);
    std::vector<std::uint32_t> both = scope.decisions;
    unite(both, other.decisions);
    result.decisions.clear();
    for (const auto ordered : program_.order)
        if (is_decision(ordered) &&
            std::binary_search(both.begin(), both.end(), program_.attributes[ordered].index))
            result.decisions.push_back(program_.attributes[ordered].index);
    return result;
}

void Space::make_phrases() {
    const auto& phrases = matcher_.phrases();
    phrases_of_.resize(program_.probes.size());
    for (std::size_t i = 0; i < phrases.size(); ++i) {
        PhraseVector vector{i, program_.probes[phrases[i].probe].field, {}};
        for (const ProbeId probe : phrases[i].implies)
            if (program_.probes[probe].field == vector.field) vector.hits.push_back(probe);
        for (const auto probe : vector.hits)
            phrases_of_[probe].push_back(static_cast<std::uint32_t>(phrases_.size()));
        phrases_.push_back(std::move(vector));
    }
    for (auto& list : phrases_of_)
        std::stable_sort(list.begin(), list.end(), [&](std::uint32_t a, std::uint32_t b) {
            return phrases_[a].hits.size() < phrases_[b].hits.size();
        });
    for (ProbeId probe = 0; probe < program_.probes.size(); ++probe)
        if (phrases_of_[probe].empty()) everything_.probes[probe] = 0;
}

bool Space::settle(Box& box, ProbeId probe, std::uint8_t answer) const {
    box.probes[probe] = answer;
    const auto allowed = [&](std::uint32_t phrase) {
        return std::none_of(phrases_[phrase].hits.begin(), phrases_[phrase].hits.end(),
                            [&](ProbeId hit) { return box.probes[hit] == 0; });
    };
    const auto reachable = [&](ProbeId other) {
        return std::any_of(phrases_of_[other].begin(), phrases_of_[other].end(), allowed);
    };
    if (answer == 1) return reachable(probe);
    // Whoever shares a phrase with this probe may have lost its last one.
    for (const auto phrase : phrases_of_[probe])
        for (const auto other : phrases_[phrase].hits) {
            if (box.probes[other] == 0 || reachable(other)) continue;
            if (box.probes[other] == 1) return false;
            if (!settle(box, other, 0)) return false;
        }
    return true;
}

std::vector<std::size_t> Space::phrases_for(const Box& box) const {
    std::vector<std::size_t> chosen;
    std::vector<std::uint8_t> hit(box.probes.size(), 0);
    for (ProbeId probe = 0; probe < box.probes.size(); ++probe) {
        if (box.probes[probe] != 1 || hit[probe] != 0) continue;
        for (const auto phrase : phrases_of_[probe]) {
            const auto& hits = phrases_[phrase].hits;
            if (std::any_of(hits.begin(), hits.end(),
                            [&](ProbeId other) { return box.probes[other] == 0; }))
                continue;
            chosen.push_back(phrase);
            for (const auto other : hits) hit[other] = 1;
            break;
        }
    }
    return chosen;
}

std::vector<std::uint8_t> Space::answers_of(const std::vector<std::size_t>& phrases) const {
    std::vector<std::uint8_t> answers(program_.probes.size(), 0);
    for (const auto phrase : phrases)
        for (const auto probe : phrases_[phrase].hits) answers[probe] = 1;
    return answers;
}

std::string Space::compose(AttributeId field, const std::vector<std::size_t>& phrases) const {
    std::vector<std::size_t> own;
    for (const auto phrase : phrases)
        if (phrases_[phrase].field == field) own.push_back(phrases_[phrase].index);
    return own.empty() ? std::string() : matcher_.compose(own);
}

std::vector<std::uint8_t> Space::match(AttributeId field, const std::string& text) const {
    auto answers = matcher_.match(text);
    for (ProbeId probe = 0; probe < answers.size(); ++probe)
        if (program_.probes[probe].field != field) answers[probe] = 0;
    return answers;
}

Cell Space::translated(AttributeId from, Cell cell, AttributeId to) const {
    return cells_[to].of(cells_[from].lowest(cell));
}

}  // namespace pintu::rules
