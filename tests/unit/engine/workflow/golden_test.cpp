// The workflow language by text: one broken document for each diagnostic.
#include <gtest/gtest.h>

#include "engine/workflow/compile/compile.hpp"
#include "engine/workflow/graph/checks.hpp"
#include "engine/workflow/graph/dot.hpp"
#include "engine/workflow/load.hpp"
#include "engine/workflow/model/layers.hpp"
#include "engine/workflow/model/migrate.hpp"
#include "engine/workflow/model/read.hpp"
#include "engine/yaml/parse.hpp"
#include "tests/support/golden.hpp"
#include "tests/unit/engine/workflow/agency.hpp"

namespace pintu::workflow {
namespace {

// The parts of a text that "---" lines divide, each a source of its own.
std::vector<yaml::Node> parse_parts(const std::string& text, const std::vector<std::string>& names,
                                    SourceSet& sources, Diagnostics& diagnostics) {
    std::vector<yaml::Node> parts;
    std::size_t begin = 0;
    for (const auto& name : names) {
        const auto end = std::min(text.find("\n---\n", begin), text.size());
        const auto& source = sources.add(name, text.substr(begin, end - begin) + "\n");
        parts.push_back(yaml::parse(source, diagnostics).value_or(yaml::Node{}));
        begin = std::min(end + 5, text.size());
    }
    return parts;
}

TEST(WorkflowReader, reports_every_wrong_part_at_its_place) {
    testing::check_golden("workflow/read", ".yaml", [](const auto& name, const auto& text) {
        SourceSet sources;
        Diagnostics diagnostics;
        const auto tree = parse_parts(text, {name}, sources, diagnostics);
        const bool read_whole = read(tree[0], diagnostics).has_value();
        EXPECT_NE(read_whole, diagnostics.has_errors()) << name;
        return testing::rendered(diagnostics, sources);
    });
}

TEST(WorkflowGraph, refuses_what_could_lose_a_case_and_shows_the_way) {
    testing::check_golden("workflow/graph", ".yaml", [](const auto& name, const auto& text) {
        SourceSet sources;
        Diagnostics diagnostics;
        const auto tree = parse_parts(text, {name}, sources, diagnostics);
        const auto workflow = read(tree[0], diagnostics);
        EXPECT_TRUE(workflow) << name << testing::rendered(diagnostics, sources);
        if (!workflow) return std::string();
        const bool sound = check_graph(*workflow, diagnostics);
        EXPECT_NE(sound, diagnostics.has_errors()) << name;
        return testing::rendered(diagnostics, sources);
    });
}

// Against the fixture of the sample agency, so with real rules, units and people.
TEST(WorkflowCompile, refuses_what_the_bundle_does_not_have) {
    testing::check_golden("workflow/compile", ".yaml", [](const auto& name, const auto& text) {
        Agency agency("tests/fixtures/ppu", {"nasional", "64.09-penajam-paser-utara"},
                      "64.09-penajam-paser-utara");
        EXPECT_FALSE(agency.diagnostics.has_errors())
            << testing::rendered(agency.diagnostics, agency.sources);
        Diagnostics diagnostics;
        const auto tree = parse_parts(text, {name}, agency.sources, diagnostics);
        auto workflow = read(tree[0], diagnostics);
        EXPECT_TRUE(workflow) << name << testing::rendered(diagnostics, agency.sources);
        if (!workflow) return std::string();
        const bool fits = compile(*workflow, agency.surroundings(), diagnostics);
        EXPECT_NE(fits, diagnostics.has_errors()) << name;
        return testing::rendered(diagnostics, agency.sources);
    });
}

TEST(WorkflowLayers, keep_what_an_upper_layer_fixed_or_limited) {
    testing::check_golden("workflow/layers", ".yaml", [](const auto&, const auto& text) {
        SourceSet sources;
        Diagnostics diagnostics;
        const auto parts = parse_parts(text, {"atas.yaml", "bawah.yaml"}, sources, diagnostics);
        check_fixed(parts[0], parts[1], sources, diagnostics);
        const auto& rules = sources.add("nasional.rules", "limit tenggat at most 60 working days");
        check_limited_clocks(parts[0], parts[1], {{"tenggat", rules.span(0, 5)}}, sources,
                             diagnostics);
        return testing::rendered(diagnostics, sources);
    });
}

TEST(WorkflowMigration, is_total_or_refused) {
    testing::check_golden("workflow/migrate", ".yaml", [](const auto& name, const auto& text) {
        SourceSet sources;
        Diagnostics diagnostics;
        const auto parts = parse_parts(text, {"lama.yaml", "baru.yaml"}, sources, diagnostics);
        const auto older = read(parts[0], diagnostics);
        const auto newer = read(parts[1], diagnostics);
        EXPECT_TRUE(older && newer) << name << testing::rendered(diagnostics, sources);
        if (older && newer) check_migration(newer->migrations.at(0), *older, *newer, diagnostics);
        return testing::rendered(diagnostics, sources);
    });
}

TEST(WorkflowDot, draws_states_moves_bounds_and_actors) {
    testing::check_golden("workflow/dot", ".yaml", [](const auto& name, const auto& text) {
        SourceSet sources;
        Diagnostics diagnostics;
        const auto tree = parse_parts(text, {name}, sources, diagnostics);
        const auto workflow = read(tree[0], diagnostics);
        EXPECT_TRUE(workflow) << testing::rendered(diagnostics, sources);
        return !workflow ? std::string()
                         : to_dot(*workflow, messages::Language::indonesian) +
                               to_dot(*workflow, messages::Language::english);
    });
}

// A part may fill both its hands: nothing is said twice, and the file is never half loaded.
TEST(WorkflowLoad, gives_a_workflow_exactly_when_nothing_is_wrong) {
    Agency agency("tests/fixtures/ppu", {"nasional", "64.09-penajam-paser-utara"},
                  "64.09-penajam-paser-utara");
    const auto tree = agency.tree("64.09-penajam-paser-utara/pengaduan.yaml");
    EXPECT_TRUE(load(tree, agency.surroundings(), agency.diagnostics));
    EXPECT_EQ(testing::rendered(agency.diagnostics, agency.sources), "no diagnostics\n");
}

}  // namespace
}  // namespace pintu::workflow
