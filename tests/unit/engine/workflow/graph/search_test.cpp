#include "engine/workflow/graph/search.hpp"

#include <gtest/gtest.h>

#include "engine/workflow/graph/clock_walk.hpp"
#include "engine/workflow/model/read.hpp"
#include "engine/yaml/parse.hpp"
#include "tests/support/files.hpp"

namespace pintu::workflow {
namespace {

using Vertices = std::vector<std::size_t>;

const Digraph kGraph{6, {{0, 1}, {1, 2}, {2, 0}, {0, 3}, {3, 4}, {4, 4}, {1, 4}}};

TEST(Search, finds_the_shortest_way_or_none) {
    const auto before = ways_from(kGraph, 0);
    EXPECT_EQ(way_to(before, 0), (Vertices{0}));
    EXPECT_EQ(way_to(before, 4), (Vertices{0, 1, 4}));
    EXPECT_EQ(way_to(before, 5), Vertices{});
}

TEST(Search, knows_from_where_a_goal_can_be_reached) {
    std::vector<bool> goals(6);
    goals[2] = true;
    EXPECT_EQ(reaches(kGraph, goals), (std::vector<bool>{true, true, true, false, false, false}));
}

TEST(Search, gives_one_circle_for_each_knot) {
    EXPECT_EQ(circles(kGraph), (std::vector<Vertices>{{0, 1, 2}, {4}}));
    EXPECT_TRUE(circles({3, {{0, 1}, {1, 2}, {0, 2}}}).empty());
    EXPECT_TRUE(circles({}).empty());
}

TEST(ClockWalk, of_the_national_workflow_stays_far_below_its_budget) {
    SourceSet sources;
    Diagnostics diagnostics;
    const auto& source = sources.add(
        "pengaduan.yaml",
        testing::read_file(std::string(PINTU_SOURCE_DIR) + "/workflows/nasional/pengaduan.yaml"));
    const auto tree = yaml::parse(source, diagnostics);
    const auto workflow = read(*tree, diagnostics);
    ASSERT_TRUE(workflow);
    EXPECT_TRUE(walk_clocks(*workflow, 2'000).complete);
    EXPECT_FALSE(walk_clocks(*workflow, 20).complete);
}

}  // namespace
}  // namespace pintu::workflow
