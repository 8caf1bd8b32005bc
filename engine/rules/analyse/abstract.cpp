#include "engine/rules/analyse/abstract.hpp"

#include <algorithm>

#include "engine/rules/evaluate/oracle.hpp"

namespace pintu::rules {
namespace {

constexpr std::size_t kManyPlaces = 4096;  // pairs of cells looked at for one office_for

bool single(Truths truths) {
    return (truths & (truths - 1)) == 0;
}

Truths flipped(Truths truths) {
    return static_cast<Truths>((truths & kMaybe) | ((truths & kNo) << 2) | ((truths & kYes) >> 2));
}

// Kleene's `and` of independent children.
Truths joined(const std::vector<Truths>& children) {
    bool all_yes = true;
    bool some_maybe = false;
    bool none_only_no = true;
    bool some_no = false;
    for (const Truths child : children) {
        all_yes = all_yes && (child & kYes) != 0;
        some_no = some_no || (child & kNo) != 0;
        some_maybe = some_maybe || (child & kMaybe) != 0;
        none_only_no = none_only_no && (child & (kYes | kMaybe)) != 0;
    }
    Truths result = all_yes ? kYes : Truths{0};
    if (some_no) result |= kNo;
    if (some_maybe && none_only_no) result |= kMaybe;
    return result;
}

Truths of_probe(std::uint8_t answer, bool negated) {
    if (answer == Box::kEither) return kNo | kYes;
    return (answer == 1) != negated ? kYes : kNo;
}

CellSet common(CellSet a, const CellSet& b) {
    a &= b;
    return a;
}

}  // namespace

Abstract::Abstract(const Space& space) : space_(space), program_(space.program()) {}

Truths Abstract::truths(const Term& term, const Box& box) const {
    switch (term.kind) {
        case Term::Kind::always: return kYes;
        case Term::Kind::opaque: return kNo | kMaybe | kYes;
        case Term::Kind::probe: return of_probe(box.probes[term.probe], term.negated);
        case Term::Kind::cells: {
            const CellSet& cells = box.cells[term.attribute];
            return static_cast<Truths>((cells.meets(term.yes) ? kYes : 0) |
                                       (cells.meets(term.unknown) ? kMaybe : 0) |
                                       (cells.meets(term.no) ? kNo : 0));
        }
        case Term::Kind::all:
        case Term::Kind::any: break;
    }
    const bool all = term.kind == Term::Kind::all;
    std::vector<Truths> children;
    children.reserve(term.children.size());
    for (const auto& child : term.children) {
        const Truths one = truths(child, box);
        if (one == (all ? kNo : kYes)) return one;
        children.push_back(all ? one : flipped(one));
    }
    return all ? joined(children) : flipped(joined(children));
}

Truths Abstract::answer_truths(const Answer& answer, const Box& box) const {
    if (answer.kind == Answer::Kind::constant) return kYes;
    const auto known = [&](AttributeId attribute) {
        const CellSet& cells = box.cells[attribute];
        if (cells.size() == 0) return Truths{kYes | kMaybe};
        Truths result = cells.has(kUnknownCell) ? kMaybe : Truths{0};
        if (cells.count() > (cells.has(kUnknownCell) ? 1U : 0U)) result |= kYes;
        return result;
    };
    if (answer.kind == Answer::Kind::attribute) return known(answer.attribute);
    const Truths arguments = joined({known(answer.category), known(answer.region)});
    if ((arguments & kYes) == 0) return arguments;
    const CellSet units = offices(answer, box, kNone);
    Truths result = arguments & kMaybe;
    if (units.has(kUnknownCell)) result |= kNo;
    if (units.count() > (units.has(kUnknownCell) ? 1U : 0U)) result |= kYes;
    return result;
}

// Cells of units, one more than their code; kUnknownCell where no row fits.
CellSet Abstract::offices(const Answer& answer, const Box& box, AttributeId decided) const {
    CellSet units(decided == kNone ? program_.units.size() + 1 : space_.cells(decided).count());
    const CellSet& categories = box.cells[answer.category];
    const CellSet& regions = box.cells[answer.region];
    const auto add = [&](Code unit) {
        if (unit == kUnknown)
            units.add(kUnknownCell);
        else
            units.add(decided == kNone ? static_cast<std::size_t>(unit) + 1
                                       : space_.cells(decided).of(unit));
    };
    if (categories.count() * regions.count() > kManyPlaces) {
        for (const auto& row : program_.offices) add(row.unit);
        add(kUnknown);
        return units;
    }
    Input input;
    input.values.resize(program_.attributes.size());
    categories.each([&](std::size_t k) {
        regions.each([&](std::size_t w) {
            if (k == kUnknownCell || w == kUnknownCell) return;
            input.values[answer.category] =
                space_.cells(answer.category).lowest(static_cast<Cell>(k));
            input.values[answer.region] = space_.cells(answer.region).lowest(static_cast<Cell>(w));
            add(answer_of(program_, answer, input));
        });
    });
    return units;
}

Truths Abstract::truths(RuleId rule, const Box& box) const {
    const Truths when = truths(space_.term(rule), box);
    const Answer& answer = program_.rules[rule].answer;
    if (answer.kind == Answer::Kind::constant || when == kNo) return when;
    return joined({when, answer_truths(answer, box)});
}

CellSet Abstract::answers(RuleId id, const Box& box) const {
    const Rule& rule = program_.rules[id];
    const AttributeId decided = program_.decisions[rule.decision].attribute;
    const AttributeCells& cells = space_.cells(decided);
    CellSet result(cells.count());
    if (!cells.finite()) return result;
    switch (rule.answer.kind) {
        case Answer::Kind::constant: result.add(cells.of(rule.answer.value)); break;
        case Answer::Kind::attribute:
            box.cells[rule.answer.attribute].each([&](std::size_t cell) {
                if (cell != kUnknownCell)
                    result.add(
                        space_.translated(rule.answer.attribute, static_cast<Cell>(cell), decided));
            });
            break;
        case Answer::Kind::office_for:
            result = offices(rule.answer, box, decided);
            result.remove(kUnknownCell);
            break;
    }
    return result;
}

void Abstract::forward(Box& box, const std::vector<std::uint32_t>& decisions) const {
    for (const auto other : decisions)
        box.cells[program_.decisions[other].attribute] = values(other, box);
}

Abstract::View Abstract::view(const DecisionLayer& layer, const Box& box) const {
    View view;
    std::vector<RuleId> aside;
    for (const auto id : layer.rules) {
        const Truths one = truths(id, box);
        if ((one & kNo) == 0) view.all_may_be_no = false;
        if ((one & kMaybe) != 0) view.some_may_be_unknown = true;
        if ((one & kYes) == 0) continue;
        view.candidates.push_back(id);
        view.truths.push_back(one);
        if (one != kYes) continue;
        view.some_sure = true;
        const auto& others = program_.rules[id].overrides;
        aside.insert(aside.end(), others.begin(), others.end());
    }
    for (std::size_t i = view.candidates.size(); i-- > 0;) {
        if (std::find(aside.begin(), aside.end(), view.candidates[i]) == aside.end()) continue;
        view.candidates.erase(view.candidates.begin() + static_cast<std::ptrdiff_t>(i));
        view.truths.erase(view.truths.begin() + static_cast<std::ptrdiff_t>(i));
    }
    return view;
}

void Abstract::add_first(const View& view, const Box& box, CellSet& values) const {
    for (std::size_t i = 0; i < view.candidates.size(); ++i) {
        values |= answers(view.candidates[i], box);
        if (view.truths[i] == kYes) return;
    }
}

void Abstract::add_candidates(const Decision& decision, const View& view, const Box& box,
                              CellSet& values) const {
    CellSet mine(values.size());
    bool constant = true;
    for (const auto id : view.candidates) {
        mine |= answers(id, box);
        constant = constant && program_.rules[id].answer.kind == Answer::Kind::constant;
    }
    if (decision.policy == syntax::Policy::unique) {
        bool equal = constant;
        for (const auto id : view.candidates)
            equal = equal && program_.rules[id].answer.value ==
                                 program_.rules[view.candidates.front()].answer.value;
        if (!equal && view.candidates.size() > 1) mine.add(kUnknownCell);
    } else if (decision.domain.kind == Domain::Kind::duration && view.candidates.size() > 1) {
        mine.add(kUnknownCell);  // perhaps without an order
    }
    values |= mine;
}

// What the layer may say; whether the next one may be asked.
bool Abstract::add_layer(const Decision& decision, const DecisionLayer& layer, const Box& box,
                         CellSet& values) const {
    const View found = view(layer, box);
    if (decision.policy == syntax::Policy::first)
        add_first(found, box, values);
    else
        add_candidates(decision, found, box, values);
    if (found.some_sure) return false;
    if (layer.otherwise == kNone) return true;
    const Truths answer = answer_truths(program_.rules[layer.otherwise].answer, box);
    const bool fires = layer.even_if_unknown || found.all_may_be_no;
    if (fires && (answer & kYes) != 0) values |= answers(layer.otherwise, box);
    return answer != kYes || (!layer.even_if_unknown && found.some_may_be_unknown);
}

CellSet Abstract::collected(const Decision& decision, const Box& box) const {
    Code surely = 0;
    Code perhaps = 0;
    const auto take = [&](RuleId id, bool sure) {
        const Answer& answer = program_.rules[id].answer;
        if (answer.kind != Answer::Kind::constant) {
            answers(id, box).each([&](std::size_t cell) {
                perhaps |= space_.cells(decision.attribute).lowest(static_cast<Cell>(cell));
            });
            return;
        }
        perhaps |= answer.value;
        if (sure) surely |= answer.value;
    };
    for (const auto& layer : decision.layers) {
        const View found = view(layer, box);
        bool overridden = false;
        for (const auto id : layer.rules)
            overridden = overridden || !program_.rules[id].overrides.empty();
        for (std::size_t i = 0; i < found.candidates.size(); ++i)
            take(found.candidates[i], found.truths[i] == kYes && !overridden);
        const bool fires = layer.even_if_unknown || found.all_may_be_no;
        if (layer.otherwise != kNone && fires && !found.some_sure) take(layer.otherwise, false);
    }
    const AttributeCells& cells = space_.cells(decision.attribute);
    CellSet result(cells.count());
    for (Cell cell = 1; cell < cells.count(); ++cell) {
        const Code value = cells.lowest(cell);
        if ((value & surely) == surely && (value & ~perhaps) == 0) result.add(cell);
    }
    return result;
}

CellSet Abstract::limited(std::uint32_t d, CellSet values, const Box& box) const {
    const Decision& decision = program_.decisions[d];
    const AttributeCells& cells = space_.cells(decision.attribute);
    for (std::size_t i = 0; i < decision.limits.size(); ++i) {
        const Truths holds = truths(space_.limit_terms(d)[i], box);
        if ((holds & kYes) == 0) continue;
        const Limit& limit = decision.limits[i];
        CellSet cut(values.size());
        values.each([&](std::size_t at) {
            if (holds != kYes || at == kUnknownCell) cut.add(at);
            if (at == kUnknownCell) return;
            const Code value = cells.lowest(static_cast<Cell>(at));
            const auto order = compare(decision.domain, value, limit.value);
            Code after = value;
            if (limit.bound == syntax::Bound::includes)
                after |= limit.value;
            else if (limit.bound == syntax::Bound::at_most ? order > 0 : order < 0)
                after = limit.value;
            cut.add(cells.of(after));
        });
        values = std::move(cut);
    }
    return values;
}

CellSet Abstract::values(std::uint32_t d, const Box& box) const {
    const Decision& decision = program_.decisions[d];
    const AttributeCells& cells = space_.cells(decision.attribute);
    if (!cells.finite()) return {};
    if (decision.policy == syntax::Policy::collect)
        return limited(d, collected(decision, box), box);
    CellSet values(cells.count());
    bool open = true;
    for (const auto& layer : decision.layers) {
        open = add_layer(decision, layer, box, values);
        if (!open) break;
    }
    if (open) values.add(kUnknownCell);
    return limited(d, std::move(values), box);
}

std::optional<Split> Abstract::split(const Term& term, const Box& box, Truths wanted) const {
    switch (term.kind) {
        case Term::Kind::always: return {};
        case Term::Kind::opaque:
            return space_.is_decision(term.attribute)
                       ? split_any(space_.under(program_.attributes[term.attribute].index), box)
                       : std::nullopt;
        case Term::Kind::probe: {
            if (box.probes[term.probe] != Box::kEither) return {};
            Split split;
            split.of_probe = true;
            split.probe = term.probe;
            split.yes_first = ((wanted & kYes) != 0) != term.negated;
            return split;
        }
        case Term::Kind::cells: {
            if (single(truths(term, box))) return {};
            std::vector<const CellSet*> parts;
            for (const Truths want : {wanted, static_cast<Truths>(~wanted)})
                for (const auto& [truth, set] :
                     {std::pair{kYes, &term.yes}, {kMaybe, &term.unknown}, {kNo, &term.no}})
                    if ((want & truth) != 0) parts.push_back(set);
            return split_cells(term.attribute, box, parts);
        }
        case Term::Kind::all:
        case Term::Kind::any: break;
    }
    for (const auto& child : term.children)
        if (!single(truths(child, box)))
            if (auto found = split(child, box, wanted)) return found;
    return {};
}

std::optional<Split> Abstract::split(RuleId id, const Box& box, Truths wanted) const {
    if (auto found = split(space_.term(id), box, wanted)) return found;
    return split_answer(program_.rules[id].answer, box, nullptr, kNone);
}

std::optional<Split> Abstract::split_cells(AttributeId attribute, const Box& box,
                                           const std::vector<const CellSet*>& parts) const {
    if (space_.is_decision(attribute)) {
        for (const CellSet* part : parts)
            if (box.cells[attribute].meets(*part))
                return split_decision(program_.attributes[attribute].index, box, *part);
        return {};
    }
    Split split;
    split.attribute = attribute;
    for (const CellSet* part : parts) {
        CellSet group = common(box.cells[attribute], *part);
        if (!group.empty()) split.groups.push_back(std::move(group));
    }
    if (split.groups.size() < 2) return {};
    return split;
}

// Towards a decision with a value in `wanted`: a rule that may give it, then the others.
std::optional<Split> Abstract::split_decision(std::uint32_t d, const Box& box,
                                              const CellSet& wanted) const {
    const Decision& decision = program_.decisions[d];
    for (const bool giving : {true, false})
        for (const auto& layer : decision.layers)
            for (const auto id : layer.rules) {
                const Truths one = truths(id, box);
                const CellSet answer = answers(id, box);
                if (one == kNo || answer.meets(wanted) != giving) continue;
                if (!single(one))
                    if (auto found = split(id, box, giving ? kYes : kNo)) return found;
                if (auto found =
                        split_answer(program_.rules[id].answer, box, &wanted, decision.attribute))
                    return found;
            }
    for (const auto& limit : space_.limit_terms(d))
        if (auto found = split(limit, box, kYes)) return found;
    return split_any(space_.under(d), box);
}

std::optional<Split> Abstract::split_answer(const Answer& answer, const Box& box,
                                            const CellSet* wanted, AttributeId decided) const {
    if (answer.kind == Answer::Kind::constant) return {};
    if (answer.kind == Answer::Kind::office_for) {
        if (auto found = halve(answer.category, box)) return found;
        return halve(answer.region, box);
    }
    if (wanted == nullptr) return halve(answer.attribute, box);
    CellSet giving(box.cells[answer.attribute].size());
    box.cells[answer.attribute].each([&](std::size_t cell) {
        if (cell != kUnknownCell &&
            wanted->has(space_.translated(answer.attribute, static_cast<Cell>(cell), decided)))
            giving.add(cell);
    });
    const CellSet rest = ~giving;
    return split_cells(answer.attribute, box, {&giving, &rest});
}

// Parts an open attribute; a decision by what lies beneath it.
std::optional<Split> Abstract::halve(AttributeId attribute, const Box& box) const {
    if (space_.is_decision(attribute)) {
        const CellSet& cells = box.cells[attribute];
        if (cells.size() == 0)
            return split_any(space_.under(program_.attributes[attribute].index), box);
        if (cells.count() < 2) return {};
        CellSet lower(cells.size());
        lower.add(cells.first());
        return split_decision(program_.attributes[attribute].index, box, lower);
    }
    const CellSet& cells = box.cells[attribute];
    const std::size_t count = cells.count();
    if (count < 2) return {};
    Split split;
    split.attribute = attribute;
    split.groups.assign(2, CellSet(cells.size()));
    std::size_t seen = 0;
    const bool unknown_apart = cells.has(kUnknownCell);
    cells.each([&](std::size_t cell) {
        const bool second = unknown_apart ? cell != kUnknownCell : seen >= count / 2;
        split.groups[second ? 1 : 0].add(cell);
        ++seen;
    });
    if (unknown_apart) std::swap(split.groups[0], split.groups[1]);
    return split;
}

std::optional<Split> Abstract::split_any(const Readable& scope, const Box& box) const {
    for (const auto attribute : scope.leaves)
        if (space_.cells(attribute).finite())
            if (auto found = halve(attribute, box)) return found;
    for (const auto probe : scope.probes) {
        if (box.probes[probe] != Box::kEither) continue;
        Split split;
        split.of_probe = true;
        split.probe = probe;
        return split;
    }
    return {};
}

}  // namespace pintu::rules
