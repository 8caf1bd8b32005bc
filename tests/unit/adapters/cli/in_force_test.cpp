#include "adapters/cli/in_force.hpp"

#include <gtest/gtest.h>

#include "tests/support/memory_store.hpp"

namespace pintu::cli {
namespace {

using Names = std::vector<std::string>;

TEST(DefinitionsInForce, tell_which_plugins_a_node_that_follows_them_lacks) {
    testing::MemoryStore store;
    const ports::DefinitionSet published{
        "abc", {{"plugin/surat", "1"}, {"plugin/teks", "2"}, {"rules/teks.rules", "3"}}, {}};
    ASSERT_TRUE(store.publish(published, {}));
    EXPECT_EQ(*lacking_plugins(store, "abc", {"teks", "sms"}), Names{"surat"});
    EXPECT_EQ(*lacking_plugins(store, "abc", {}), (Names{"surat", "teks"}));
    EXPECT_EQ(*lacking_plugins(store, "abc", {"surat", "teks"}), Names{});
    EXPECT_EQ(*lacking_plugins(store, "lain", {}), Names{}) << "they are not kept";
}

}  // namespace
}  // namespace pintu::cli
