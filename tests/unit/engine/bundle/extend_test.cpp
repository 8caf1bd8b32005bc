#include "engine/bundle/extend.hpp"

#include <gtest/gtest.h>

namespace pintu::bundle {
namespace {

std::string shape(const yaml::Node& node) {
    std::string text;
    if (node.is_scalar()) return node.text;
    for (const auto& item : node.items) text += (text.empty() ? "" : " ") + shape(item);
    if (node.is_sequence()) return "[" + text + "]";
    for (const auto& entry : node.entries)
        text += (text.empty() ? "" : " ") + entry.key + "=" + shape(entry.value);
    return node.is_map() ? "{" + text + "}" : "null";
}

struct Case {
    const char* upper;
    const char* lower;
    const char* result;
    const char* code;  // of the warning, if any
};

TEST(Merge, maps_join_and_everything_else_replaces) {
    const Case cases[] = {
        {"{a: 1, b: 2}", "{b: 3}", "{a=1 b=3}", ""},
        {"{a: 1}", "{b: 2}", "{a=1 b=2}", ""},
        {"{b: 1, a: 2}", "{c: 3, a: 4}", "{b=1 a=4 c=3}", ""},
        {"{a: {x: 1, y: 2}}", "{a: {y: 3}}", "{a={x=1 y=3}}", ""},
        {"{a: [1, 2]}", "{a: [3]}", "{a=[3]}", ""},
        {"{a: {x: 1}}", "{a: [x]}", "{a=[x]}", ""},
        {"{a: 1}", "{a: {x: 1}}", "{a={x=1}}", ""},
        {"{a: 1, b: 2}", "{a: removed}", "{b=2}", ""},
        {"{a: {x: 1}}", "{a: {x: removed}}", "{a={}}", ""},
        {"{a: 1}", "{a: \"removed\"}", "{a=removed}", ""},
        {"{a: 1}", "{b: removed}", "{a=1}", "BU011"},
        {"{a: 1}", "{a: ~}", "{a=null}", ""},
    };
    for (const Case& c : cases) {
        SourceSet sources;
        Diagnostics diagnostics;
        const auto upper = yaml::parse(sources.add("u", c.upper), diagnostics);
        const auto lower = yaml::parse(sources.add("l", c.lower), diagnostics);
        const auto result = merged(*upper, *lower, diagnostics);
        EXPECT_EQ(shape(result), c.result) << c.upper << " <- " << c.lower;
        EXPECT_EQ(diagnostics.empty() ? "" : diagnostics.items()[0].code, c.code);
        EXPECT_FALSE(diagnostics.has_errors());
    }
}

TEST(Merge, every_part_keeps_its_own_place) {
    SourceSet sources;
    Diagnostics diagnostics;
    const auto upper = yaml::parse(sources.add("u", "{a: 1, b: 2}"), diagnostics);
    const auto lower = yaml::parse(sources.add("l", "{b: 3}"), diagnostics);
    const auto result = merged(*upper, *lower, diagnostics);
    EXPECT_EQ(result.find("a")->span.file, FileId{1});
    EXPECT_EQ(result.find("b")->span.file, FileId{2});
    EXPECT_EQ(result.find_entry("b")->key_span.file, FileId{2});
}

TEST(Merge, of_large_maps_is_quick) {
    std::string text;
    for (int i = 0; i < 40'000; ++i) text += "kunci_" + std::to_string(i) + ": " + "a\n";
    SourceSet sources;
    Diagnostics diagnostics;
    const auto node = yaml::parse(sources.add("u", text), diagnostics);
    ASSERT_TRUE(node);
    EXPECT_EQ(merged(*node, *node, diagnostics).entries.size(), 40'000U);
}

}  // namespace
}  // namespace pintu::bundle
