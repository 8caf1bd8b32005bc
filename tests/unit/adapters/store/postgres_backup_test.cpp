// Backups of a database: of one moment while others write, read back, restored to where nothing is.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <future>

#include "adapters/store/postgres/admin.hpp"
#include "adapters/store/postgres/archive.hpp"
#include "adapters/store/postgres/connection.hpp"
#include "adapters/store/postgres/copy_rows.hpp"
#include "adapters/store/postgres/schema.hpp"
#include "tests/support/cluster.hpp"
#include "tests/support/files.hpp"
#include "tests/support/sample_commits.hpp"

namespace pintu::postgres {
namespace {

namespace fs = std::filesystem;
using testing::FreshDatabase;

constexpr Instant kStart{1'773'365'400'000'000};

class PostgresBackup : public ::testing::Test {
  protected:
    PostgresBackup() {
        auto store = store::open_store(from_.address());
        EXPECT_TRUE(store) << store.error().code;
        store_ = std::move(*store);
    }

    std::string path(const std::string& name = "backup") const { return folder_.at(name); }
    void receive(const std::string& name) {
        ports::Commit commit;
        cases_.receive(commit, name, kStart);
        ASSERT_TRUE(store_->commit(commit)->kept());
    }
    // Two agencies; some events have no place in their logs yet.
    void fill() {
        for (int i = 0; i < 30; ++i) receive(std::to_string(i));
        EXPECT_TRUE(store_->sequence(50));
        ports::Commit commit;
        others_.receive(commit, "x", kStart);
        cases_.move(commit, "3", "diproses", plus_seconds(kStart, 60));
        ASSERT_TRUE(store_->commit(commit)->kept());
    }
    void execute(const std::string& address, const std::string& sql) {
        const auto connection = Connection::open(*parse_address(address, Role::writer));
        (*connection)->script(sql);
        ASSERT_FALSE((*connection)->failed()) << (*connection)->take_error().args[1];
    }
    void spoil(const std::string& to, std::size_t at) {
        std::string bytes = testing::read_file(path());
        bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
        std::ofstream(path(to), std::ios::binary) << bytes;
    }
    static std::string code(const Result<store::Archived>& result) {
        return result ? "" : result.error().code;
    }

    testing::TemporaryFolder folder_;
    FreshDatabase from_, to_;
    std::unique_ptr<ports::EventStore> store_;
    testing::SampleCases cases_, others_{AgencyCode("64.72")};
};

void expect_same(ports::EventStore& one, ports::EventStore& other) {
    EXPECT_EQ(*one.list({}), *other.list({}));
    const auto agencies = *one.agencies();
    EXPECT_EQ(agencies, *other.agencies());
    for (const auto& agency : agencies) {
        const auto log = *one.log(agency, 0, 10'000);
        const auto copied = *other.log(agency, 0, 10'000);
        ASSERT_EQ(log.size(), copied.size());
        for (std::size_t i = 0; i < log.size(); ++i) EXPECT_EQ(log[i].bytes, copied[i].bytes);
        const auto roots = *one.roots(agency), copied_roots = *other.roots(agency);
        ASSERT_EQ(roots.size(), copied_roots.size());
        EXPECT_EQ(roots.back().root, copied_roots.back().root);
    }
    EXPECT_EQ(*one.unsent(1000), *other.unsent(1000));
    EXPECT_EQ(*one.due_timers(plus_seconds(kStart, 1LL << 30), 1000),
              *other.due_timers(plus_seconds(kStart, 1LL << 30), 1000));
}

TEST_F(PostgresBackup, is_restored_elsewhere_and_goes_on) {
    fill();
    const auto made = backup(from_.address(), path());
    ASSERT_TRUE(made) << made.error().code << " " << made.error().args[1];
    EXPECT_EQ(made->file, path());
    EXPECT_EQ(made->events, 126U);
    EXPECT_EQ(made->bytes, fs::file_size(path()));
    EXPECT_FALSE(fs::exists(path() + ".part"));
    EXPECT_EQ(fs::status(path()).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    const auto restored = restore(path(), to_.address());
    ASSERT_TRUE(restored) << restored.error().code << " " << restored.error().args[1];
    EXPECT_EQ(restored->rows, made->rows);
    auto copy = std::move(*store::open_store(to_.address()));
    EXPECT_TRUE(store_->sequence(1'000'000));
    EXPECT_EQ(*copy->sequence(1'000'000), 126U - 48U);
    expect_same(*store_, *copy);
    // It goes on where it was: new cases, cases that move on, new places in the log.
    ports::Commit more;
    cases_.receive(more, "baru", kStart);
    cases_.move(more, "3", "selesai", plus_seconds(kStart, 120));
    ASSERT_TRUE(copy->commit(more)->kept());
    EXPECT_EQ(*copy->sequence(1000), 6U);
    EXPECT_EQ(copy->log(AgencyCode("64.09"), 0, 10'000)->size(), 128U);
    EXPECT_EQ(copy->load({cases_.id("3")})->front().events.size(), 8U);
}

TEST_F(PostgresBackup, of_a_backup_is_the_same) {
    fill();
    ASSERT_TRUE(backup(from_.address(), path()));
    ASSERT_TRUE(restore(path(), to_.pooled()));
    ASSERT_TRUE(backup(to_.address(), path("again")));
    EXPECT_EQ(fs::file_size(path()), fs::file_size(path("again")));
}

TEST_F(PostgresBackup, never_replaces_a_file_or_a_store) {
    fill();
    std::ofstream(path("mine")) << "mine";
    EXPECT_EQ(code(backup(from_.address(), path("mine"))), "ST039");
    EXPECT_EQ(testing::read_file(path("mine")), "mine");
    EXPECT_EQ(code(backup(from_.address(), path("no/such/folder"))), "ST035");
    ASSERT_TRUE(backup(from_.address(), path()));
    EXPECT_EQ(code(restore(path(), from_.address())), "ST034");
    execute(to_.address(), "CREATE TABLE pegawai (nama text)");
    EXPECT_EQ(code(restore(path(), to_.address())), "ST008");
    EXPECT_EQ(code(backup(to_.address(), path("other"))), "ST008");
    EXPECT_FALSE(fs::exists(path("other.part")));
}

TEST_F(PostgresBackup, that_is_none_or_is_cut_off_is_not_restored) {
    fill();
    ASSERT_TRUE(backup(from_.address(), path()));
    EXPECT_EQ(code(restore(path("nothing"), to_.address())), "ST035");
    std::ofstream(path("text")) << "bukan cadangan";
    EXPECT_EQ(code(restore(path("text"), to_.address())), "ST031");
    ASSERT_TRUE(store::open_store("sqlite:" + path("file")));
    EXPECT_EQ(code(restore(path("file"), to_.address())), "ST038");
    const std::string whole = testing::read_file(path());
    for (const std::size_t left : {whole.size() - 1, whole.size() / 2, std::size_t{20}}) {
        std::ofstream(path("torn"), std::ios::binary) << whole.substr(0, left);
        EXPECT_EQ(code(restore(path("torn"), to_.address())), "ST032") << left;
    }
    std::ofstream(path("longer"), std::ios::binary) << whole << "x";
    EXPECT_EQ(code(restore(path("longer"), to_.address())), "ST032");
    EXPECT_EQ(*schema_of(**Connection::open(*parse_address(to_.address(), Role::writer))), 0);
}

TEST_F(PostgresBackup, in_which_any_one_bit_is_flipped_is_found) {
    receive("a");
    EXPECT_TRUE(store_->sequence(1000));
    ASSERT_TRUE(backup(from_.address(), path()));
    const auto size = fs::file_size(path());
    for (std::size_t at = 0; at < size; at += 97) {
        spoil("spoilt", at);
        const auto result = restore(path("spoilt"), to_.address());
        const std::string found = code(result);
        EXPECT_TRUE(found == "ST031" || found == "ST032" || found == "ST033") << at << found;
        if (found != "ST032") continue;
        const std::string& place = result.error().args[1];
        unsigned long long from = 0, to = 0;
        const auto bytes = place.find("bytes ");
        if (bytes == std::string::npos) continue;  // where reading stopped
        ASSERT_EQ(std::sscanf(place.c_str() + bytes, "bytes %llu to %llu", &from, &to), 2) << place;
        EXPECT_LE(from, at) << place;
        EXPECT_GT(to, at) << place;
    }
}

TEST_F(PostgresBackup, of_another_version_is_not_restored) {
    const auto writer = ArchiveWriter::create(path(), kSchema + 1);
    ASSERT_TRUE((*writer)->close());
    ASSERT_TRUE((*writer)->publish());
    const auto result = restore(path(), to_.address());
    EXPECT_EQ(code(result), "ST033");
    EXPECT_EQ(result.error().args[1], "postgresql 1." + std::to_string(kSchema + 1));
}

TEST_F(PostgresBackup, whose_log_does_not_hold_is_not_made) {
    fill();
    execute(from_.address(),
            "UPDATE pages SET leaves = set_byte(leaves, 3, 255 - get_byte(leaves, 3)) WHERE agency "
            "= '64.09' AND id = (SELECT max(id) FROM pages WHERE agency = '64.09')");
    const auto spoilt = backup(from_.address(), path());
    EXPECT_EQ(code(spoilt), "ST036");
    EXPECT_EQ(spoilt.error().args[1], "64.09");
    EXPECT_FALSE(fs::exists(path()));
    EXPECT_FALSE(fs::exists(path() + ".part"));
}

TEST_F(PostgresBackup, misses_no_row_of_the_log) {
    fill();
    execute(from_.address(),
            "CREATE SCHEMA kept; CREATE TABLE kept.entries AS TABLE entries; "
            "CREATE TABLE kept.roots AS TABLE roots");
    for (const char* sql :
         {"DELETE FROM entries WHERE position = 4", "DELETE FROM roots WHERE agency = '64.09'",
          "UPDATE roots SET root = sha256(root)", "UPDATE roots SET size = size - 1",
          "UPDATE logs SET size = size + 1 WHERE agency = '64.09'"}) {
        execute(from_.address(), sql);
        EXPECT_EQ(code(backup(from_.address(), path())), "ST036") << sql;
        execute(from_.address(),
                "TRUNCATE entries, roots; INSERT INTO entries TABLE kept.entries; "
                "INSERT INTO roots TABLE kept.roots");
    }
    execute(from_.address(), "UPDATE logs SET size = size - 1 WHERE agency = '64.09'");
    EXPECT_EQ(code(backup(from_.address(), path())), "");
}

// Pages that have no place in the log yet are missed by no root.
TEST_F(PostgresBackup, misses_no_page_that_a_case_names) {
    fill();
    execute(from_.address(),
            "CREATE SCHEMA kept; CREATE TABLE kept.pages AS TABLE pages; "
            "CREATE TABLE kept.cases AS TABLE cases");
    const std::string newest = "(SELECT max(id) FROM pages WHERE agency = '64.09')";
    const std::string of_3 = " WHERE case_id = '" + cases_.id("3").value + "'";
    const struct {
        std::string sql, code, what;
    } losses[] = {
        {"DELETE FROM pages WHERE agency = '64.09' AND id = " + newest, "ST037",
         cases_.id("3").value},
        {"UPDATE pages SET id = id + 1 WHERE agency = '64.09' AND id = " + newest, "ST037",
         cases_.id("3").value},
        {"UPDATE cases SET page_list = substr(page_list, 1, 12)" + of_3, "ST036", "64.09"},
        {"UPDATE cases SET page_list = substr(page_list, 1, 12) || substr(page_list, 1, 12)" + of_3,
         "ST036", "64.09"},
        {"UPDATE cases SET shown = overlay(shown placing '\\x00000001' from 1)" + of_3, "ST036",
         "64.09"},
        {"DELETE FROM cases" + of_3, "ST036", "64.09"},
    };
    for (const auto& loss : losses) {
        execute(from_.address(), loss.sql);
        const auto made = backup(from_.address(), path());
        EXPECT_EQ(code(made), loss.code) << loss.sql;
        EXPECT_EQ(made ? "" : made.error().args[1], loss.what) << loss.sql;
        EXPECT_FALSE(fs::exists(path())) << loss.sql;
        execute(from_.address(),
                "TRUNCATE pages, cases; INSERT INTO pages (agency, id, xid, leaves, bytes) "
                "SELECT agency, id, xid, leaves, bytes FROM kept.pages; "
                "INSERT INTO cases SELECT * FROM kept.cases");
    }
    EXPECT_EQ(code(backup(from_.address(), path())), "");
}

// A quota, or a full disk.
TEST_F(PostgresBackup, that_finds_no_room_does_not_stay) {
    fill();
    const pid_t child = fork();
    if (child == 0) {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{20'000, 20'000};
        setrlimit(RLIMIT_FSIZE, &limit);
        _exit(code(backup(from_.address(), path())) == "ST002" ? 0 : 1);
    }
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_EQ(WEXITSTATUS(status), 0);
    EXPECT_FALSE(fs::exists(path()));
    EXPECT_FALSE(fs::exists(path() + ".part"));
}

// A writer commits while the backup waits for a table in its middle.
TEST_F(PostgresBackup, is_of_one_moment_while_others_write) {
    fill();
    ASSERT_TRUE(store_->sequence(1'000'000));
    const auto holder = Connection::open(*parse_address(from_.address(), Role::writer));
    (*holder)->begin();
    (*holder)->run("LOCK TABLE trackings IN ACCESS EXCLUSIVE MODE");
    auto made = std::async(std::launch::async, [&] { return backup(from_.address(), path()); });
    const auto watcher = Connection::open(*parse_address(from_.address(), Role::writer));
    while ((*watcher)->run("SELECT 1 FROM pg_locks WHERE NOT granted").empty()) {
        ASSERT_FALSE((*watcher)->failed());
    }
    (*holder)->run(
        "INSERT INTO cases (agency, case_id, leaf, closed, lookup_list, shown) VALUES "
        "('64.09', '64.09-z', '', false, '', '')");
    ASSERT_EQ((*holder)->commit(), Committed::yes);
    ASSERT_TRUE(made.get());
    ASSERT_TRUE(restore(path(), to_.address()));
    EXPECT_EQ((*store::open_store(to_.address()))->list({})->size(), 31U);
}

// pg_dump carries the numbers of transactions over as they were.
TEST_F(PostgresBackup, is_not_needed_for_a_log_that_comes_from_another_server) {
    fill();
    execute(from_.address(),
            "UPDATE pages SET xid = (xid::text::bigint + 5000000000)::text::xid8; "
            "UPDATE logs SET xid = (xid::text::bigint + 5000000000)::text::xid8, "
            "cluster = 'another'");
    receive("baru");
    EXPECT_EQ(*store_->sequence(1'000), 0U) << "first it is put in order";
    EXPECT_EQ(*store_->sequence(1'000), 126U + 4U - 48U);
    EXPECT_EQ(*store_->sequence(1'000), 0U);
    EXPECT_EQ(store_->log(AgencyCode("64.09"), 0, 10'000)->size(), 126U);
    EXPECT_TRUE(backup(from_.address(), path()));
}

TEST(CopyRows, come_out_of_pieces_cut_anywhere) {
    const std::string large(70'000, 'x');
    std::string bytes = copy_header();
    append_row(bytes, {std::string_view("a"), std::nullopt});
    append_row(bytes, {std::string_view(large), std::string_view("")});
    bytes += copy_trailer();
    for (const std::size_t cut : {1UL, 7UL, 19UL, 4096UL, bytes.size()}) {
        std::size_t at = 0;
        CopyReader reader([&]() -> Result<std::string> {
            const std::string piece = bytes.substr(at, cut);
            at += piece.size();
            return piece;
        });
        Fields fields;
        ASSERT_TRUE(*reader.next(fields));
        EXPECT_EQ(fields, (Fields{std::string_view("a"), std::nullopt}));
        ASSERT_TRUE(*reader.next(fields));
        EXPECT_EQ(fields[0]->size(), large.size());
        EXPECT_EQ(*fields[1], "");
        EXPECT_FALSE(*reader.next(fields));
    }
}

TEST(CopyRows, that_are_cut_off_or_none_are_told) {
    std::string bytes = copy_header();
    append_row(bytes, {std::string_view("abc")});
    bytes += copy_trailer();
    const auto read_all = [](const std::string& text) {
        bool given = false;
        CopyReader reader([&]() -> Result<std::string> {
            return std::exchange(given, true) ? std::string() : text;
        });
        Fields fields;
        for (;;) {
            const auto more = reader.next(fields);
            if (!more) return false;
            if (!*more) return true;
        }
    };
    EXPECT_TRUE(read_all(bytes));
    for (std::size_t left = 0; left < bytes.size(); ++left) {
        EXPECT_FALSE(read_all(bytes.substr(0, left))) << left;
    }
    EXPECT_FALSE(read_all(bytes + "x"));
}

}  // namespace
}  // namespace pintu::postgres
