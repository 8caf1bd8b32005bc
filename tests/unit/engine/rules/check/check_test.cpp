#include "engine/rules/check/check.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "engine/messages/messages.hpp"
#include "tests/support/files.hpp"
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

TEST(Check, every_code_of_its_table_has_a_golden_case) {
    namespace fs = std::filesystem;
    std::string said;
    for (const char* folder : {"check", "decide"})
        for (const auto& entry :
             fs::directory_iterator(fs::path(PINTU_SOURCE_DIR) / "tests/golden/rules" / folder))
            if (entry.path().extension() == ".expected")
                said += testing::read_file(entry.path().string());
    for (const auto* entry : messages::all())
        EXPECT_TRUE(!entry->code.starts_with("RU1") || said.find(entry->code) != std::string::npos)
            << entry->code;
}

TEST(Check, takes_ten_thousand_rows_without_a_square) {
    std::string text =
        "== rules/64.09/kasus.rules\nruleset kasus from 2026-01-01\nschema laporan\n"
        "decide tenggat : duration  shortest\n"
        "  table \"besar.csv\" (korban, kelas)\n"
        "  otherwise even if unknown -> 9 working days\n"
        "== rules/64.09/besar.csv\nkorban,kelas,tenggat\n";
    for (int i = 0; i < 10'000; ++i)
        text += std::to_string(i % 100) + ",-," + std::to_string(1 + i % 7) + " working days\n";
    testing::RuleStack stack(text);
    Diagnostics diagnostics;
    const auto programs = stack.check(diagnostics);
    EXPECT_TRUE(diagnostics.empty());
    ASSERT_EQ(programs.size(), 1u);
    EXPECT_EQ(programs[0].rules.size(), 10'001u);
}

}  // namespace
}  // namespace pintu::rules
