// Backups of a file: made while others write, verified, restored to where nothing is.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>

#include "adapters/store/sqlite/admin.hpp"
#include "tests/support/files.hpp"
#include "tests/support/old_sqlite.hpp"
#include "tests/support/sample_commits.hpp"

namespace pintu::store {
namespace {

namespace fs = std::filesystem;

constexpr Instant kStart{1'773'365'400'000'000};

class SqliteBackup : public ::testing::Test {
  protected:
    std::string path(const std::string& name) const { return folder_.at(name); }
    std::unique_ptr<ports::EventStore> open(const std::string& name) {
        auto store = open_store("sqlite:" + path(name));
        EXPECT_TRUE(store) << (store ? "" : store.error().code);
        return store ? std::move(*store) : nullptr;
    }
    void receive(ports::EventStore& store, const std::string& name) {
        ports::Commit commit;
        cases_.receive(commit, name, kStart);
        ASSERT_TRUE(store.commit(commit)->kept());
    }
    void fill() {
        const auto store = open("a.db");
        for (int i = 0; i < 20; ++i) receive(*store, std::to_string(i));
    }
    static std::string code(const Result<Archived>& result) {
        return result ? "" : result.error().code;
    }

    testing::TemporaryFolder folder_;
    testing::SampleCases cases_;
};

TEST_F(SqliteBackup, is_one_file_that_is_restored_elsewhere_and_goes_on) {
    fill();
    const auto made = backup_sqlite(path("a.db"), path("backup"));
    ASSERT_TRUE(made) << made.error().code;
    EXPECT_EQ(made->file, path("backup"));
    EXPECT_EQ(made->events, 80U);
    EXPECT_EQ(made->agencies, 1U);
    EXPECT_EQ(made->bytes, fs::file_size(path("backup")));
    for (const char* end : {".part", "-wal", "-shm", "-journal"})
        EXPECT_FALSE(fs::exists(path("backup") + end)) << end;
    const auto restored = restore_sqlite(path("backup"), path("sub/b.db"));
    ASSERT_TRUE(restored) << restored.error().code;
    EXPECT_EQ(restored->rows, made->rows);
    const auto store = open("sub/b.db");
    EXPECT_EQ(*store->list({}), *open("a.db")->list({}));
    receive(*store, "more");
    for (const char* name : {"a.db", "backup", "sub/b.db", "sub/b.db-wal"})
        EXPECT_EQ(fs::status(path(name)).permissions(), fs::perms(0600))
            << name << ": whoever reads it has what reporters wrote";
}

TEST_F(SqliteBackup, goes_into_no_folder_that_is_not_there) {
    fill();
    EXPECT_EQ(code(backup_sqlite(path("a.db"), path("unmounted/backup"))), "ST035");
    EXPECT_FALSE(fs::exists(path("unmounted")));
}

TEST_F(SqliteBackup, is_of_one_moment_while_others_write) {
    fill();
    const pid_t writer = fork();
    if (writer == 0) {
        const auto store = open_store("sqlite:" + path("a.db"));
        for (int i = 0; store; ++i) {
            ports::Commit commit;
            cases_.receive(commit, "child " + std::to_string(i), kStart);
            if (!(*store)->commit(commit)) _exit(1);
        }
        _exit(2);
    }
    for (int i = 0; i < 5; ++i) {
        const auto made = backup_sqlite(path("a.db"), path("backup" + std::to_string(i)));
        ASSERT_TRUE(made) << made.error().code;
        EXPECT_EQ(made->events % 4, 0U) << "a commit is in it or is not";
    }
    kill(writer, SIGKILL);
    int status = 0;
    waitpid(writer, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status));
}

TEST_F(SqliteBackup, never_replaces_a_file) {
    fill();
    testing::write_file(path("backup"), "mine");
    EXPECT_EQ(code(backup_sqlite(path("a.db"), path("backup"))), "ST039");
    EXPECT_EQ(testing::read_file(path("backup")), "mine");
    ASSERT_TRUE(backup_sqlite(path("a.db"), path("whole")));
    EXPECT_EQ(code(restore_sqlite(path("whole"), path("a.db"))), "ST034");
    testing::write_file(path("b.db-wal"), "left over");
    EXPECT_EQ(code(restore_sqlite(path("whole"), path("b.db"))), "ST034");
    EXPECT_FALSE(fs::exists(path("b.db")));
}

TEST_F(SqliteBackup, that_is_none_or_is_damaged_is_not_restored) {
    fill();
    testing::write_file(path("text"), std::string(5000, 'x'));
    testing::run_sql(path("music"), "CREATE TABLE music (song TEXT)");
    EXPECT_EQ(code(restore_sqlite(path("nothing"), path("b.db"))), "ST035");
    EXPECT_EQ(code(restore_sqlite(path("text"), path("b.db"))), "ST031");
    EXPECT_EQ(code(restore_sqlite(path("music"), path("b.db"))), "ST031");
    testing::write_file(path("other"), "PINTU-BACKUP\n" + std::string(5000, 'x'));
    EXPECT_EQ(code(restore_sqlite(path("other"), path("b.db"))), "ST038");
    ASSERT_TRUE(backup_sqlite(path("a.db"), path("whole")));
    std::string bytes = testing::read_file(path("whole"));
    for (std::size_t at = 3 * 4096; at < 6 * 4096; ++at) bytes[at] = '\x5a';
    testing::write_file(path("torn"), bytes);
    EXPECT_EQ(code(restore_sqlite(path("torn"), path("b.db"))), "ST032");
    testing::run_sql(path("whole"), "INSERT INTO schema_versions VALUES (99)");
    EXPECT_EQ(code(restore_sqlite(path("whole"), path("b.db"))), "ST033");
    EXPECT_FALSE(fs::exists(path("b.db")));
}

TEST_F(SqliteBackup, whose_log_does_not_hold_is_not_made_nor_restored) {
    fill();
    ASSERT_TRUE(backup_sqlite(path("a.db"), path("whole")));
    const std::string edit =
        "UPDATE events SET bytes = CAST(substr(bytes, 1, length(bytes) - 1) || x'7f' AS BLOB) "
        "WHERE position = 6";
    testing::run_sql(path("whole"), edit);
    EXPECT_EQ(code(restore_sqlite(path("whole"), path("b.db"))), "ST036");
    testing::run_sql(path("a.db"), edit);
    EXPECT_EQ(code(backup_sqlite(path("a.db"), path("again"))), "ST036");
    EXPECT_FALSE(fs::exists(path("again")));
    EXPECT_FALSE(fs::exists(path("again.part")));
}

TEST_F(SqliteBackup, that_finds_no_room_does_not_stay) {
    fill();
    const pid_t child = fork();
    if (child == 0) {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{64 * 1024, RLIM_INFINITY};
        setrlimit(RLIMIT_FSIZE, &limit);
        const auto made = backup_sqlite(path("a.db"), path("backup"));
        _exit(made ? 1 : made.error().code == "ST002" ? 0 : 2);
    }
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_EQ(WEXITSTATUS(status), 0);
    EXPECT_FALSE(fs::exists(path("backup")));
    EXPECT_FALSE(fs::exists(path("backup.part")));
}

TEST_F(SqliteBackup, is_made_of_a_file_of_an_older_version_too) {
    fill();
    testing::make_version_1(path("a.db"), path("old.db"));
    ASSERT_TRUE(backup_sqlite(path("old.db"), path("backup")));
    ASSERT_TRUE(restore_sqlite(path("backup"), path("b.db")));
    EXPECT_EQ(*open("b.db")->list({}), *open("a.db")->list({}));
}

TEST_F(SqliteBackup, has_a_status_beside_it_that_changes_nothing) {
    EXPECT_EQ(sqlite_status(path("a.db"), kStart).error().code, "ST009");
    fill();
    {
        const auto store = open("a.db");
        ASSERT_TRUE(*store->claim({"node-1", ports::Work::send, kStart, 60'000, 1}));
    }
    const auto status = sqlite_status(path("a.db"), plus_seconds(kStart, 11 * kSecondsPerDay));
    ASSERT_TRUE(status) << status.error().code;
    EXPECT_EQ(status->schema, status->known_schema);
    EXPECT_EQ(status->cases, 20U);
    EXPECT_EQ(status->open_cases, 20U);
    EXPECT_EQ(status->events, 80U);
    EXPECT_EQ(status->timers, 20U);
    EXPECT_EQ(status->due_timers, 20U);
    EXPECT_EQ(status->effects, 20U);
    ASSERT_EQ(status->turns.size(), 1U);
    EXPECT_EQ(status->turns[0].node, "node-1");
    EXPECT_GT(status->turns[0].left_ms, 50'000);
    testing::make_version_1(path("a.db"), path("old.db"));
    EXPECT_EQ(sqlite_status(path("old.db"), kStart)->schema, 1);
    EXPECT_EQ(migrate_sqlite(path("old.db"))->from, 1);
    EXPECT_EQ(migrate_sqlite(path("old.db"))->from, 3);
    EXPECT_EQ(migrate_sqlite(path("new.db"))->from, 0);
}

}  // namespace
}  // namespace pintu::store
