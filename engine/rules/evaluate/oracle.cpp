#include "engine/rules/evaluate/oracle.hpp"

#include <algorithm>
#include <cassert>
#include <set>
#include <utility>

#include "engine/rules/evaluate/reads.hpp"

namespace pintu::rules {

namespace {

Truth truth(bool value) {
    return value ? Truth::yes : Truth::no;
}

Truth negate(Truth t) {
    if (t == Truth::unknown) return t;
    return truth(t == Truth::no);
}

// R4: of one node asked.
Truth at_node(const Domain& domain, const registry::Tree& tree, Code value, Code asked,
              bool or_below) {
    if (or_below ? tree.below(value, asked) : value == asked) return Truth::yes;
    const bool recorded_above = value != asked && tree.below(asked, value);
    return recorded_above && domain.kind == Domain::Kind::region ? Truth::unknown : Truth::no;
}

Truth one_of(const Program& program, const Domain& domain, const Atom& atom, Code value) {
    const bool or_below =
        atom.comparison == syntax::Comparison::in || atom.comparison == syntax::Comparison::not_in;
    Truth best = Truth::no;
    for (const Code operand : atom.operands) {
        Truth here = truth(value == operand);
        if (domain.kind == Domain::Kind::category)
            here = at_node(domain, *program.categories, value, operand, or_below);
        if (domain.kind == Domain::Kind::region)
            here = at_node(domain, *program.regions, value, operand, or_below);
        if (domain.kind == Domain::Kind::duration &&
            compare(domain, value, operand) == std::partial_ordering::unordered)
            here = Truth::unknown;
        best = std::max(best, here);
    }
    for (const auto& [low, high] : atom.ranges)
        if (value >= low && value <= high) best = Truth::yes;
    return best;
}

Truth ordered(const Domain& domain, const Atom& atom, Code value) {
    const auto order = compare(domain, value, atom.operands.front());
    if (order == std::partial_ordering::unordered) return Truth::unknown;
    switch (atom.comparison) {
        case syntax::Comparison::less: return truth(order < 0);
        case syntax::Comparison::at_most: return truth(order <= 0);
        case syntax::Comparison::greater: return truth(order > 0);
        default: return truth(order >= 0);
    }
}

Truth compared(const Program& program, const Atom& atom, Code value) {
    const Domain& domain = program.attributes[atom.attribute].domain;
    switch (atom.comparison) {
        case syntax::Comparison::equal:
        case syntax::Comparison::in: return one_of(program, domain, atom, value);
        case syntax::Comparison::not_equal:
        case syntax::Comparison::not_in: return negate(one_of(program, domain, atom, value));
        default: return ordered(domain, atom, value);
    }
}

bool covers(const registry::Tree& tree, std::int32_t node, Code value) {
    return node < 0 || tree.below(value, node);
}

// What a layer, or the union of all, says.
struct Verdict {
    Outcome::Status status = Outcome::Status::undecided;
    Code value = kUnknown;
    std::vector<RuleId> rules;
    bool by_otherwise = false;
};

class Deciding {
  public:
    Deciding(const Program& program, const Decision& decision, const Input& input)
        : program_(program), decision_(decision), input_(input), truths_(program.rules.size()) {
        for (const auto& layer : decision.layers) {
            for (const RuleId id : layer.rules)
                truths_[id] = truth_of(program, program.rules[id], input);
            if (layer.otherwise != kNone)
                truths_[layer.otherwise] = truth_of(program, program.rules[layer.otherwise], input);
        }
    }

    Truth truth_of_rule(RuleId id) const { return truths_[id]; }

    // As if this rule alone were T, to see whether it could matter (R13).
    Outcome outcome_with(RuleId forced) {
        const Truth before = std::exchange(truths_[forced], Truth::yes);
        Outcome result = outcome();
        truths_[forced] = before;
        return result;
    }

    Outcome outcome() const {
        Outcome result = decision_.policy == syntax::Policy::collect ? collected() : most_local();
        if (result.status == Outcome::Status::decided)
            cut(result);
        else
            result.accepted_gap = std::any_of(
                decision_.accepted.begin(), decision_.accepted.end(),
                [&](const AcceptedGap& gap) { return truth_here(gap.when) == Truth::yes; });
        return result;
    }

  private:
    Truth truth_here(const Condition& when) const { return truth_of(program_, when, input_); }
    Code answer(RuleId id) const { return answer_of(program_, program_.rules[id].answer, input_); }

    // L2: the most local layer that decides; R10: a conflict stops here too.
    Outcome most_local() const {
        Outcome result;
        for (std::uint32_t i = 0; i < decision_.layers.size(); ++i) {
            Verdict verdict = layer(decision_.layers[i]);
            if (verdict.status == Outcome::Status::undecided) continue;
            result.status = verdict.status;
            result.value = verdict.value;
            result.layer = i;
            result.rules = std::move(verdict.rules);
            result.by_otherwise = verdict.by_otherwise;
            break;
        }
        return result;
    }

    // R9, L2: the union of all layers, always decided.
    Outcome collected() const {
        Outcome result;
        result.status = Outcome::Status::decided;
        result.value = 0;
        for (std::uint32_t i = 0; i < decision_.layers.size(); ++i) {
            const Verdict verdict = layer(decision_.layers[i]);
            if (verdict.rules.empty()) continue;
            if (result.layer == kNone) {
                result.layer = i;
                result.by_otherwise = verdict.by_otherwise;
            }
            result.rules.insert(result.rules.end(), verdict.rules.begin(), verdict.rules.end());
            const bool either_unknown = result.value == kUnknown || verdict.value == kUnknown;
            result.value = either_unknown ? kUnknown : result.value | verdict.value;
        }
        return result;
    }

    Verdict layer(const DecisionLayer& layer) const {
        std::vector<RuleId> fired;
        std::set<RuleId> set_aside;
        bool all_no = true;
        for (const RuleId id : layer.rules) {
            const Truth t = truths_[id];
            all_no = all_no && t == Truth::no;
            if (t != Truth::yes) continue;
            fired.push_back(id);
            const auto& others = program_.rules[id].overrides;
            set_aside.insert(others.begin(), others.end());
        }
        const bool none_fired = fired.empty();
        std::erase_if(fired, [&](RuleId id) { return set_aside.count(id) > 0; });
        if (!fired.empty()) return by_policy(fired);
        return otherwise(layer, layer.even_if_unknown ? none_fired : all_no);
    }

    // R10
    Verdict otherwise(const DecisionLayer& layer, bool fires) const {
        if (!fires || layer.otherwise == kNone) return {};
        if (truths_[layer.otherwise] != Truth::yes) return {};
        return {Outcome::Status::decided, answer(layer.otherwise), {layer.otherwise}, true};
    }

    // R9
    Verdict by_policy(const std::vector<RuleId>& fired) const {
        switch (decision_.policy) {
            case syntax::Policy::unique: return unique(fired);
            case syntax::Policy::first: return decided(fired.front());
            case syntax::Policy::collect: return unite(fired);
            case syntax::Policy::highest:
            case syntax::Policy::longest: return extreme(fired, true);
            case syntax::Policy::lowest:
            case syntax::Policy::shortest: return extreme(fired, false);
        }
        return {};
    }

    Verdict decided(RuleId id) const { return {Outcome::Status::decided, answer(id), {id}, false}; }

    Verdict unique(const std::vector<RuleId>& fired) const {
        for (const RuleId id : fired)
            if (answer(id) != answer(fired.front()))
                return {Outcome::Status::conflict, kUnknown, fired, false};
        return decided(fired.front());
    }

    Verdict unite(const std::vector<RuleId>& fired) const {
        Code value = 0;
        for (const RuleId id : fired) {
            if (answer(id) == kUnknown) return {Outcome::Status::decided, kUnknown, fired, false};
            value |= answer(id);
        }
        return {Outcome::Status::decided, value, fired, false};
    }

    // The first rule whose answer is at least as far as every other's. None: R11's incomparable
    // durations stand against each other.
    Verdict extreme(const std::vector<RuleId>& fired, bool high) const {
        for (const RuleId id : fired)
            if (answer(id) == kUnknown) return decided(id);
        for (const RuleId id : fired) {
            const bool beats_all = std::all_of(fired.begin(), fired.end(), [&](RuleId other) {
                const auto order = compare(decision_.domain, answer(id), answer(other));
                return high ? order >= 0 : order <= 0;
            });
            if (beats_all) return decided(id);
        }
        return {Outcome::Status::conflict, kUnknown, fired, false};
    }

    // L4
    void cut(Outcome& result) const {
        if (result.value == kUnknown) return;
        for (std::uint32_t i = 0; i < decision_.limits.size(); ++i) {
            const Limit& limit = decision_.limits[i];
            if (truth_here(limit.when) != Truth::yes) continue;
            const Code before = result.value;
            const auto order = compare(decision_.domain, before, limit.value);
            switch (limit.bound) {
                case syntax::Bound::at_most:
                    if (order > 0) result.value = limit.value;
                    break;
                case syntax::Bound::at_least:
                    if (order < 0) result.value = limit.value;
                    break;
                case syntax::Bound::includes: result.value |= limit.value; break;
            }
            if (result.value != before) result.limits.push_back(i);
        }
    }

    const Program& program_;
    const Decision& decision_;
    const Input& input_;
    std::vector<Truth> truths_;  // by rule; only this decision's are filled
};

// R13, as outcome.hpp words it.
bool unknown_could_matter(const Program& program, const Decision& decision, const Input& input,
                          const Outcome& outcome) {
    const auto guarded = tested_for_unknown(program, decision);
    Deciding deciding(program, decision, input);
    for (const auto& layer : decision.layers) {
        for (const RuleId id : layer.rules) {
            if (deciding.truth_of_rule(id) != Truth::unknown) continue;
            const auto reads = attributes_read(program.rules[id]);
            const bool unguarded = std::any_of(reads.begin(), reads.end(), [&](AttributeId a) {
                return input.values[a] == kUnknown && guarded.count(a) == 0;
            });
            if (!unguarded) continue;
            const Outcome other = deciding.outcome_with(id);
            if (other.status != outcome.status || other.value != outcome.value) return true;
        }
    }
    return false;
}

}  // namespace

std::partial_ordering compare(const Domain& domain, Code a, Code b) {
    if (domain.kind == Domain::Kind::duration)
        return calendar::compare(duration_of(a), duration_of(b));
    return a <=> b;
}

Truth truth_of(const Program& program, const Atom& atom, const Input& input) {
    if (atom.kind == Atom::Kind::probe) return truth(input.probes[atom.probe] != 0);
    const Code value = input.values[atom.attribute];
    if (atom.kind == Atom::Kind::known) return truth(value != kUnknown);
    if (atom.kind == Atom::Kind::unknown) return truth(value == kUnknown);
    if (value == kUnknown) return Truth::unknown;
    if (atom.kind == Atom::Kind::includes)
        return truth((value & atom.operands.front()) == atom.operands.front());
    return compared(program, atom, value);
}

Truth truth_of(const Program& program, const Condition& condition, const Input& input) {
    switch (condition.kind) {
        case Condition::Kind::always: return Truth::yes;
        case Condition::Kind::atom: return truth_of(program, condition.atom, input);
        case Condition::Kind::negation:
            return negate(truth_of(program, condition.children.front(), input));
        case Condition::Kind::all:
        case Condition::Kind::any: break;
    }
    const bool all = condition.kind == Condition::Kind::all;
    Truth result = all ? Truth::yes : Truth::no;
    for (const auto& child : condition.children) {
        const Truth t = truth_of(program, child, input);
        result = all ? std::min(result, t) : std::max(result, t);
    }
    return result;
}

Code answer_of(const Program& program, const Answer& answer, const Input& input) {
    if (answer.kind == Answer::Kind::constant) return answer.value;
    if (answer.kind == Answer::Kind::attribute) return input.values[answer.attribute];
    const Code category = input.values[answer.category];
    const Code region = input.values[answer.region];
    if (category == kUnknown || region == kUnknown) return kUnknown;
    for (const OfficeRow& row : program.offices)
        if (covers(*program.categories, row.category, category) &&
            covers(*program.regions, row.region, region))
            return row.unit;
    return kUnknown;
}

Truth truth_of(const Program& program, const Rule& rule, const Input& input) {
    const Truth when = truth_of(program, rule.when, input);
    const Code value = answer_of(program, rule.answer, input);
    if (value != kUnknown) {
        if (program.decisions[rule.decision].domain.kind != Domain::Kind::unit) return when;
        const UnitId& unit = program.units[static_cast<std::size_t>(value)].id;
        const auto& excluded = input.excluded_owners;
        const bool earlier = std::find(excluded.begin(), excluded.end(), unit) != excluded.end();
        return earlier ? Truth::no : when;
    }
    if (rule.answer.kind == Answer::Kind::attribute) return std::min(when, Truth::unknown);
    const bool argument_unknown = input.values[rule.answer.category] == kUnknown ||
                                  input.values[rule.answer.region] == kUnknown;
    return argument_unknown ? std::min(when, Truth::unknown) : Truth::no;
}

Outcome oracle_decide(const Program& program, const Decision& decision, const Input& input) {
    Outcome outcome = oracle_answer(program, decision, input);
    outcome.unknown_could_matter = unknown_could_matter(program, decision, input, outcome);
    return outcome;
}

Outcome oracle_answer(const Program& program, const Decision& decision, const Input& input) {
    assert(input.values.size() == program.attributes.size());
    assert(input.probes.size() == program.probes.size());
    return Deciding(program, decision, input).outcome();
}

std::vector<Outcome> evaluate_all(const Program& program, Input& input) {
    std::vector<Outcome> outcomes(program.decisions.size());
    for (const AttributeId id : program.order) {
        const Attribute& attribute = program.attributes[id];
        Code& value = input.values[id];
        if (attribute.source == Attribute::Source::fact && value == kUnknown)
            value = attribute.fallback;
        if (attribute.source != Attribute::Source::decision) continue;
        Outcome& outcome = outcomes[attribute.index];
        outcome = oracle_decide(program, program.decisions[attribute.index], input);
        value = outcome.value;
    }
    return outcomes;
}

Input empty_input(const Program& program) {
    Input input;
    input.values.assign(program.attributes.size(), kUnknown);
    input.probes.assign(program.probes.size(), 0);
    for (std::size_t i = 0; i < program.attributes.size(); ++i)
        if (program.attributes[i].source == Attribute::Source::field)
            input.values[i] = program.attributes[i].fallback;
    return input;
}

}  // namespace pintu::rules
