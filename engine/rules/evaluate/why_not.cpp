#include <algorithm>
#include <map>
#include <set>

#include "engine/rules/evaluate/examples.hpp"
#include "engine/rules/evaluate/input.hpp"
#include "engine/rules/evaluate/oracle.hpp"
#include "engine/rules/evaluate/paths.hpp"
#include "engine/rules/evaluate/reads.hpp"
#include "engine/rules/evaluate/why.hpp"

namespace pintu::rules {

namespace {

constexpr std::size_t kMostTries = 20'000;
constexpr std::size_t kMostChanged = 4;
constexpr std::size_t kMostRulesShown = 50;

// One input set to another value.
struct Move {
    AttributeId attribute = kNone;  // kNone: a probe
    ProbeId probe = kNone;
    Code value = 0;
};

class Searching {
  public:
    Searching(const Program& program, const Decision& decision, const Input& input, Code wanted)
        : program_(program), decision_(decision), input_(input), wanted_(wanted) {
        collect_slots();
    }

    // Fewest first; among as many, fields before facts before decisions, in written order.
    void search(WhyNot& result) {
        for (std::size_t many = 1; many <= std::min(kMostChanged, slots_.size()); ++many) {
            chosen_.clear();
            if (try_from(0, many)) {
                for (const Move& move : chosen_) result.change.push_back(show(move));
                return;
            }
            if (tries_ >= kMostTries) break;
        }
        result.searched_all = tries_ < kMostTries && slots_.size() <= kMostChanged;
    }

  private:
    using Slot = std::vector<Move>;  // the other values of one input

    void collect_slots() {
        std::map<AttributeId, std::set<Code>> constants;
        std::set<ProbeId> probes;
        const auto add = [&](const Condition& condition) {
            add_constants(condition, constants);
            for_each_atom(condition, [&](const Atom& atom) {
                if (atom.kind == Atom::Kind::probe) probes.insert(atom.probe);
            });
        };
        for (const auto& layer : decision_.layers) {
            for (const RuleId id : layer.rules) {
                add(program_.rules[id].when);
                add_answer(program_.rules[id].answer, constants);
            }
            if (layer.otherwise != kNone)
                add_answer(program_.rules[layer.otherwise].answer, constants);
        }
        for (const Limit& limit : decision_.limits) add(limit.when);
        for (const auto source :
             {Attribute::Source::field, Attribute::Source::fact, Attribute::Source::decision})
            for (const auto& [id, values] : constants)
                if (program_.attributes[id].source == source) add_slot(id, values);
        for (const ProbeId probe : probes)
            slots_.push_back({{kNone, probe, input_.probes[probe] == 0 ? 1 : 0}});
    }

    void add_answer(const Answer& answer, std::map<AttributeId, std::set<Code>>& constants) {
        if (answer.kind == Answer::Kind::attribute) constants[answer.attribute].insert(wanted_);
        if (answer.kind != Answer::Kind::office_for) return;
        constants[answer.category];
        constants[answer.region];
        for (const OfficeRow& row : program_.offices) {
            if (row.unit != wanted_) continue;
            if (row.category >= 0) constants[answer.category].insert(row.category);
            if (row.region >= 0) constants[answer.region].insert(row.region);
        }
    }

    void add_slot(AttributeId id, const std::set<Code>& constants) {
        const Attribute& attribute = program_.attributes[id];
        Slot slot;
        for (const Code value : constants) slot.push_back({id, kNone, value});
        for (const Code value : telling_values(program_, attribute.domain, constants))
            if (constants.count(value) == 0) slot.push_back({id, kNone, value});
        if (may_be_unknown(attribute)) slot.push_back({id, kNone, kUnknown});
        std::erase_if(slot, [&](const Move& m) { return m.value == input_.values[id]; });
        if (!slot.empty()) slots_.push_back(std::move(slot));
    }

    // Chooses `many` slots from `first` on, each with one of its moves.
    bool try_from(std::size_t first, std::size_t many) {
        if (many == 0) {
            ++tries_;
            const Outcome outcome = oracle_answer(program_, decision_, input_);
            return outcome.status == Outcome::Status::decided && outcome.value == wanted_;
        }
        for (std::size_t i = first; i + many <= slots_.size() && tries_ < kMostTries; ++i) {
            for (const Move& move : slots_[i]) {
                const Code before = put(move, move.value);
                chosen_.push_back(move);
                if (try_from(i + 1, many - 1)) return true;
                chosen_.pop_back();
                put(move, before);
                if (tries_ >= kMostTries) break;
            }
        }
        return false;
    }

    Code put(const Move& move, Code value) {
        if (move.attribute != kNone) return std::exchange(input_.values[move.attribute], value);
        return std::exchange(input_.probes[move.probe], static_cast<std::uint8_t>(value));
    }

    Change show(const Move& move) {
        if (move.attribute == kNone)
            return {probe_name(program_, move.probe), move.value == 0 ? "yes" : "no",
                    move.value == 0 ? "no" : "yes"};
        const Attribute& attribute = program_.attributes[move.attribute];
        return {attribute.name, "", program_.show(attribute.domain, move.value)};
    }

    const Program& program_;
    const Decision& decision_;
    Input input_;
    Code wanted_;
    std::vector<Slot> slots_;
    std::vector<Move> chosen_;
    std::size_t tries_ = 0;
};

// Would the rule, fired, bring the decision to `wanted`? Of a set: does it add what is missing?
bool would_answer(const Program& program, const Decision& decision, const Rule& rule,
                  const Input& input, const Outcome& outcome, Code wanted) {
    if (rule.answer.kind == Answer::Kind::attribute) return true;
    if (rule.answer.kind == Answer::Kind::office_for) {
        const auto& rows = program.offices;
        return std::any_of(rows.begin(), rows.end(),
                           [&](const OfficeRow& row) { return row.unit == wanted; });
    }
    const Code answer = answer_of(program, rule.answer, input);
    if (decision.domain.kind != Domain::Kind::set) return answer == wanted;
    const Code has = outcome.value == kUnknown ? 0 : outcome.value;
    return (answer & wanted & ~has) != 0;
}

std::string winner_over(const Program& program, const DecisionLayer& layer, RuleId id,
                        const Input& input, const Outcome& outcome) {
    for (const RuleId other : layer.rules) {
        const auto& overrides = program.rules[other].overrides;
        if (std::find(overrides.begin(), overrides.end(), id) != overrides.end() &&
            truth_of(program, program.rules[other], input) == Truth::yes)
            return program.rules[other].name;
    }
    return outcome.rules.empty() ? "" : program.rules[outcome.rules.front()].name;
}

}  // namespace

WhyNot why_not(const Program& program, const Decision& decision, const Input& input, Code wanted) {
    const Outcome outcome = oracle_answer(program, decision, input);
    WhyNot result;
    result.decision = decision.name;
    result.wanted = program.show(decision.domain, wanted);
    result.got = program.show(decision.domain, outcome.value);
    if (outcome.status == Outcome::Status::decided && outcome.value == wanted) return result;
    const auto consider = [&](const DecisionLayer& layer, RuleId id) {
        if (result.rules.size() >= kMostRulesShown) return;
        if (!would_answer(program, decision, program.rules[id], input, outcome, wanted)) return;
        RuleWhy why = rule_why(program, id, input);
        if (why.truth == Truth::yes) {
            why.atoms.clear();  // none fails: another rule came before it
            why.set_aside_by = winner_over(program, layer, id, input, outcome);
        }
        result.rules.push_back(std::move(why));
    };
    for (const DecisionLayer& layer : decision.layers) {
        for (const RuleId id : layer.rules) consider(layer, id);
        if (layer.otherwise != kNone) consider(layer, layer.otherwise);
    }
    Searching(program, decision, input, wanted).search(result);
    for (Change& change : result.change) {
        const AttributeId id = program.find(change.name);
        if (id != kNone)
            change.from = program.show(program.attributes[id].domain, input.values[id]);
    }
    return result;
}

}  // namespace pintu::rules
