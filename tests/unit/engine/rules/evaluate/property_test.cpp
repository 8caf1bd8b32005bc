// What holds of every program and every report, tried on random ones.
#include <gtest/gtest.h>

#include <map>

#include "engine/rules/evaluate/examples.hpp"
#include "engine/rules/evaluate/input.hpp"
#include "engine/rules/evaluate/oracle.hpp"
#include "engine/rules/evaluate/reads.hpp"
#include "engine/rules/evaluate/why.hpp"
#include "tests/support/random_program.hpp"
#include "tests/support/seeds.hpp"

namespace pintu::rules {
namespace {

using testing::Random;

const std::uint64_t kPrograms = testing::seeds(60);
constexpr int kInputs = 20;

// Calls `holds` for each decision of random programs on random reports.
template <class Holds>
void for_random_decisions(const Holds& holds) {
    for (std::uint64_t seed = 1; seed <= kPrograms; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        const Program program = testing::random_program(seed);
        Random random(seed);
        for (int i = 0; i < kInputs; ++i) {
            const Input input = testing::random_full_input(program, random);
            for (const Decision& decision : program.decisions) holds(program, decision, input);
            if (::testing::Test::HasFailure()) return;
        }
    }
}

TEST(Oracle, has_a_value_where_it_decided_and_minds_unknowns_only_where_it_met_one) {
    for_random_decisions([](const Program& program, const Decision& decision, const Input& input) {
        const Outcome outcome = oracle_decide(program, decision, input);
        EXPECT_EQ(outcome.value == kUnknown, outcome.status != Outcome::Status::decided);
        bool any_unknown = false;
        for (const AttributeId id : attributes_read(program, decision))
            any_unknown = any_unknown || input.values[id] == kUnknown;
        EXPECT_TRUE(any_unknown || !outcome.unknown_could_matter) << decision.name;
    });
}

TEST(Oracle, gives_rules_that_are_true_and_answer_what_was_decided) {
    for_random_decisions([](const Program& program, const Decision& decision, const Input& input) {
        const Outcome outcome = oracle_decide(program, decision, input);
        for (const RuleId id : outcome.rules) {
            const Rule& rule = program.rules[id];
            EXPECT_EQ(truth_of(program, rule, input), Truth::yes) << rule.at;
            const bool one = outcome.status == Outcome::Status::decided &&
                             decision.policy != syntax::Policy::collect && outcome.limits.empty();
            if (!one) continue;
            EXPECT_EQ(answer_of(program, rule.answer, input), outcome.value) << rule.at;
        }
        EXPECT_TRUE(outcome.status != Outcome::Status::conflict || outcome.rules.size() > 1);
    });
}

TEST(Why, cites_the_rules_of_the_outcome_and_only_atoms_that_hold_as_it_says) {
    for_random_decisions([](const Program& program, const Decision& decision, const Input& input) {
        const Outcome outcome = oracle_decide(program, decision, input);
        const Why why = explain(program, decision, input, outcome);
        ASSERT_EQ(why.rules.size(), outcome.rules.size());
        for (std::size_t i = 0; i < why.rules.size(); ++i) {
            EXPECT_EQ(why.rules[i].at, program.rules[outcome.rules[i]].at);
            EXPECT_EQ(why.rules[i].truth, Truth::yes);
        }
        EXPECT_EQ(why.value, program.show(decision.domain, outcome.value));
        EXPECT_LE(why.path.size(), kMostPath);
    });
}

// Only what the explanation says was read may decide: with all else unknown the decision is the
// same, where one rule or none of its layer needed no more.
TEST(Why, rules_that_fired_need_nothing_but_what_was_read) {
    for_random_decisions([](const Program& program, const Decision& decision, const Input& input) {
        const Outcome outcome = oracle_answer(program, decision, input);
        const Why why = explain(program, decision, input, outcome);
        std::map<std::string, std::string> read(why.read.begin(), why.read.end());
        Input only_read = input;
        for (std::size_t i = 0; i < program.attributes.size(); ++i)
            if (read.count(program.attributes[i].name) == 0) only_read.values[i] = kUnknown;
        for (const RuleId id : outcome.rules)
            EXPECT_EQ(truth_of(program, program.rules[id], only_read), Truth::yes)
                << program.rules[id].at;
    });
}

TEST(WhyNot, the_change_that_it_offers_brings_the_wanted_value) {
    std::size_t offered = 0;
    for (std::uint64_t seed = 1; seed <= 25; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        const Program program = testing::random_program(seed);
        Random random(seed);
        const Input input = testing::random_full_input(program, random);
        for (const Decision& decision : program.decisions) {
            const auto wanted = telling_values(program, decision.domain, {});
            if (wanted.empty()) continue;
            const WhyNot told = why_not(program, decision, input, *wanted.begin());
            if (told.change.empty()) continue;
            ++offered;
            Input changed = input;
            for (const Change& change : told.change) {
                const AttributeId id = program.find(change.name);
                if (id != kNone) {
                    const auto& domain = program.attributes[id].domain;
                    EXPECT_EQ(program.show(domain, input.values[id]), change.from);
                    changed.values[id] = *program.read(domain, change.to);
                    continue;
                }
                for (ProbeId probe = 0; probe < program.probes.size(); ++probe)
                    if (probe_name(program, probe) == change.name)
                        changed.probes[probe] = change.to == "yes" ? 1 : 0;
            }
            EXPECT_EQ(oracle_answer(program, decision, changed).value, *wanted.begin());
        }
    }
    EXPECT_GT(offered, 20u);
}

TEST(Program, reads_the_values_that_it_shows) {
    for (std::uint64_t seed = 1; seed <= kPrograms; ++seed) {
        const Program program = testing::random_program(seed);
        Random random(seed);
        const Input input = testing::random_full_input(program, random);
        for (std::size_t i = 0; i < program.attributes.size(); ++i) {
            const Domain& domain = program.attributes[i].domain;
            if (domain.kind == Domain::Kind::text) continue;
            EXPECT_EQ(program.read(domain, program.show(domain, input.values[i])), input.values[i])
                << "seed " << seed << " " << program.attributes[i].name;
        }
    }
}

TEST(RecordedInput, gives_back_what_was_recorded) {
    for (std::uint64_t seed = 1; seed <= kPrograms; ++seed) {
        const Program program = testing::random_program(seed);
        Random random(seed);
        const Input input = testing::random_full_input(program, random);
        std::map<std::string, std::string> values, probes;
        for (std::size_t i = 0; i < program.attributes.size(); ++i)
            if (input.values[i] != kUnknown)
                values[program.attributes[i].name] =
                    program.show(program.attributes[i].domain, input.values[i]);
        for (ProbeId probe = 0; probe < program.probes.size(); ++probe)
            probes[probe_name(program, probe)] = input.probes[probe] != 0 ? "yes" : "no";
        const RecordedInput recorded = recorded_input(program, values, probes);
        EXPECT_EQ(recorded.input.values, input.values) << "seed " << seed;
        EXPECT_EQ(recorded.input.probes, input.probes) << "seed " << seed;
        EXPECT_TRUE(recorded.missing.empty());
    }
}

TEST(RecordedInput, names_the_probes_that_nobody_recorded) {
    const Program program = testing::random_program(1);
    const RecordedInput recorded = recorded_input(program, {}, {});
    EXPECT_EQ(recorded.missing.size(), program.probes.size());
}

}  // namespace
}  // namespace pintu::rules
