// The national workflow, against each shipped agency's own units, people and rules.
#include <gtest/gtest.h>

#include "engine/workflow/load.hpp"
#include "tests/support/golden.hpp"
#include "tests/unit/engine/workflow/agency.hpp"

namespace pintu::workflow {
namespace {

std::vector<std::string> shipped_agencies() {
    std::vector<std::string> folders;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::string(PINTU_SOURCE_DIR) + "/workflows"))
        if (entry.path().filename() != "nasional") folders.push_back(entry.path().filename());
    std::sort(folders.begin(), folders.end());
    return folders;
}

TEST(NationalWorkflow, loads_for_every_shipped_agency_without_a_word) {
    const auto folders = shipped_agencies();
    EXPECT_EQ(folders.size(), 11U);
    for (const auto& folder : folders) {
        std::vector<std::string> stack = {"nasional", "64-kaltim"};
        if (folder != "64-kaltim") stack.push_back(folder);
        Agency agency("", stack, "nasional");
        const auto before = testing::rendered(agency.diagnostics, agency.sources);
        Diagnostics diagnostics;
        const auto tree = agency.tree("nasional/pengaduan.yaml");
        EXPECT_TRUE(load(tree, agency.surroundings(), diagnostics)) << folder;
        EXPECT_EQ(testing::rendered(diagnostics, agency.sources), "no diagnostics\n")
            << folder << "\nbefore: " << before;
    }
}

}  // namespace
}  // namespace pintu::workflow
