// Files that earlier versions wrote.
#include <gtest/gtest.h>

#include "adapters/store/store.hpp"
#include "tests/support/files.hpp"
#include "tests/support/old_sqlite.hpp"
#include "tests/support/sample_commits.hpp"

namespace pintu::store {
namespace {

using ports::Work;

constexpr Instant kStart{1'773'365'400'000'000};
const AgencyCode kAgency("64.09");
const ports::DefinitionSet kDefinitions{"set-1", {{"a.yaml", "bytes"}}, {BundleHash("sha256:1")}};

class OldSqliteFile : public ::testing::Test {
  protected:
    // Two cases, one closed, a command that waits and one that was decided.
    void SetUp() override {
        {
            const auto store = open("new.db");
            ports::Commit commit;
            cases_.receive(commit, "a", kStart);
            cases_.receive(commit, "b", kStart);
            cases_.move(commit, "b", "selesai", kStart);
            commit.outcomes.push_back(
                {CommandId("c-0"), cases_.id("a"), true, "", {}, {}, 4, kStart});
            ASSERT_TRUE(store->commit(commit)->kept());
            ASSERT_TRUE(store->submit(waiting()));
            ASSERT_TRUE(store->publish(kDefinitions, {kAgency}));
        }
        testing::make_version_1(folder_.at("new.db"), file_);
    }
    std::unique_ptr<ports::EventStore> open(const std::string& name,
                                            const OpenOptions& options = {}) {
        auto store = open_store("sqlite:" + folder_.at(name), options);
        EXPECT_TRUE(store) << (store ? "" : store.error().code);
        return store ? std::move(*store) : nullptr;
    }
    ports::PendingCommand waiting() const {
        return {CommandId("c-1"), kAgency, cases_.id("a"), kStart, "isi"};
    }
    ports::Claimed claim(ports::EventStore& store, Work work) {
        const auto claimed = store.claim({"n", work, plus_seconds(kStart, 20 * kSecondsPerDay)});
        EXPECT_TRUE(claimed && *claimed);
        return claimed && *claimed ? **claimed : ports::Claimed{};
    }

    testing::TemporaryFolder folder_;
    const std::string file_ = folder_.at("old.db");
    testing::SampleCases cases_;
};

TEST_F(OldSqliteFile, is_left_alone_where_it_is_only_read_and_says_so) {
    const auto store = open_store("sqlite:" + file_, {.read_only = true});
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().code, "ST013");
    EXPECT_EQ(store.error().args.at(1), "1");
    EXPECT_EQ(testing::run_sql(file_, "SELECT max(version) FROM schema_versions").at(0), "1");
}

TEST_F(OldSqliteFile, keeps_all_that_it_held) {
    const auto store = open("old.db");
    const auto present = open("new.db");
    EXPECT_EQ(*store->list({}), *present->list({}));
    EXPECT_EQ(store->roots(kAgency)->back().root, present->roots(kAgency)->back().root);
    EXPECT_EQ((*store->load({cases_.id("b")}))[0].events,
              (*present->load({cases_.id("b")}))[0].events);
    ASSERT_EQ(store->personal(cases_.id("a"))->size(), 2U);
    EXPECT_EQ(store->personal(cases_.id("a"))->at(0).value, "Jalan berlubang depan SD a");
    EXPECT_EQ(*store->outcome(CommandId("c-0")), *present->outcome(CommandId("c-0")));
    EXPECT_EQ(*store->pending(10), std::vector<ports::PendingCommand>{waiting()});
    EXPECT_EQ(store->next_due()->value(), present->next_due()->value());
    EXPECT_EQ(testing::run_sql(file_, "PRAGMA integrity_check").at(0), "ok");
}

TEST_F(OldSqliteFile, gives_its_work_out_in_turns) {
    const auto store = open("old.db");
    const auto decide = claim(*store, Work::decide);
    EXPECT_EQ(decide.timers.size(), 1U);
    EXPECT_EQ(decide.commands, std::vector<ports::PendingCommand>{waiting()});
    const auto send = claim(*store, Work::send);
    ASSERT_EQ(send.effects.size(), 3U);
    EXPECT_EQ(send.effects[0].effect.channel, "sms") << "the report's";
    EXPECT_EQ(send.effects[0].attempts, 0U);
}

TEST_F(OldSqliteFile, has_the_definitions_in_force_that_all_its_cases_follow) {
    const auto store = open("old.db");
    EXPECT_EQ(*store->in_force(), kDefinitions.id);
    EXPECT_EQ((*store->definition_set(kDefinitions.id))->files, kDefinitions.files);
    EXPECT_FALSE(store->claim({"n", Work::follow, kStart})->has_value());
}

TEST_F(OldSqliteFile, has_none_in_force_where_they_are_not_kept) {
    testing::run_sql(file_, "UPDATE notes SET value = 'gone' WHERE name = 'settled'");
    EXPECT_FALSE(open("old.db")->in_force()->has_value());
}

TEST_F(OldSqliteFile, is_brought_up_to_date_once_and_goes_on) {
    ports::Commit commit;
    cases_.receive(commit, "c", kStart);
    cases_.move(commit, "a", "terverifikasi", kStart);
    ASSERT_TRUE(open("old.db")->commit(commit)->kept());
    EXPECT_EQ(open("old.db", {.read_only = true})->list({})->size(), 3U);
    EXPECT_EQ(testing::run_sql(file_, "SELECT count(*) FROM schema_versions").at(0), "3");
}

}  // namespace
}  // namespace pintu::store
