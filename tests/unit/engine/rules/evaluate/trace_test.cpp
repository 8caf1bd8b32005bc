#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "engine/rules/compile/compile.hpp"
#include "engine/rules/evaluate/fast.hpp"
#include "engine/rules/evaluate/oracle.hpp"
#include "tests/support/random_program.hpp"
#include "tests/support/seeds.hpp"

namespace pintu::rules {
namespace {

using testing::Random;

Condition atom(AttributeId attribute, syntax::Comparison comparison, std::vector<Code> operands) {
    Condition condition;
    condition.kind = Condition::Kind::atom;
    condition.atom.attribute = attribute;
    condition.atom.comparison = comparison;
    condition.atom.operands = std::move(operands);
    return condition;
}

Condition contains(ProbeId probe) {
    Condition condition;
    condition.kind = Condition::Kind::atom;
    condition.atom.kind = Atom::Kind::probe;
    condition.atom.attribute = 3;
    condition.atom.probe = probe;
    return condition;
}

Attribute attribute(const std::string& name, Domain::Kind kind, std::int64_t high) {
    Attribute result;
    result.name = name;
    result.domain.kind = kind;
    result.domain.high = high;
    result.required = true;
    return result;
}

// A `first` decision over three numbers and a text, as the quick door asks for.
class TextProgram {
  public:
    explicit TextProgram(std::uint64_t seed) : random_(seed) {
        program.attributes = {
            attribute("a", Domain::Kind::range, 9), attribute("b", Domain::Kind::range, 9),
            attribute("c", Domain::Kind::yesno, 1), attribute("isi", Domain::Kind::text, 0),
            attribute("d", Domain::Kind::range, 10'000)};
        program.attributes[4].source = Attribute::Source::decision;
        program.attributes[4].required = false;
        program.order = {4};
        for (int i = 0; i < 40; ++i)
            program.probes.push_back({Probe::Kind::contains, 3, "", {word(1 + random_.below(9))}});
        Decision decision;
        decision.name = "d";
        decision.attribute = 4;
        decision.domain = program.attributes[4].domain;
        decision.policy = syntax::Policy::first;
        for (std::size_t layers = 1 + random_.below(2); layers > 0; --layers)
            decision.layers.push_back(layer(layers == 1));
        program.decisions.push_back(decision);
    }

    // Words of few letters, so that literals meet, overlap and nearly meet.
    std::string word(std::size_t length) {
        static constexpr std::string_view kLetters[] = {"a", "n", "i", "r", "q", "é"};
        std::string text;
        while (text.size() < length) text += kLetters[random_.below(6)];
        return text;
    }

    std::string text() {
        std::string result;
        for (std::size_t parts = random_.below(30); parts > 0; --parts)
            result += random_.chance(30) ? program.probes[random_.below(40)].phrases[0]
                                         : word(random_.below(12)) + " ";
        return result;
    }

    Program program;
    Random& random() { return random_; }

  private:
    DecisionLayer layer(bool last) {
        DecisionLayer layer;
        for (int i = 0; i < 120; ++i) layer.rules.push_back(rule());
        if (!last) return layer;
        layer.otherwise = static_cast<RuleId>(program.rules.size());
        layer.even_if_unknown = true;
        Rule otherwise;
        otherwise.answer.value = static_cast<Code>(layer.otherwise);
        program.rules.push_back(otherwise);
        return layer;
    }

    RuleId rule() {
        Rule rule;
        rule.answer.value = static_cast<Code>(program.rules.size());
        rule.when.kind = Condition::Kind::all;
        rule.when.children.push_back(
            atom(0, syntax::Comparison::equal, {static_cast<Code>(random_.below(10))}));
        Condition any;
        any.kind = Condition::Kind::any;
        any.children.push_back(atom(2, syntax::Comparison::equal, {1}));
        any.children.push_back(
            atom(1, syntax::Comparison::at_least, {static_cast<Code>(random_.below(10))}));
        rule.when.children.push_back(any);
        any.children.clear();
        for (std::size_t literals = random_.below(7); literals > 0; --literals)
            any.children.push_back(contains(static_cast<ProbeId>(random_.below(40))));
        if (!any.children.empty()) rule.when.children.push_back(any);
        program.rules.push_back(rule);
        return static_cast<RuleId>(program.rules.size() - 1);
    }

    Random random_;
};

Input input_of(const Program& program, const std::vector<Code>& values, const std::string& text) {
    Input input;
    input.values = values;
    for (const auto& probe : program.probes)
        input.probes.push_back(text.find(probe.phrases[0]) != std::string::npos ? 1 : 0);
    return input;
}

TEST(QuickDoor, finds_in_the_text_what_the_oracle_reads_from_probes) {
    Scratch scratch;
    for (std::uint64_t seed = 1; seed <= testing::seeds(40); ++seed) {
        TextProgram made(seed);
        const auto compiled = compile(made.program);
        ASSERT_TRUE(has_quick_door(*compiled, 0));
        for (int i = 0; i < 100; ++i) {
            auto& random = made.random();
            const std::vector<Code> values = {
                static_cast<Code>(random.below(10)), static_cast<Code>(random.below(10)),
                static_cast<Code>(random.below(2)), kUnknown, kUnknown};
            const std::string text = made.text();
            const Outcome expected = oracle_decide(made.program, made.program.decisions[0],
                                                   input_of(made.program, values, text));
            Trace why;
            const RuleId rule = trace(*compiled, 0, values, text, scratch, why);
            ASSERT_EQ(rule, expected.rules.at(0)) << "seed " << seed << " text " << text;
            EXPECT_EQ(fired(*compiled, 0, values, text, scratch), rule);
            EXPECT_EQ(why.rule, rule);
            EXPECT_EQ(why.value, expected.value);
            EXPECT_EQ(why.layer, expected.layer);
            EXPECT_EQ(why.by_otherwise, expected.by_otherwise);
            if (why.probe == kNone) continue;
            EXPECT_NE(text.find(made.program.probes[why.probe].phrases[0]), std::string::npos);
        }
    }
}

TEST(QuickDoor, is_shut_where_the_quick_answer_would_not_be_the_whole_one) {
    TextProgram made(7);
    const auto shut = [&](const std::function<void(Program&)>& change) {
        Program program = made.program;
        change(program);
        return !has_quick_door(*compile(program), 0);
    };
    EXPECT_FALSE(shut([](Program&) {}));
    EXPECT_TRUE(shut([](Program& p) { p.decisions[0].policy = syntax::Policy::unique; }));
    EXPECT_TRUE(shut([](Program& p) { p.decisions[0].limits.emplace_back(); }));
    EXPECT_TRUE(shut([](Program& p) { p.probes[0].kind = Probe::Kind::mentions; }));
    EXPECT_TRUE(shut([](Program& p) {
        p.attributes[0].required = false;
        for (auto& layer : p.decisions[0].layers) layer.even_if_unknown = false;
    }));
}

}  // namespace
}  // namespace pintu::rules
