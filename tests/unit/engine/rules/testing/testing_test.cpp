#include "engine/rules/testing/testing.hpp"

#include <gtest/gtest.h>

#include "engine/text/matcher.hpp"
#include "tests/support/rule_stack.hpp"

namespace pintu::rules {
namespace {

constexpr const char* kRules = R"(== rules/nasional/dasar.rules
ruleset dasar from 2025-01-01
schema laporan

lexicon banjir
  "banjir", "air naik"

decide jalur : {biasa, segera}  first
  rule banjir when isi mentions banjir -> segera
  otherwise -> biasa

decide bukti : set of {foto, lokasi}  collect
  rule foto when isi mentions banjir -> foto

test "upper layers' tests are not run here"
  given { isi: "banjir" }
  expect jalur = biasa

== rules/64.09/lokal.rules
ruleset lokal from 2026-01-01
schema laporan

decide jalur
  rule rentan when kelompok_rentan -> segera
  rule ramai  when korban > 3      -> biasa

test "banjir"
  given { isi: "air naik di jalan" }
  expect jalur = segera, bukti includes foto, bukti = foto

test "rentan kalah"
  given { kelompok_rentan: yes, korban: 5 }
  expect jalur = biasa

test "kosong"
  given { korban: 0 }
  expect jalur is unknown
)";

TestReport run(const std::string& text) {
    testing::RuleStack stack(text);
    Diagnostics diagnostics;
    const auto programs = stack.check(diagnostics);
    EXPECT_FALSE(diagnostics.has_errors());
    const Program& program = programs.back();
    std::vector<text::Probe> probes;
    for (const Probe& probe : program.probes)
        probes.push_back({text::Probe::Kind::mentions, probe.phrases});
    return run_tests(program, text::Matcher(probes));
}

TEST(RuleTests, say_what_was_expected_what_came_and_why) {
    const TestReport report = run(kRules);
    ASSERT_EQ(report.results.size(), 3u);
    EXPECT_TRUE(report.results[0].passed);
    EXPECT_EQ(report.results[0].layer, "64.09");
    ASSERT_EQ(report.results[1].failed.size(), 1u);
    const FailedExpectation& failed = report.results[1].failed[0];
    EXPECT_EQ(failed.decision, "jalur");
    EXPECT_EQ(failed.expected, "biasa");
    EXPECT_EQ(failed.got, "segera");
    ASSERT_EQ(failed.why.rules.size(), 1u);
    EXPECT_EQ(failed.why.rules[0].rule, "rentan");
    ASSERT_EQ(report.results[2].failed.size(), 1u);
    EXPECT_EQ(report.results[2].failed[0].expected, "unknown");
    EXPECT_EQ(report.results[2].failed[0].got, "biasa");
}

TEST(RuleTests, count_which_rules_of_the_layer_they_reached) {
    const TestReport report = run(kRules);
    ASSERT_EQ(report.coverage.size(), 2u);  // those of 64.09 alone
    EXPECT_EQ(report.coverage[0].tests, 1u);
    EXPECT_EQ(report.coverage[1].tests, 0u);
    EXPECT_EQ(report.covered, 1u);
}

TEST(RuleTests, run_in_the_program_of_their_date_only) {
    const std::string later = R"(ruleset a from 2026-01-01 until 2026-06-30
schema laporan

decide jalur : {biasa, segera}
  otherwise -> biasa

test "lama"
  on 2026-06-30
  given { korban: 1 }
  expect jalur = biasa

== rules/64.09/b.rules
ruleset a from 2026-07-01
schema laporan

decide jalur : {biasa, segera}
  otherwise -> segera

test "baru"
  given { korban: 1 }
  expect jalur = segera
)";
    testing::RuleStack stack(later);
    Diagnostics diagnostics;
    const auto programs = stack.check(diagnostics);
    ASSERT_EQ(programs.size(), 2u);
    ASSERT_EQ(programs[0].tests.size(), 1u);
    ASSERT_EQ(programs[1].tests.size(), 1u);
    EXPECT_EQ(programs[0].tests[0].title, "lama");
    EXPECT_EQ(programs[1].tests[0].title, "baru");
    for (const Program& program : programs)
        EXPECT_TRUE(run_tests(program, text::Matcher({})).results[0].passed);
}

}  // namespace
}  // namespace pintu::rules
