#include "engine/yaml/map_reader.hpp"

#include <gtest/gtest.h>

#include "engine/yaml/parse.hpp"
#include "tests/support/golden.hpp"

namespace pintu::yaml {
namespace {

struct Fixture {
    SourceSet sources;
    Diagnostics diagnostics;
    std::optional<Node> node;
    explicit Fixture(const std::string& text) {
        node = parse(sources.add("a.yaml", text), diagnostics);
    }
};

// One of each getter, so that the golden cases can go wrong in each.
void read_all(const Node& node, Diagnostics& diagnostics) {
    MapReader map(node, diagnostics);
    map.word("title", Need::required);
    map.integer("at_most", 1, 99);
    map.date("from", Need::required);
    map.yes_no("final");
    map.words("stop");
    map.one_of("policy", {"unique", "first", "collect"});
    if (const Node* sub = map.find("states")) expect_map(*sub, diagnostics);
    if (const Node* sub = map.find("rows")) expect_sequence(*sub, diagnostics);
    map.finish();
}

TEST(MapReader, says_of_each_wrong_key_and_value_what_is_wrong) {
    testing::check_golden("yaml/maps", ".yaml",
                          [](const std::string& name, const std::string& text) {
                              SourceSet sources;
                              Diagnostics diagnostics;
                              const auto node = parse(sources.add(name, text), diagnostics);
                              if (node) read_all(*node, diagnostics);
                              return testing::rendered(diagnostics, sources);
                          });
}

TEST(MapReader, gives_what_is_there) {
    Fixture f("a: kata\nb: 12\nc: 2026-02-28\nd: ya\ne: [x, y]\nf: z\ng: first\n");
    MapReader map(*f.node, f.diagnostics);
    EXPECT_EQ(map.word("a")->text, "kata");
    EXPECT_EQ(map.integer("b", 0, 12), 12);
    EXPECT_EQ(to_string(*map.date("c")), "2026-02-28");
    EXPECT_EQ(map.yes_no("d"), true);
    EXPECT_EQ(map.words("e").size(), 2U);
    EXPECT_EQ(map.words("f").at(0).text, "z");
    EXPECT_EQ(map.one_of("g", {"first"})->text, "first");
    EXPECT_FALSE(map.word("nothing"));
    EXPECT_TRUE(map.words("nothing").empty());
    map.finish();
    EXPECT_TRUE(f.diagnostics.empty());
}

TEST(MapReader, of_something_else_than_a_map_complains_once) {
    Fixture f("- a\n");
    MapReader map(*f.node, f.diagnostics);
    map.word("a", Need::required);
    map.finish();
    ASSERT_EQ(f.diagnostics.items().size(), 1U);
    EXPECT_EQ(f.diagnostics.items()[0].code, "YA030");
}

}  // namespace
}  // namespace pintu::yaml
