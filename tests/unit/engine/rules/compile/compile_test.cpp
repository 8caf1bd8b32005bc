#include "engine/rules/compile/compile.hpp"

#include <gtest/gtest.h>

#include "engine/rules/evaluate/fast.hpp"
#include "engine/rules/evaluate/oracle.hpp"
#include "engine/rules/evaluate/why.hpp"
#include "tests/support/random_program.hpp"
#include "tests/support/seeds.hpp"

namespace pintu::rules {
namespace {

using testing::Random;
using testing::RandomShape;

std::string told(const Program& program, const Decision& decision, const Outcome& outcome) {
    std::string text = to_string(outcome.status);
    text += " " + program.show(decision.domain, outcome.value);
    text += " layer " + std::to_string(static_cast<std::int32_t>(outcome.layer)) + " rules";
    for (const auto id : outcome.rules) text += " " + program.rules[id].name;
    text += " limits";
    for (const auto limit : outcome.limits) text += " " + std::to_string(limit);
    if (outcome.by_otherwise) text += " otherwise";
    if (outcome.accepted_gap) text += " accepted";
    if (outcome.unknown_could_matter) text += " could-matter";
    return text;
}

// Every decision of every input: what both give. Stops at the first difference of a program.
void expect_same(const Program& program, std::uint64_t seed, int inputs) {
    const auto compiled = compile(program);
    Random random(seed * 31 + 7);
    for (int i = 0; i < inputs; ++i) {
        Input input = testing::random_full_input(program, random);
        if (i % 8 == 0 && !program.units.empty())
            input.excluded_owners = {program.units[random.below(program.units.size())].id};
        for (std::uint32_t d = 0; d < program.decisions.size(); ++d) {
            const auto& decision = program.decisions[d];
            ASSERT_EQ(told(program, decision, decide(program, *compiled, d, input)),
                      told(program, decision, oracle_decide(program, decision, input)))
                << "seed " << seed << " input " << i << " decision " << decision.name;
        }
    }
}

TEST(Compiled, decides_as_the_oracle_on_random_programs) {
    for (std::uint64_t seed = 1; seed <= testing::seeds(150); ++seed) {
        expect_same(testing::random_program(seed), seed, 30);
        if (HasFatalFailure()) return;
    }
}

TEST(Compiled, decides_as_the_oracle_on_long_lists_of_flat_rules) {
    RandomShape shape;
    shape.rules = 200;
    shape.depth = 1;
    shape.decisions = 3;
    for (std::uint64_t seed = 1000; seed < 1000 + testing::seeds(9); ++seed) {
        expect_same(testing::random_program(seed, shape), seed, 25);
        if (HasFatalFailure()) return;
    }
}

TEST(Compiled, decides_as_the_oracle_on_deep_conditions_and_many_texts) {
    RandomShape shape;
    shape.rules = 30;
    shape.depth = 5;
    shape.probes = 20;
    for (std::uint64_t seed = 2000; seed < 2000 + testing::seeds(21); ++seed) {
        expect_same(testing::random_program(seed, shape), seed, 30);
        if (HasFatalFailure()) return;
    }
}

}  // namespace
}  // namespace pintu::rules
