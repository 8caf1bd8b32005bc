// Which commands set up a store that is not there yet.
#include "adapters/cli/setup.hpp"

#include <gtest/gtest.h>

#include "adapters/store/store.hpp"
#include "tests/support/cluster.hpp"
#include "tests/support/files.hpp"
#include "tests/unit/adapters/cli/said.hpp"

namespace pintu::cli {
namespace {

// Its address may be a wrong one: whoever meant another database must not find his reports there.
TEST(EmptyDatabase, is_refused_by_all_but_nodes_and_migrate) {
    const testing::FreshDatabase database;
    const std::vector<std::vector<std::string>> commands{
        {"intake"},
        {"publish"},
        {"case", "act", "X", "verifikasi", "--as", "p-001"},
        {"incident", "retry", "X"},
        {"outbox", "retry", "X"}};
    for (auto words : commands) {
        words.insert(words.begin(), {"-C", PINTU_SOURCE_DIR});
        const auto said = run_on(database.address(), words);
        EXPECT_EQ(said.exit, kFailed) << words[2];
        EXPECT_NE(said.err.find("`pintu db migrate`"), std::string::npos)
            << words[2] << ": " << said.err;
    }
    Options options;
    options.store = database.address();
    EXPECT_EQ(open_store(options, Access::write).error().code, "ST009");
    EXPECT_EQ(store::status(options.store, {})->schema, 0) << "nothing was made";
    EXPECT_TRUE(open_store(options, Access::set_up));
    EXPECT_TRUE(open_store(options, Access::write));
}

TEST(EmptyDatabase, that_is_a_file_is_made_by_whoever_writes) {
    const testing::TemporaryFolder folder;
    Options options;
    options.store = "sqlite:" + folder.at("var/x.db");
    EXPECT_EQ(open_store(options, Access::read).error().code, "ST009");
    EXPECT_TRUE(open_store(options, Access::write));
    EXPECT_TRUE(open_store(options, Access::read));
}

}  // namespace
}  // namespace pintu::cli
