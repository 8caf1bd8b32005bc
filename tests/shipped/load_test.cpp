#include "engine/rules/testing/testing.hpp"
#include "tests/shipped/shipped.hpp"

namespace pintu::shipped {
namespace {

TEST(ShippedDefinitions, load_for_the_province_and_its_ten_regencies_without_a_warning) {
    ASSERT_TRUE(loaded().library) << testing::rendered(loaded().diagnostics, *loaded().sources);
    EXPECT_EQ(loaded().library->bundles.size(), 11U);
    for (const auto& diagnostic : loaded().diagnostics.sorted())
        EXPECT_EQ(diagnostic.severity, Severity::note)
            << testing::rendered(loaded().diagnostics, *loaded().sources);
}

TEST(ShippedDefinitions, leave_no_doubt_about_what_is_unknown) {
    for (const auto& diagnostic : loaded().diagnostics.sorted())
        EXPECT_EQ(diagnostic.code, "RU210")
            << testing::rendered(loaded().diagnostics, *loaded().sources);
}

TEST(ShippedDefinitions, prove_that_no_door_is_the_wrong_one) {
    for (const auto& [code, bundle] : loaded().library->bundles)
        for (const auto& ruleset : bundle->rulesets) {
            std::size_t claims = 0;
            for (const auto& proof : ruleset.program->proofs) claims += proof.claims.size();
            EXPECT_EQ(claims, 3U) << code.value;  // decided, competent, staffed
        }
}

TEST(ShippedDefinitions, have_a_test_for_every_rule_and_pass_them) {
    std::map<std::string, std::uint32_t> tests;  // by the rule's place
    Diagnostics diagnostics;
    bundle::LoadOptions options;
    options.today = kToday;
    for (const auto& layer : bundle::load_layer_rules(loaded().definitions, options,
                                                      std::make_shared<SourceSet>(), diagnostics))
        for (const auto& ruleset : layer.rulesets) {
            const auto report = rules::run_tests(*ruleset.program, *ruleset.matcher);
            for (const auto& item : report.coverage) tests[ruleset.program->rules[item.rule].at];
            for (const auto& result : report.results) {
                EXPECT_TRUE(result.passed) << result.at << ": " << result.title;
                for (const auto id : result.fired) ++tests[ruleset.program->rules[id].at];
            }
        }
    EXPECT_GE(tests.size(), 70U);
    for (const auto& [at, count] : tests) EXPECT_GT(count, 0U) << at;
}

// A head of office must find someone everywhere: every unit has a liaison and somebody above.
TEST(ShippedDefinitions, name_a_liaison_and_a_head_in_every_unit) {
    for (const auto& [code, bundle] : loaded().library->bundles)
        for (const auto& unit : bundle->registry.units) {
            const std::string name = unit.id.value.substr(unit.id.value.rfind('/') + 1);
            for (const auto* role : {"pejabat_penghubung", "kepala"})
                EXPECT_FALSE(bundle->people.holders(role, name, kToday).empty())
                    << unit.id.value << ' ' << role;
        }
}

}  // namespace
}  // namespace pintu::shipped
