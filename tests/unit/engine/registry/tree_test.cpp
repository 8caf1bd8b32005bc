#include "engine/registry/tree.hpp"

#include <gtest/gtest.h>

namespace pintu::registry {
namespace {

TEST(Tree, numbers_each_subtree_as_an_interval) {
    const auto tree = Tree::build(
        {{"b", "B"}, {"a/x", ""}, {"a", "A"}, {"a/y", ""}, {"a/x/1", ""}, {"b", "again"}}, '/');
    EXPECT_EQ(tree.names(), (std::vector<std::string>{"b", "a", "a/x", "a/x/1", "a/y"}));
    EXPECT_EQ(tree.last(tree.find("a")), tree.find("a/y"));
    EXPECT_EQ(tree.last(tree.find("a/x")), tree.find("a/x/1"));
    EXPECT_EQ(tree.parent(tree.find("a/x")), tree.find("a"));
    EXPECT_EQ(tree.parent(tree.find("a")), -1);
    EXPECT_EQ(tree.depth(tree.find("a/x/1")), 2);
    EXPECT_TRUE(tree.below(tree.find("a/x/1"), tree.find("a")));
    EXPECT_TRUE(tree.below(tree.find("a"), tree.find("a")));
    EXPECT_FALSE(tree.below(tree.find("b"), tree.find("a")));
    EXPECT_EQ(tree.title(tree.find("b")), "B");
    EXPECT_EQ(tree.find("c"), -1);
}

TEST(Tree, of_nothing_is_empty) {
    EXPECT_EQ(Tree::build({}, '.').size(), 0U);
    EXPECT_EQ(Tree().find("a"), -1);
}

TEST(Tree, holds_a_chain_of_two_thousand) {
    std::vector<Tree::Entry> entries;
    std::string name;
    for (int i = 0; i < 2'000; ++i) entries.push_back({name += name.empty() ? "a" : "/a", ""});
    const auto tree = Tree::build(entries, '/');
    EXPECT_EQ(tree.last(0), 1'999);
    EXPECT_EQ(tree.depth(1'999), 1'999);
}

}  // namespace
}  // namespace pintu::registry
