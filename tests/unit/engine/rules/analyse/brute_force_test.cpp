// The analysis against plain enumeration of every report of small random programs by the oracle.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <set>

#include "engine/rules/analyse/analyse.hpp"
#include "engine/rules/analyse/space.hpp"
#include "engine/rules/evaluate/oracle.hpp"
#include "tests/support/random_program.hpp"
#include "tests/support/seeds.hpp"

namespace pintu::rules {
namespace {

// Values that tell every report apart from every other; none where there are too many.
std::vector<Code> values_of(const Space& space, AttributeId attribute) {
    std::vector<Code> values;
    space.everything().cells[attribute].each([&](std::size_t cell) {
        values.push_back(space.cells(attribute).lowest(static_cast<Cell>(cell)));
    });
    return values;
}

struct Truths {
    std::set<std::string> undecided;  // decisions
    std::set<std::string> conflicts;
    std::set<std::string> live;  // "decision rule at"
    std::set<std::string> doubtful;
};

class BruteForce {
  public:
    BruteForce(const Program& program, const Space& space, const text::Matcher& matcher)
        : program_(program), space_(space), matcher_(matcher) {}

    // False where there are more than `most` reports.
    bool run(std::size_t most) {
        std::size_t reports = std::size_t{1}
                              << std::min<std::size_t>(matcher_.phrases().size(), 20);
        for (AttributeId a = 0; a < program_.attributes.size(); ++a) {
            if (space_.is_decision(a)) continue;
            if (program_.attributes[a].domain.kind == Domain::Kind::text) continue;
            if (!space_.cells(a).finite()) return false;
            varied_.push_back(a);
            values_.push_back(values_of(space_, a));
            reports *= values_.back().size();
            if (reports > most) return false;
        }
        Input input = empty_input(program_);
        vary(0, input);
        return true;
    }
    Truths truths;

  private:
    void vary(std::size_t at, Input& input) {
        if (at < varied_.size()) {
            for (const Code value : values_[at]) {
                input.values[varied_[at]] = value;
                vary(at + 1, input);
            }
            return;
        }
        const auto& phrases = matcher_.phrases();
        for (std::size_t chosen = 0; chosen < (std::size_t{1} << phrases.size()); ++chosen) {
            Input report = input;
            for (std::size_t i = 0; i < phrases.size(); ++i)
                if (chosen >> i & 1)
                    for (const auto probe : phrases[i].implies)
                        if (program_.probes[probe].field == program_.probes[phrases[i].probe].field)
                            report.probes[probe] = 1;
            look(report);
        }
    }

    void look(Input& input) {
        const auto outcomes = evaluate_all(program_, input);
        for (std::size_t d = 0; d < outcomes.size(); ++d) {
            const Decision& decision = program_.decisions[d];
            if (outcomes[d].status == Outcome::Status::undecided && !outcomes[d].accepted_gap)
                truths.undecided.insert(decision.name);
            layers(decision, input);
        }
    }

    // Each layer by itself: the same decision with that layer alone and without limits.
    void layers(const Decision& decision, const Input& input) {
        for (const auto& layer : decision.layers) {
            Decision alone = decision;
            alone.layers = {layer};
            alone.limits.clear();
            const Outcome outcome = oracle_decide(program_, alone, input);
            if (outcome.by_otherwise) live(layer.otherwise);
            std::set<RuleId> aside;
            for (const auto id : layer.rules)
                if (truth_of(program_, program_.rules[id], input) == Truth::yes)
                    aside.insert(program_.rules[id].overrides.begin(),
                                 program_.rules[id].overrides.end());
            if (clash(decision, layer, aside, input)) truths.conflicts.insert(decision.name);
            for (const auto id : layer.rules) {
                if (truth_of(program_, program_.rules[id], input) != Truth::yes) continue;
                if (aside.count(id) == 0 && gives(decision, layer, outcome, aside, id, input))
                    live(id);
            }
        }
    }

    // R9, R11: two rules that fire cannot stand together, and no gap is accepted for it.
    bool clash(const Decision& decision, const DecisionLayer& layer, const std::set<RuleId>& aside,
               const Input& input) const {
        for (const auto& gap : decision.accepted)
            if (truth_of(program_, gap.when, input) == Truth::yes) return false;
        std::vector<Code> answers;
        for (const auto id : layer.rules)
            if (aside.count(id) == 0 && truth_of(program_, program_.rules[id], input) == Truth::yes)
                answers.push_back(answer_of(program_, program_.rules[id].answer, input));
        for (const Code a : answers)
            for (const Code b : answers) {
                if (decision.policy == syntax::Policy::unique && a != b) return true;
                if (decision.policy == syntax::Policy::first) continue;
                if (decision.domain.kind == Domain::Kind::duration &&
                    compare(decision.domain, a, b) == std::partial_ordering::unordered)
                    return true;
            }
        return false;
    }

    // In a conflict, which is told apart, a rule counts that no other rule beats.
    bool gives(const Decision& decision, const DecisionLayer& layer, const Outcome& outcome,
               const std::set<RuleId>& aside, RuleId id, const Input& input) const {
        if (decision.policy == syntax::Policy::first) return outcome.rules.front() == id;
        if (decision.policy == syntax::Policy::collect) return true;
        const Code mine = answer_of(program_, program_.rules[id].answer, input);
        if (outcome.status == Outcome::Status::decided) return mine == outcome.value;
        if (decision.policy == syntax::Policy::unique) return true;
        const bool high = decision.policy == syntax::Policy::highest ||
                          decision.policy == syntax::Policy::longest;
        return std::none_of(layer.rules.begin(), layer.rules.end(), [&](RuleId other) {
            if (aside.count(other) > 0) return false;
            if (truth_of(program_, program_.rules[other], input) != Truth::yes) return false;
            const auto order = compare(
                decision.domain, answer_of(program_, program_.rules[other].answer, input), mine);
            return high ? order > 0 : order < 0;
        });
    }

    void live(RuleId id) { truths.live.insert(std::to_string(id)); }

    const Program& program_;
    const Space& space_;
    const text::Matcher& matcher_;
    std::vector<AttributeId> varied_;
    std::vector<std::vector<Code>> values_;
};

std::set<std::string> first_args(const Diagnostics& diagnostics, const std::string& code) {
    std::set<std::string> result;
    for (const auto& one : diagnostics.items())
        if (one.code == code) result.insert(one.args.at(0));
    return result;
}

// Rules have no places in random programs: the number stands in for one.
Program with_places(Program program) {
    for (RuleId r = 0; r < program.rules.size(); ++r) program.rules[r].at = std::to_string(r);
    return program;
}

void expect_same(std::uint64_t seed, const testing::RandomShape& shape, std::size_t& judged) {
    const Program program = with_places(testing::random_program(seed, shape));
    std::vector<text::Probe> probes;
    for (const auto& probe : program.probes)
        probes.push_back({probe.kind == Probe::Kind::contains ? text::Probe::Kind::contains
                                                              : text::Probe::Kind::mentions,
                          probe.phrases});
    const text::Matcher matcher(probes);
    const Space space(program, matcher);
    BruteForce brute(program, space, matcher);
    if (!brute.run(20'000)) return;
    ++judged;
    AnalyseOptions options;
    options.matcher = &matcher;
    options.most = 1000;
    Diagnostics diagnostics;
    const AnalysisReport report = analyse(program, options, diagnostics);
    EXPECT_EQ(first_args(diagnostics, "RU201"), brute.truths.undecided) << "seed " << seed;
    EXPECT_EQ(first_args(diagnostics, "RU202"), brute.truths.conflicts) << "seed " << seed;
    EXPECT_EQ(first_args(diagnostics, "RU206"), std::set<std::string>()) << "seed " << seed;
    EXPECT_EQ(first_args(diagnostics, "RU299"), std::set<std::string>()) << "seed " << seed;
    std::set<std::string> dead;
    for (const auto& rule : report.dead) dead.insert(rule.at);
    std::set<std::string> expected;
    for (RuleId r = 0; r < program.rules.size(); ++r)
        if (brute.truths.live.count(std::to_string(r)) == 0) expected.insert(std::to_string(r));
    EXPECT_EQ(dead, expected) << "seed " << seed;
}

TEST(Analysis, says_what_enumeration_of_every_report_says) {
    testing::RandomShape shape;
    shape.fields = 3;
    shape.facts = 1;
    shape.decisions = 3;
    shape.layers = 2;
    shape.rules = 4;
    shape.depth = 2;
    shape.probes = 2;
    std::size_t judged = 0;
    for (std::uint64_t seed = 1; seed <= testing::seeds(90); ++seed) {
        expect_same(seed, shape, judged);
        if (HasFailure()) return;
    }
    EXPECT_GT(judged, 15U) << "too few programs were small enough";
}

}  // namespace
}  // namespace pintu::rules
