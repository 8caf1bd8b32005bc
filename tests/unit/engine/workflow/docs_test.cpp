// docs/workflow.md: its examples load, its closed lists are the engine's.
#include <gtest/gtest.h>

#include "engine/workflow/graph/checks.hpp"
#include "engine/workflow/load.hpp"
#include "engine/workflow/model/read.hpp"
#include "engine/workflow/model/vocabulary.hpp"
#include "tests/support/golden.hpp"
#include "tests/unit/engine/workflow/agency.hpp"

namespace pintu::workflow {
namespace {

std::string page() {
    return testing::read_file(std::string(PINTU_SOURCE_DIR) + "/docs/workflow.md");
}

std::vector<std::string> blocks(const std::string& text) {
    std::vector<std::string> found;
    const std::string opens = "```yaml\n";
    for (auto at = text.find(opens); at != std::string::npos; at = text.find(opens, at)) {
        at += opens.size();
        found.push_back(text.substr(at, text.find("```", at) - at));
    }
    return found;
}

TEST(WorkflowReference, has_examples_that_load_against_the_sample_agency) {
    const auto examples = blocks(page());
    EXPECT_GE(examples.size(), 3U);
    for (const auto& example : examples) {
        Agency agency("tests/fixtures/ppu", {"nasional", "64.09-penajam-paser-utara"},
                      "64.09-penajam-paser-utara");
        Diagnostics diagnostics;
        const auto& source = agency.sources.add("docs/workflow.md", example);
        const auto tree = yaml::parse(source, diagnostics);
        ASSERT_TRUE(tree);
        EXPECT_TRUE(load(*tree, agency.surroundings(), diagnostics)) << example;
        EXPECT_EQ(testing::rendered(diagnostics, agency.sources), "no diagnostics\n");
    }
}

TEST(WorkflowReference, prints_every_word_of_the_closed_lists) {
    const auto text = page();
    for (const auto* list : {&workflow_keys(), &state_keys(), &event_keys(), &clock_keys(),
                             &rung_keys(), &intake_keys(), &action_forms(), &message_names()})
        for (const auto& word : *list)
            EXPECT_NE(text.find("`" + word + "`"), std::string::npos) << word;
}

}  // namespace
}  // namespace pintu::workflow
