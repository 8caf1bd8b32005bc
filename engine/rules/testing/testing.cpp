#include "engine/rules/testing/testing.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "engine/rules/evaluate/oracle.hpp"
#include "engine/text/matcher.hpp"

namespace pintu::rules {

namespace {

Input input_of(const Program& program, const text::Matcher& matcher, const TestCase& test) {
    Input input = empty_input(program);
    for (const auto& [attribute, value] : test.given) input.values[attribute] = value;
    for (const auto& [field, text] : test.texts) {
        const auto answers = matcher.match(text);
        for (std::size_t probe = 0; probe < program.probes.size(); ++probe)
            if (program.probes[probe].field == field) input.probes[probe] = answers[probe];
    }
    return input;
}

bool met(const TestCase::Expectation& expected, const Outcome& outcome) {
    const bool decided = outcome.status == Outcome::Status::decided;
    if (expected.undecided) return !decided;
    if (!decided) return false;
    if (expected.includes) return (outcome.value & expected.value) == expected.value;
    return outcome.value == expected.value;
}

std::string show(const Program& program, const TestCase::Expectation& expected) {
    if (expected.undecided) return "unknown";
    const std::string value =
        program.show(program.decisions[expected.decision].domain, expected.value);
    return expected.includes ? "includes " + value : value;
}

TestResult run(const Program& program, const text::Matcher& matcher, const TestCase& test) {
    Input input = input_of(program, matcher, test);
    const auto outcomes = evaluate_all(program, input);
    TestResult result{test.title, test.layer, test.at, true, {}, {}};
    for (const auto& expected : test.expect) {
        const Outcome& outcome = outcomes[expected.decision];
        if (met(expected, outcome)) continue;
        const Decision& decision = program.decisions[expected.decision];
        result.passed = false;
        result.failed.push_back({decision.name, show(program, expected),
                                 outcome.status == Outcome::Status::conflict
                                     ? to_string(outcome.status)
                                     : program.show(decision.domain, outcome.value),
                                 expected.span, explain(program, decision, input, outcome)});
    }
    std::set<RuleId> fired;
    for (const Outcome& outcome : outcomes)
        if (outcome.status == Outcome::Status::decided)
            fired.insert(outcome.rules.begin(), outcome.rules.end());
    result.fired.assign(fired.begin(), fired.end());
    return result;
}

// The layers whose rules these tests are there for: the stack's last and its overlays.
bool is_own(const std::string& layer, const std::string& own) {
    return layer == own || layer.starts_with(own + "+");
}

}  // namespace

TestReport run_tests(const Program& program, const text::Matcher& matcher) {
    TestReport report;
    std::map<RuleId, std::uint32_t> fired;
    for (const TestCase& test : program.tests) {
        report.results.push_back(run(program, matcher, test));
        for (const RuleId id : report.results.back().fired) ++fired[id];
    }
    const std::string& own = program.own_layer;
    for (RuleId id = 0; id < program.rules.size(); ++id) {
        const Rule& rule = program.rules[id];
        const Decision& decision = program.decisions[rule.decision];
        if (!is_own(decision.layers[rule.layer].layer, own)) continue;
        const auto tests = fired.count(id) > 0 ? fired[id] : 0;
        report.coverage.push_back({id, tests});
        if (tests > 0) ++report.covered;
    }
    return report;
}

}  // namespace pintu::rules
