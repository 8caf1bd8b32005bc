#include "engine/rules/evaluate/fast.hpp"

#include <algorithm>

#include "engine/rules/evaluate/leftover.hpp"
#include "engine/rules/evaluate/oracle.hpp"
#include "engine/rules/evaluate/reads.hpp"
#include "engine/rules/ruleset.hpp"

namespace pintu::rules {
namespace {

constexpr std::size_t kFewAxes = 32;

// The class of every axis of a layer; on the stack but for very wide layers.
class Classes {
  public:
    Classes(const CompiledLayer& layer, const std::vector<AttributeCells>& cells,
            const Input& input) {
        if (layer.axes.size() > kFewAxes) many_.resize(layer.axes.size());
        classes_of(layer, cells, input.values.data(), at());
    }
    const std::uint32_t* get() const { return many_.empty() ? few_ : many_.data(); }

  private:
    std::uint32_t* at() { return many_.empty() ? few_ : many_.data(); }
    std::uint32_t few_[kFewAxes];
    std::vector<std::uint32_t> many_;
};

// What one layer says; positions are those of its rules.
struct Verdict {
    Outcome::Status status = Outcome::Status::undecided;
    Code value = kUnknown;
    std::vector<RuleId> rules;
    bool by_otherwise = false;
};

class Deciding {
  public:
    Deciding(const Program& program, const Compiled& compiled, std::uint32_t decision,
             const Input& input)
        : program_(program),
          decision_(program.decisions[decision]),
          compiled_(compiled.decisions[decision]),
          cells_(compiled.cells),
          input_(input),
          fired_(compiled_.layers.size()),
          asked_(compiled_.layers.size()) {}

    Outcome verdict() { return resolve(kNone, 0); }

    Outcome outcome() {
        Outcome outcome = verdict();
        outcome.unknown_could_matter = unknown_could_matter(outcome);
        return outcome;
    }

    std::vector<RuleId> fired_in(std::uint32_t at) {
        std::vector<RuleId> rules;
        for (const auto position : fired(at))
            rules.push_back(compiled_.layers[at].rules[position].id);
        return rules;
    }

  private:
    bool first() const { return compiled_.policy == syntax::Policy::first; }

    // `forced` is taken as T in `forced_layer` (R13); kNone: none is.
    Outcome resolve(std::uint32_t forced, std::uint32_t forced_layer) {
        Outcome result = compiled_.policy == syntax::Policy::collect
                             ? collected(forced, forced_layer)
                             : most_local(forced, forced_layer);
        if (result.status == Outcome::Status::decided)
            cut(result);
        else
            result.accepted_gap = std::any_of(
                decision_.accepted.begin(), decision_.accepted.end(), [&](const AcceptedGap& gap) {
                    return truth_of(program_, gap.when, input_) == Truth::yes;
                });
        return result;
    }

    Outcome most_local(std::uint32_t forced, std::uint32_t forced_layer) {
        Outcome result;
        for (std::uint32_t at = 0; at < compiled_.layers.size(); ++at) {
            Verdict verdict = layer(at, at == forced_layer ? forced : kNone);
            if (verdict.status == Outcome::Status::undecided) continue;
            result.status = verdict.status;
            result.value = verdict.value;
            result.layer = at;
            result.rules = std::move(verdict.rules);
            result.by_otherwise = verdict.by_otherwise;
            break;
        }
        return result;
    }

    Outcome collected(std::uint32_t forced, std::uint32_t forced_layer) {
        Outcome result;
        result.status = Outcome::Status::decided;
        result.value = 0;
        for (std::uint32_t at = 0; at < compiled_.layers.size(); ++at) {
            const Verdict verdict = layer(at, at == forced_layer ? forced : kNone);
            if (verdict.rules.empty()) continue;
            if (result.layer == kNone) {
                result.layer = at;
                result.by_otherwise = verdict.by_otherwise;
            }
            result.rules.insert(result.rules.end(), verdict.rules.begin(), verdict.rules.end());
            const bool either = result.value == kUnknown || verdict.value == kUnknown;
            result.value = either ? kUnknown : result.value | verdict.value;
        }
        return result;
    }

    bool any_literal(const CompiledLayer& layer, const Leftover& rule) const {
        if (rule.count == 0) return true;
        for (std::uint32_t i = 0; i < rule.count; ++i)
            if (input_.probes[layer.probes[rule.literal(i)]] != 0) return true;
        return false;
    }

    bool checks_hold(const CompiledLayer& layer, const Leftover& left) const {
        const CompiledRule& rule = layer.rules[left.position];
        for (const auto& check : layer.checks[left.position])
            if (truth_of(program_, check, input_) != Truth::yes) return false;
        return rule.constant || answer(rule.id) != kUnknown;
    }

    // Positions of the rules that are T (under `first`, of the first one).
    const std::vector<std::uint32_t>& fired(std::uint32_t at) {
        if (asked_[at]) return fired_[at];
        asked_[at] = true;
        const CompiledLayer& layer = compiled_.layers[at];
        const Classes classes(layer, cells_, input_);
        walk(layer.sure, classes.get(), [&](const Leftover& rule) {
            if (!any_literal(layer, rule)) return false;
            if (rule.has_checks && !checks_hold(layer, rule)) return false;
            fired_[at].push_back(rule.position);
            return first();
        });
        return fired_[at];
    }

    // Calls stop(position) for each rule that is T or U until it says true; whether it did.
    template <class Stop>
    bool each_possible(std::uint32_t at, Stop&& stop) const {
        const CompiledLayer& layer = compiled_.layers[at];
        if (!layer.ever_unknown) return false;
        const Classes classes(layer, cells_, input_);
        return walk(layer.possible, classes.get(), [&](const Leftover& rule) {
            if (!any_literal(layer, rule)) return false;
            if (rule.has_checks && truth_of(program_, program_.rules[layer.rules[rule.position].id],
                                            input_) == Truth::no)
                return false;
            return stop(rule.position);
        });
    }

    Verdict layer(std::uint32_t at, std::uint32_t forced) {
        const CompiledLayer& layer = compiled_.layers[at];
        std::vector<std::uint32_t> positions = fired(at);
        if (forced != kNone)
            positions.insert(std::lower_bound(positions.begin(), positions.end(), forced), forced);
        if (positions.empty()) return otherwise(at, layer);
        std::vector<RuleId> rules;
        for (const auto position : positions) rules.push_back(layer.rules[position].id);
        set_aside(rules);
        return by_policy(rules);
    }

    // R8
    void set_aside(std::vector<RuleId>& rules) const {
        std::vector<RuleId> aside;
        for (const auto id : rules) {
            const auto& others = program_.rules[id].overrides;
            aside.insert(aside.end(), others.begin(), others.end());
        }
        if (aside.empty()) return;
        std::erase_if(rules, [&](RuleId id) {
            return std::find(aside.begin(), aside.end(), id) != aside.end();
        });
    }

    // R10; no rule of the layer is T.
    Verdict otherwise(std::uint32_t at, const CompiledLayer& layer) const {
        if (layer.otherwise == kNone) return {};
        const Code value =
            layer.otherwise_constant ? layer.otherwise_answer : answer(layer.otherwise);
        if (value == kUnknown) return {};
        if (!layer.even_if_unknown && each_possible(at, [](std::uint32_t) { return true; }))
            return {};
        return {Outcome::Status::decided, value, {layer.otherwise}, true};
    }

    Code answer(RuleId id) const { return answer_of(program_, program_.rules[id].answer, input_); }

    Verdict decided(RuleId id) const { return {Outcome::Status::decided, answer(id), {id}, false}; }

    // R9
    Verdict by_policy(const std::vector<RuleId>& rules) const {
        switch (compiled_.policy) {
            case syntax::Policy::first: return decided(rules.front());
            case syntax::Policy::unique: return unique(rules);
            case syntax::Policy::collect: return unite(rules);
            case syntax::Policy::highest:
            case syntax::Policy::longest: return extreme(rules, true);
            default: return extreme(rules, false);
        }
    }

    Verdict unique(const std::vector<RuleId>& rules) const {
        const Code value = answer(rules.front());
        for (const auto id : rules)
            if (answer(id) != value) return {Outcome::Status::conflict, kUnknown, rules, false};
        return {Outcome::Status::decided, value, {rules.front()}, false};
    }

    Verdict unite(const std::vector<RuleId>& rules) const {
        Code value = 0;
        for (const auto id : rules) {
            const Code one = answer(id);
            if (one == kUnknown) return {Outcome::Status::decided, kUnknown, rules, false};
            value |= one;
        }
        return {Outcome::Status::decided, value, rules, false};
    }

    // R11: durations without an order stand against each other.
    Verdict extreme(const std::vector<RuleId>& rules, bool high) const {
        for (const auto id : rules)
            if (answer(id) == kUnknown) return decided(id);
        for (const auto id : rules) {
            const bool furthest = std::all_of(rules.begin(), rules.end(), [&](RuleId other) {
                const auto order = compare(decision_.domain, answer(id), answer(other));
                return high ? order >= 0 : order <= 0;
            });
            if (furthest) return decided(id);
        }
        return {Outcome::Status::conflict, kUnknown, rules, false};
    }

    // L4
    void cut(Outcome& result) const {
        if (result.value == kUnknown) return;
        for (std::uint32_t i = 0; i < decision_.limits.size(); ++i) {
            const Limit& limit = decision_.limits[i];
            if (truth_of(program_, limit.when, input_) != Truth::yes) continue;
            const Code before = result.value;
            const auto order = compare(decision_.domain, before, limit.value);
            if (limit.bound == syntax::Bound::includes)
                result.value |= limit.value;
            else if (limit.bound == syntax::Bound::at_most ? order > 0 : order < 0)
                result.value = limit.value;
            if (result.value != before) result.limits.push_back(i);
        }
    }

    bool reads_unguarded_unknown(RuleId id) const {
        const auto reads = attributes_read(program_.rules[id]);
        return std::any_of(
            compiled_.unguarded.begin(), compiled_.unguarded.end(), [&](AttributeId attribute) {
                return input_.values[attribute] == kUnknown && reads.count(attribute) > 0;
            });
    }

    // R13, as outcome.hpp words it. Layers below the one that answered are the only ones whose
    // rules could change it, but for `collect`.
    bool unknown_could_matter(const Outcome& outcome) {
        const bool any = std::any_of(
            compiled_.unguarded.begin(), compiled_.unguarded.end(),
            [&](AttributeId attribute) { return input_.values[attribute] == kUnknown; });
        if (!any) return false;
        for (std::uint32_t at = 0; at < compiled_.layers.size(); ++at) {
            if (compiled_.policy != syntax::Policy::collect && outcome.layer != kNone &&
                at > outcome.layer)
                break;
            if (each_possible(at, [&](std::uint32_t p) { return matters(at, p, outcome); }))
                return true;
        }
        return false;
    }

    bool matters(std::uint32_t at, std::uint32_t position, const Outcome& outcome) {
        const RuleId id = compiled_.layers[at].rules[position].id;
        if (!reads_unguarded_unknown(id)) return false;
        if (truth_of(program_, program_.rules[id], input_) != Truth::unknown) return false;
        const Outcome other = resolve(position, at);
        return other.status != outcome.status || other.value != outcome.value;
    }

    const Program& program_;
    const Decision& decision_;
    const CompiledDecision& compiled_;
    const std::vector<AttributeCells>& cells_;
    const Input& input_;
    std::vector<std::vector<std::uint32_t>> fired_;  // by layer
    std::vector<bool> asked_;
};

// What the compiled form leaves to the oracle: excluded owners, and inputs that lack what is always
// known, which only a hand can make.
bool for_the_oracle(const Compiled& compiled, std::uint32_t decision, const Input& input) {
    const auto& known = compiled.decisions[decision].surely_known;
    return !input.excluded_owners.empty() ||
           std::any_of(known.begin(), known.end(),
                       [&](AttributeId attribute) { return input.values[attribute] == kUnknown; });
}

}  // namespace

Outcome decide(const Program& program, const Compiled& compiled, std::uint32_t decision,
               const Input& input) {
    if (for_the_oracle(compiled, decision, input))
        return oracle_decide(program, program.decisions[decision], input);
    return Deciding(program, compiled, decision, input).outcome();
}

Outcome verdict(const Program& program, const Compiled& compiled, std::uint32_t decision,
                const Input& input) {
    if (for_the_oracle(compiled, decision, input)) {
        Outcome outcome = oracle_decide(program, program.decisions[decision], input);
        outcome.unknown_could_matter = false;
        return outcome;
    }
    return Deciding(program, compiled, decision, input).verdict();
}

std::vector<RuleId> fired_in_layer(const Program& program, const Compiled& compiled,
                                   std::uint32_t decision, std::uint32_t layer,
                                   const Input& input) {
    return Deciding(program, compiled, decision, input).fired_in(layer);
}

Outcome decide(const Ruleset& ruleset, std::uint32_t decision, const Input& input) {
    return decide(*ruleset.program, *ruleset.compiled, decision, input);
}

}  // namespace pintu::rules
