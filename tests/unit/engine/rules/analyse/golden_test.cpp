#include <gtest/gtest.h>

#include "engine/rules/analyse/analyse.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/rule_stack.hpp"

namespace pintu::rules {
namespace {

// "# steps: 4" somewhere in the text.
std::uint64_t setting(const std::string& text, const std::string& name, std::uint64_t otherwise) {
    const auto at = text.find("# " + name + ": ");
    return at == std::string::npos ? otherwise : std::stoull(text.substr(at + name.size() + 4));
}

// What the proofs say of a stack in which nothing else is wrong; dead rules as if this agency were
// the only one.
std::string analysed(const std::string& text) {
    testing::RuleStack stack(text);
    Diagnostics diagnostics;
    const auto programs = stack.check(diagnostics);
    if (diagnostics.has_errors())
        return "not even checked:\n" + testing::rendered(diagnostics, stack.sources());
    Diagnostics found;
    AnalyseOptions options;
    options.steps = setting(text, "steps", options.steps);
    options.most = setting(text, "most", options.most);
    std::vector<AnalysisReport> reports;
    for (const auto& program : programs) reports.push_back(analyse(program, options, found));
    report_dead(reports, true, found);
    return testing::rendered(found, stack.sources());
}

TEST(Analysis, says_it_in_words_as_expected) {
    testing::check_golden(
        "rules/analyse", ".stack",
        [](const std::string&, const std::string& text) { return analysed(text); });
}

// A rule is dead only where every program that its layer is part of says so.
TEST(DeadRules, are_those_that_no_program_brings_to_life) {
    const DeadRule rule{"nasional", "jalur", "jauh", "rules/nasional/dasar.rules:6", {}, {}};
    AnalysisReport one;
    one.agency = "64.09";
    one.judged = {"64.09", "nasional"};
    one.dead = {rule};
    AnalysisReport other;
    other.agency = "64.72";
    other.judged = {"64.72", "nasional"};
    Diagnostics alive;
    report_dead({one, other}, true, alive);
    EXPECT_TRUE(alive.empty());
    other.dead = {rule};
    Diagnostics dead;
    report_dead({one, other}, true, dead);
    EXPECT_EQ(dead.count(Severity::error), 1U);
    Diagnostics one_agency_alone;
    report_dead({one}, false, one_agency_alone);
    EXPECT_TRUE(one_agency_alone.empty());
}

TEST(DeadRules, of_the_most_local_layer_are_told_of_one_agency_alone_too) {
    AnalysisReport report;
    report.agency = "64.09";
    report.judged = {"64.09+covid", "64.09", "nasional"};
    for (const auto* layer : {"64.09+covid", "64.09", "nasional"})
        report.dead.push_back({layer, "jalur", "r", std::string(layer) + ":1", {}, {}});
    Diagnostics diagnostics;
    report_dead({report}, false, diagnostics);
    EXPECT_EQ(diagnostics.count(Severity::error), 2U);
}

}  // namespace
}  // namespace pintu::rules
