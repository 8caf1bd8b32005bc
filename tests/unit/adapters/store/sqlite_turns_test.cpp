// Turns in a file that several processes have open, and the clock that they go by.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <set>

#include "adapters/store/store.hpp"
#include "tests/support/files.hpp"
#include "tests/support/old_sqlite.hpp"
#include "tests/support/sample_commits.hpp"

namespace pintu::store {
namespace {

using ports::Work;

constexpr Instant kStart{1'773'365'400'000'000};
constexpr Instant kDue{kStart.micros + 11 * kSecondsPerDay * 1'000'000};

class SqliteTurns : public ::testing::Test {
  protected:
    std::string file() const { return folder_.at("pintu.db"); }
    std::unique_ptr<ports::EventStore> open() {
        OpenOptions options;
        options.clock_ms = [this] { return clock_ms_; };
        auto store = open_store("sqlite:" + file(), options);
        EXPECT_TRUE(store);
        return store ? std::move(*store) : nullptr;
    }
    std::optional<ports::Claimed> claim(ports::EventStore& store, Work work = Work::decide) {
        auto claimed = store.claim({"n", work, kDue, 1000, 100});
        EXPECT_TRUE(claimed) << (claimed ? "" : claimed.error().code);
        return claimed ? std::move(*claimed) : std::nullopt;
    }
    bool stale(ports::EventStore& store, const ports::Claimed& claimed, std::int64_t keep_ms = 0) {
        ports::Commit commit;
        commit.turns.push_back({claimed.lease, keep_ms, false});
        const auto answer = store.commit(commit);
        EXPECT_TRUE(answer);
        return answer && answer->stale;
    }
    void receive(ports::EventStore& store, const std::string& name) {
        ports::Commit commit;
        cases_.receive(commit, name, kStart);
        ASSERT_TRUE(store.commit(commit)->kept());
    }

    testing::TemporaryFolder folder_;
    std::int64_t clock_ms_ = 1'000'000;
    testing::SampleCases cases_;
};

TEST_F(SqliteTurns, are_each_in_one_hand_until_they_run_out) {
    auto first = open();
    auto second = open();
    receive(*first, "a");
    const auto held = claim(*first);
    ASSERT_TRUE(held);
    EXPECT_EQ(held->timers.size(), 1U);
    EXPECT_FALSE(claim(*second));
    clock_ms_ += 1000;
    const auto taken = claim(*second);
    ASSERT_TRUE(taken);
    EXPECT_GT(taken->lease.token, held->lease.token);
    EXPECT_TRUE(stale(*first, *held));
    EXPECT_FALSE(stale(*second, *taken));
}

TEST_F(SqliteTurns, that_ran_out_are_stale_though_nobody_took_them) {
    auto store = open();
    receive(*store, "a");
    const auto held = claim(*store);
    clock_ms_ += 1000;
    ports::Commit commit;
    cases_.receive(commit, "b", kStart);
    commit.turns.push_back({held->lease, 0, false});
    EXPECT_TRUE(store->commit(commit)->stale);
    EXPECT_EQ(store->list({})->size(), 1U);
}

TEST_F(SqliteTurns, that_are_kept_go_on_by_the_clock_of_the_machine) {
    auto store = open();
    receive(*store, "a");
    const auto held = claim(*store);
    clock_ms_ += 900;
    EXPECT_FALSE(stale(*store, *held, 5000));
    clock_ms_ += 4000;
    EXPECT_FALSE(claim(*open()));
    EXPECT_FALSE(stale(*store, *held));
    EXPECT_TRUE(stale(*store, *held)) << "it has ended";
    EXPECT_TRUE(claim(*open()));
}

TEST_F(SqliteTurns, do_not_wait_for_a_clock_that_was_set_back) {
    auto store = open();
    receive(*store, "a");
    const auto held = claim(*store);
    clock_ms_ -= 3'600'000;
    const auto taken = claim(*store);
    ASSERT_TRUE(taken);
    EXPECT_TRUE(stale(*store, *held));
    EXPECT_FALSE(stale(*store, *taken));
}

TEST_F(SqliteTurns, are_not_given_for_work_that_was_done_without_one) {
    auto store = open();
    receive(*store, "a");
    ports::Commit commit;
    cases_.move(commit, "a", "selesai", kStart);
    ASSERT_TRUE(store->commit(commit)->kept());
    EXPECT_FALSE(claim(*store)) << "a closed case has no timer";
    EXPECT_FALSE(*store->next_due());
}

TEST_F(SqliteTurns, end_where_other_definitions_come_into_force) {
    auto store = open();
    const AgencyCode agency("64.09");
    const auto set = [](const std::string& id) { return ports::DefinitionSet{id, {}, {}}; };
    ASSERT_TRUE(store->publish(set("one"), {agency}));
    const auto first = claim(*store, Work::follow);
    ASSERT_TRUE(first);
    ASSERT_TRUE(open()->publish(set("two"), {agency}));
    EXPECT_TRUE(stale(*store, *first));
    ASSERT_TRUE(store->publish(set("two"), {agency}));
    EXPECT_TRUE(claim(*store, Work::follow));
    EXPECT_FALSE(claim(*store, Work::follow));
}

// Four processes decide all that waits, each command a commit of its own; none is decided twice.
TEST_F(SqliteTurns, share_the_work_out_between_processes) {
    constexpr int kProcesses = 4;
    constexpr std::size_t kCommands = 200;
    {
        auto store = open();
        for (std::size_t i = 0; i < kCommands; ++i) {
            const std::string agency = "64.0" + std::to_string(i % 3);
            ASSERT_TRUE(store->submit({CommandId(agency + "-" + std::to_string(i)),
                                       AgencyCode(agency), CaseId(), kStart, "isi"}));
        }
    }
    std::vector<pid_t> children;
    for (int child = 0; child < kProcesses; ++child) {
        children.push_back(fork());
        if (children.back() != 0) continue;
        const auto store = open_store("sqlite:" + file());
        while (store) {
            auto claimed = (*store)->claim({std::to_string(child), Work::decide, kDue, 60'000, 5});
            if (!claimed) _exit(1);
            if (!*claimed) _exit((*store)->pending(1)->empty() ? 0 : 2);
            ports::Commit commit;
            for (const auto& command : (*claimed)->commands)
                commit.outcomes.push_back({command.id, {}, true, "", {}, {}, 0, kStart});
            commit.turns.push_back({(*claimed)->lease, 0, false});
            const auto answer = (*store)->commit(commit);
            if (!answer || !answer->kept()) _exit(3);
        }
        _exit(4);
    }
    for (const pid_t child : children) {
        int status = 0;
        waitpid(child, &status, 0);
        // Where the others still are at the last of the work, a process leaves it to them.
        ASSERT_TRUE(WIFEXITED(status));
        EXPECT_TRUE(WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 2) << WEXITSTATUS(status);
    }
    EXPECT_TRUE(open()->pending(1)->empty());
    EXPECT_EQ(testing::run_sql(file(), "SELECT count(*) FROM outcomes").at(0),
              std::to_string(kCommands));
}

// All at once, none of them there yet.
TEST_F(SqliteTurns, begin_in_a_file_that_several_processes_make_at_once) {
    constexpr int kProcesses = 6;
    int start[2];
    ASSERT_EQ(pipe(start), 0);
    std::vector<pid_t> children;
    for (int child = 0; child < kProcesses; ++child) {
        children.push_back(fork());
        if (children.back() != 0) continue;
        close(start[1]);
        char byte = 0;
        if (read(start[0], &byte, 1) < 0) _exit(1);
        const auto store = open_store("sqlite:" + file());
        if (!store) _exit(store.error().code == "ST001" ? 2 : 3);
        _exit((*store)->submit({CommandId("64-" + std::to_string(child)), AgencyCode("64"),
                                CaseId(), kStart, "isi"})
                  ? 0
                  : 4);
    }
    close(start[0]);
    close(start[1]);
    for (const pid_t child : children) {
        int status = 0;
        waitpid(child, &status, 0);
        EXPECT_EQ(WIFEXITED(status) ? WEXITSTATUS(status) : -1, 0);
    }
    EXPECT_EQ(open()->pending(100)->size(), std::size_t{kProcesses});
}

}  // namespace
}  // namespace pintu::store
