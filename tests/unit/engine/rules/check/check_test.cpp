#include "engine/rules/check/check.hpp"

#include <gtest/gtest.h>

#include <set>

#include "engine/messages/messages.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/rule_stack.hpp"

namespace pintu::rules {
namespace {

// Diagnostics of the case; without errors also what was understood.
std::string answer(const std::string& name, const std::string& text) {
    const auto last = name.find("@nasional") != std::string::npos ? "nasional" : "64.09";
    testing::RuleStack stack(text, last);
    Diagnostics diagnostics;
    const auto programs = stack.check(diagnostics);
    std::string shown;
    if (!diagnostics.empty()) shown = testing::rendered(diagnostics, stack.sources());
    if (diagnostics.has_errors()) return shown;
    for (const auto& program : programs) shown += testing::show(program);
    return shown;
}

TEST(Check, golden_cases_are_understood_or_refused_as_expected) {
    testing::check_golden("rules/check", ".stack", answer);
}

}  // namespace
}  // namespace pintu::rules
