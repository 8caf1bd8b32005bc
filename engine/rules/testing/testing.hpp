// Runs the tests that are written in rule files, and says which rules they reached.
#pragma once

#include <string>
#include <vector>

#include "engine/rules/evaluate/why.hpp"
#include "engine/rules/model.hpp"

namespace pintu::text {
class Matcher;
}

namespace pintu::rules {

struct FailedExpectation {
    std::string decision;
    std::string expected;  // "14 working days", "includes foto", "unknown"
    std::string got;
    Span span;
    Why why;
};

struct TestResult {
    std::string title;
    std::string layer;
    std::string at;
    bool passed = true;
    std::vector<FailedExpectation> failed;
    std::vector<RuleId> fired;  // sorted
};

struct RuleCoverage {
    RuleId rule = 0;
    std::uint32_t tests = 0;  // in which it gave the answer
};

struct TestReport {
    std::vector<TestResult> results;     // in the order of Program::tests
    std::vector<RuleCoverage> coverage;  // every rule and row of the last layer's files, in order
    std::size_t covered = 0;             // of those, with tests > 0
};

// Those of Program::tests whose date lies in the program's interval. Probes come from the matcher,
// made of program.probes in their order.
TestReport run_tests(const Program& program, const text::Matcher& matcher);

}  // namespace pintu::rules
