// What is SQLite's own: files, other processes, failing disks.
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <random>

#include "adapters/store/store.hpp"
#include "engine/history/verify.hpp"
#include "tests/support/files.hpp"
#include "tests/support/old_sqlite.hpp"
#include "tests/support/sample_commits.hpp"

namespace pintu::store {
namespace {

using ports::Commit;
using ports::EventStore;
using testing::SampleCases;

constexpr Instant kStart{1'773'365'400'000'000};
const AgencyCode kAgency("64.09");

class SqliteFile : public ::testing::Test {
  protected:
    std::unique_ptr<EventStore> open(const OpenOptions& options = {}) {
        auto store = open_store("sqlite:" + file_, options);
        EXPECT_TRUE(store) << (store ? "" : store.error().code);
        return store ? std::move(*store) : nullptr;
    }
    std::string error_of_open(const OpenOptions& options = {}) {
        const auto store = open_store("sqlite:" + file_, options);
        return store ? "" : store.error().code;
    }
    Result<ports::CommitAnswer> receive(EventStore& store, const std::string& name) {
        Commit commit;
        cases_.receive(commit, name, kStart);
        auto answer = store.commit(commit);
        if (!answer) cases_.forget(name);
        return answer;
    }
    void tamper(const std::string& sql) { testing::run_sql(file_, sql); }

    testing::TemporaryFolder folder_;
    std::string file_ = folder_.at("pintu.db");
    SampleCases cases_;
};

std::vector<history::Finding> verify(EventStore& store,
                                     std::vector<history::Checkpoint> against = {}) {
    std::vector<history::StoredRoot> roots;
    const auto stored = store.roots(kAgency);
    for (const auto& root : *stored) roots.push_back({root.size, root.root});
    history::Verifier verifier(kAgency, roots, std::move(against));
    const auto rows = store.log(kAgency, 0, 1'000'000);
    for (const auto& row : *rows) {
        verifier.add({row.position, row.case_id.value, row.sequence, row.bytes, row.leaf});
    }
    verifier.finish();
    return verifier.findings().items();
}

history::Checkpoint checkpoint_of(EventStore& store) {
    const auto roots = store.roots(kAgency);
    return {kAgency, roots->back().size, roots->back().root, kStart};
}

bool has(const std::vector<history::Finding>& findings, const std::string& code) {
    return std::any_of(findings.begin(), findings.end(),
                       [&](const auto& f) { return f.code == code; });
}

// --- Opening ---

TEST_F(SqliteFile, is_made_with_its_folder_and_found_again) {
    file_ = folder_.at("var/lib/pintu.db");
    ASSERT_TRUE(receive(*open(), "a"));
    auto again = open();
    EXPECT_EQ((*again->load({cases_.id("a")}))[0].events.size(), 4U);
    ASSERT_TRUE(receive(*again, "b"));
    EXPECT_TRUE(verify(*again).empty());
}

TEST_F(SqliteFile, is_not_made_where_it_should_be_there) {
    EXPECT_EQ(error_of_open({.create = false}), "ST009");
    EXPECT_EQ(error_of_open({.read_only = true}), "ST009");
    EXPECT_FALSE(std::filesystem::exists(file_));
}

TEST_F(SqliteFile, with_a_newer_schema_is_refused_and_left_alone) {
    ASSERT_TRUE(receive(*open(), "a"));
    tamper("INSERT INTO schema_versions VALUES (99)");
    EXPECT_EQ(error_of_open(), "ST007");
    EXPECT_EQ(error_of_open({.read_only = true}), "ST007");
}

TEST_F(SqliteFile, of_another_program_is_refused_and_left_alone) {
    tamper("CREATE TABLE music (song TEXT)");
    const std::string before = testing::read_file(file_);
    EXPECT_EQ(error_of_open(), "ST008");
    EXPECT_EQ(testing::read_file(file_), before);
}

TEST_F(SqliteFile, that_is_no_database_is_refused_and_left_alone) {
    const std::string text(5000, 'x');
    testing::write_file(file_, text);
    EXPECT_EQ(error_of_open(), "ST005");
    EXPECT_EQ(testing::read_file(file_), text);
}

TEST_F(SqliteFile, that_is_a_folder_cannot_be_opened) {
    std::filesystem::create_directory(file_);
    EXPECT_EQ(error_of_open(), "ST004");
    const auto read = open_store("sqlite:" + file_, {.create = false, .read_only = true});
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, "ST004");
}

TEST_F(SqliteFile, that_is_damaged_says_so) {
    {
        auto store = open();
        for (int i = 0; i < 50; ++i) ASSERT_TRUE(receive(*store, std::to_string(i)));
    }
    std::string bytes = testing::read_file(file_);
    for (std::size_t at = 8192; at < bytes.size(); ++at) bytes[at] = '\x5a';
    testing::write_file(file_, bytes);
    const auto store = open_store("sqlite:" + file_, {});
    if (!store) {
        EXPECT_EQ(store.error().code, "ST006");
    } else {
        const auto log = (*store)->log(kAgency, 0, 1000);
        ASSERT_FALSE(log);
        EXPECT_EQ(log.error().code, "ST006");
    }
}

TEST(Address, that_is_not_known_is_refused) {
    for (const char* address : {"", "sqlite:", "mysql:x", "pintu.db"}) {
        const auto store = open_store(address);
        ASSERT_FALSE(store) << address;
        EXPECT_EQ(store.error(), (Error{"ST011", {address}}));
    }
}

TEST(Address, that_may_be_meant_for_a_server_is_not_shown_with_its_password) {
    for (const auto& [address, shown] : std::initializer_list<std::pair<const char*, const char*>>{
             {"postgresq://u:rahasia@satu/aduan", "postgresq:..."},
             {"Postgresql://u:rahasia@satu/aduan", "Postgresql:..."},
             {"jdbc:postgresql://satu/aduan?password=rahasia", "jdbc:..."},
             {"host=satu password=rahasia", "..."}}) {
        EXPECT_EQ(open_store(address).error(), (Error{"ST011", {shown}}));
        EXPECT_EQ(check_address(address).error(), (Error{"ST011", {shown}}));
        EXPECT_EQ(shown_address(address), shown);
    }
}

// --- Disks ---

TEST_F(SqliteFile, opened_for_reading_only_reads_and_changes_nothing) {
    ASSERT_TRUE(receive(*open(), "a"));
    auto store = open({.read_only = true});
    EXPECT_EQ(store->list({})->size(), 1U);
    const auto answer = receive(*store, "b");
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, "ST003");
    EXPECT_EQ(store->list({})->size(), 1U);
}

// Runs in a process of its own, as a user who may not write (root may always).
template <class Body>
int in_child(Body body) {
    const pid_t child = fork();
    if (child == 0) _exit(body());
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

TEST_F(SqliteFile, without_permission_to_write_says_so) {
    ASSERT_TRUE(receive(*open(), "a"));
    std::filesystem::permissions(folder_.path(), std::filesystem::perms(0555));
    std::filesystem::permissions(file_, std::filesystem::perms(0444));
    const int result = in_child([&] {
        if (geteuid() == 0 && seteuid(65534) != 0) return 1;
        const auto store = open_store("sqlite:" + file_);
        if (!store) return store.error().code == "ST003" || store.error().code == "ST004" ? 0 : 2;
        const auto answer = receive(**store, "b");
        return !answer && answer.error().code == "ST003" ? 0 : 3;
    });
    EXPECT_EQ(result, 0);
    std::filesystem::permissions(folder_.path(), std::filesystem::perms(0755));
    EXPECT_EQ(open({.read_only = true})->list({})->size(), 1U);
}

TEST_F(SqliteFile, on_a_full_disk_says_so_and_loses_nothing) {
    const int result = in_child([&] {
        std::signal(SIGXFSZ, SIG_IGN);
        auto store = open_store("sqlite:" + file_);
        if (!store) return 1;
        // The journal may grow to half a megabyte: the disk is full in the middle of a commit.
        const rlimit limit{512 * 1024, RLIM_INFINITY};
        setrlimit(RLIMIT_FSIZE, &limit);
        int kept = 0;
        for (; kept < 10'000; ++kept) {
            const auto answer = receive(**store, std::to_string(kept));
            if (answer) continue;
            if (answer.error().code != "ST002") return 2;
            break;
        }
        if (kept == 0 || kept == 10'000) return 3;
        const auto count = (*store)->list({.agency = {}, .limit = 100'000});
        if (!count || count->size() != static_cast<std::size_t>(kept)) return 4;
        // Room again: the very store goes on.
        const rlimit none{RLIM_INFINITY, RLIM_INFINITY};
        setrlimit(RLIMIT_FSIZE, &none);
        if (!receive(**store, "afterwards")) return 5;
        return verify(**store).empty() ? 0 : 6;
    });
    EXPECT_EQ(result, 0);
    auto store = open();
    EXPECT_TRUE(verify(*store).empty());
    EXPECT_EQ((*store->load({cases_.id("afterwards")}))[0].events.size(), 4U);
}

// --- Other processes ---

TEST_F(SqliteFile, takes_commands_from_another_process_while_it_is_open) {
    auto store = open();
    ASSERT_TRUE(receive(*store, "a"));
    const ports::PendingCommand command{CommandId("c-1"), kAgency, cases_.id("a"), kStart, "isi"};
    const int result = in_child([&] {
        const auto other = open_store("sqlite:" + file_);
        return other && (*other)->list({})->size() == 1 && (*other)->submit(command) ? 0 : 1;
    });
    ASSERT_EQ(result, 0);
    EXPECT_EQ(*store->pending(10), std::vector<ports::PendingCommand>{command});
    ASSERT_TRUE(receive(*store, "b"));
}

TEST_F(SqliteFile, appends_to_one_log_from_two_processes) {
    auto store = open();
    ASSERT_TRUE(receive(*store, "a"));
    for (int round = 0; round < 5; ++round) {
        const std::string name = "child " + std::to_string(round);
        ASSERT_EQ(in_child([&] {
                      auto other = open_store("sqlite:" + file_);
                      return other && receive(**other, name) ? 0 : 1;
                  }),
                  0);
        ASSERT_TRUE(receive(*store, "parent " + std::to_string(round)));
    }
    EXPECT_EQ(store->list({})->size(), 11U);
    EXPECT_TRUE(verify(*store).empty());
}

TEST_F(SqliteFile, held_by_another_writer_is_busy_and_then_goes_on) {
    auto store = open({.busy_timeout_ms = 10});
    sqlite3* other = nullptr;
    ASSERT_EQ(sqlite3_open(file_.c_str(), &other), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
    const auto answer = receive(*store, "a");
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, "ST001");
    sqlite3_close(other);
    EXPECT_TRUE(receive(*store, "a"));
}

// A writer is killed at whatever instant; whatever it had answered is there afterwards, whole.
TEST_F(SqliteFile, keeps_whatever_was_answered_when_the_writer_is_killed) {
    std::mt19937 random(20260313);
    std::size_t answered = 0;
    for (int round = 0; round < 20; ++round) {
        int pipes[2];
        ASSERT_EQ(pipe(pipes), 0);
        const pid_t child = fork();
        if (child == 0) {
            auto store = open_store("sqlite:" + file_);
            for (int i = 0; store && i < 100'000; ++i) {
                const std::string name = std::to_string(round) + "." + std::to_string(i);
                Commit commit;
                cases_.receive(commit, name, kStart);
                cases_.move(commit, name, "terverifikasi", kStart);
                if (!(*store)->commit(commit)) _exit(1);
                const std::string line = name + "\n";
                if (write(pipes[1], line.data(), line.size()) < 0) _exit(2);
            }
            _exit(3);
        }
        close(pipes[1]);
        std::string answers;
        const std::size_t enough = random() % 400;
        char buffer[64];
        while (answers.size() < enough) {
            const auto size = read(pipes[0], buffer, sizeof buffer);
            ASSERT_GT(size, 0);
            answers.append(buffer, static_cast<std::size_t>(size));
        }
        kill(child, SIGKILL);
        for (ssize_t size = 0; (size = read(pipes[0], buffer, sizeof buffer)) > 0;) {
            answers.append(buffer, static_cast<std::size_t>(size));
        }
        close(pipes[0]);
        int status = 0;
        waitpid(child, &status, 0);
        ASSERT_TRUE(WIFSIGNALED(status));

        auto store = open();
        ASSERT_NE(store, nullptr);
        std::istringstream lines(answers);
        for (std::string name; std::getline(lines, name); ++answered) {
            const auto loaded = store->load({cases_.id(name)});
            ASSERT_TRUE(loaded);
            EXPECT_EQ((*loaded)[0].events.size(), 6U) << name;
            EXPECT_EQ(store->personal(cases_.id(name))->size(), 3U) << name;
        }
        EXPECT_TRUE(verify(*store).empty()) << round;
        const auto cases = store->list({.agency = {}, .limit = 1'000'000});
        EXPECT_EQ(store->log(kAgency, 0, 1'000'000)->size(), cases->size() * 6);
        EXPECT_EQ(store->unsent(1'000'000)->size(), cases->size() * 2);
    }
    EXPECT_GT(answered, 100U);
}

// --- Tampering, with a tool of one's own ---

class Tampered : public SqliteFile {
  protected:
    void SetUp() override {
        auto store = open();
        for (const char* name : {"a", "b", "c"}) ASSERT_TRUE(receive(*store, name));
        saved_ = checkpoint_of(*store);
        for (const char* name : {"d", "e"}) ASSERT_TRUE(receive(*store, name));
        ASSERT_TRUE(verify(*store, {saved_}).empty());
    }
    std::vector<history::Finding> findings() { return verify(*open(), {saved_}); }
    history::Checkpoint saved_;
};

TEST_F(Tampered, bytes_are_found_and_located) {
    tamper(
        "UPDATE events SET bytes = CAST(substr(bytes, 1, length(bytes) - 1) || x'7f' AS BLOB) "
        "WHERE position = 6");
    const auto found = findings();
    EXPECT_TRUE(has(found, "HI021"));
    EXPECT_EQ(found[0].leaf, 6U);
}

TEST_F(Tampered, removed_events_are_found) {
    tamper("DELETE FROM events WHERE position = 6");
    EXPECT_TRUE(has(findings(), "HI023"));
}

TEST_F(Tampered, a_removed_tail_is_found) {
    tamper(
        "DELETE FROM events WHERE position >= 16; DELETE FROM roots WHERE size > 16;"
        "UPDATE logs SET size = 16");
    EXPECT_TRUE(findings().empty()) << "newer than the checkpoint: cannot be told";
    tamper("DELETE FROM events WHERE position >= 8; DELETE FROM roots WHERE size > 8");
    EXPECT_TRUE(has(findings(), "HI031"));
}

TEST_F(Tampered, swapped_events_are_found) {
    tamper(
        "UPDATE events SET position = -1 WHERE position = 3;"
        "UPDATE events SET position = 3 WHERE position = 4;"
        "UPDATE events SET position = 4 WHERE position = -1");
    const auto found = findings();
    EXPECT_TRUE(has(found, "HI032"));
    EXPECT_TRUE(has(found, "HI028"));
}

TEST_F(Tampered, inserted_events_are_found) {
    tamper(
        "INSERT INTO events (agency, position, case_id, sequence, bytes, leaf) "
        "SELECT agency, 20, case_id, 5, bytes, leaf FROM events WHERE position = 3");
    EXPECT_TRUE(has(findings(), "HI034"));
}

TEST_F(Tampered, a_log_whose_tree_is_broken_takes_no_more) {
    tamper("UPDATE logs SET nodes = x'00'");
    const auto answer = receive(*open(), "z");
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, "HI012");
}

TEST_F(Tampered, bytes_are_not_handed_to_the_engine) {
    tamper("UPDATE events SET bytes = CAST(bytes || x'00' AS BLOB) WHERE position = 0");
    const auto loaded = open()->load({cases_.id("a")});
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().code, "HI002");
}

}  // namespace
}  // namespace pintu::store
