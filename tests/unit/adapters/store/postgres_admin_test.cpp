// Opening a database of whatever kind, and what `pintu db migrate|status` say of it.
#include "adapters/store/postgres/admin.hpp"

#include <gtest/gtest.h>

#include <future>
#include <regex>
#include <set>

#include "adapters/store/postgres/connection.hpp"
#include "adapters/store/postgres/schema.hpp"
#include "engine/messages/messages.hpp"
#include "tests/support/cluster.hpp"
#include "tests/support/sample_commits.hpp"

namespace pintu::postgres {
namespace {

using testing::Cluster;
using testing::FreshDatabase;

constexpr Instant kStart{1'773'365'400'000'000};

void execute(const std::string& address, const std::string& sql) {
    const auto connection = Connection::open(*parse_address(address, Role::reader));
    ASSERT_TRUE(connection);
    (*connection)->script(sql);
    ASSERT_FALSE((*connection)->failed()) << (*connection)->take_error().args[1];
}

std::string opened(const std::string& address, const store::OpenOptions& options = {}) {
    const auto store = store::open_store(address, options);
    if (store) return "";
    // Whatever goes wrong: both languages have words, and a mend.
    for (const auto language : {messages::Language::indonesian, messages::Language::english}) {
        const auto text = messages::render(store.error(), language);
        EXPECT_FALSE(text.hint.empty()) << store.error().code;
        EXPECT_EQ(text.message.find('{'), std::string::npos) << text.message;
    }
    return store.error().code;
}

TEST(PostgresOpening, sets_an_empty_database_up_for_whoever_may_write) {
    FreshDatabase database;
    EXPECT_EQ(opened(database.address(), {.read_only = true}), "ST009");
    EXPECT_EQ(opened(database.address(), {.create = false}), "ST009");
    EXPECT_EQ(opened(database.address()), "");
    EXPECT_EQ(opened(database.address(), {.read_only = true}), "");
    EXPECT_EQ(opened(database.pooled()), "");
}

TEST(PostgresOpening, of_an_empty_database_for_a_reader_names_the_command_that_mends_it) {
    FreshDatabase database;
    const auto refused = store::open_store(database.address(), {.read_only = true});
    for (const auto language : {messages::Language::indonesian, messages::Language::english}) {
        const auto text = messages::render(refused.error(), language);
        EXPECT_NE(text.hint.find("`pintu db migrate`"), std::string::npos) << text.hint;
    }
    ASSERT_TRUE(migrate(database.address()));
    EXPECT_EQ(opened(database.address(), {.read_only = true}), "");
}

TEST(PostgresOpening, leaves_another_programs_database_alone) {
    FreshDatabase database;
    execute(database.address(), "CREATE TABLE pegawai (nama text)");
    EXPECT_EQ(opened(database.address()), "ST008");
    EXPECT_EQ(migrate(database.address()).error().code, "ST008");
    execute(database.address(), "DROP TABLE pegawai");
    EXPECT_EQ(opened(database.address()), "");
}

TEST(PostgresOpening, does_not_mind_extensions) {
    FreshDatabase database;
    execute(database.address_as("postgres"), "CREATE EXTENSION pg_stat_statements");
    EXPECT_EQ(opened(database.address()), "");
}

TEST(PostgresOpening, refuses_a_newer_schema_and_waits_for_migrate_on_an_older) {
    FreshDatabase database;
    EXPECT_EQ(opened(database.address()), "");
    execute(database.address(), "INSERT INTO pintu_schema VALUES (999)");
    EXPECT_EQ(opened(database.address()), "ST007");
    EXPECT_EQ(migrate(database.address()).error().code, "ST007");
    const auto newer = status(database.address(), kStart);
    ASSERT_TRUE(newer);
    EXPECT_EQ(newer->schema, 999);
}

TEST(PostgresOpening, tells_wrong_passwords_names_and_places_apart) {
    FreshDatabase database;
    const std::string host = "@/" + database.name() + "?host=" + Cluster::shared().folder();
    EXPECT_EQ(opened("postgresql://tersandi:salah" + host), "ST026");
    EXPECT_EQ(opened("postgresql://tersandi" + host), "ST026");
    EXPECT_EQ(opened("postgresql://tidak_ada" + host), "ST026");
    EXPECT_EQ(opened(Cluster::shared().address("tidak_ada")), "ST027");
    EXPECT_EQ(opened("postgresql://pintu@/x?host=/tidak/ada"), "ST020");
    EXPECT_EQ(opened("postgresql://pintu@/x?bukan=1"), "ST025");
    EXPECT_EQ(opened(database.address_as("tanpa_hak")), "ST028");
    EXPECT_EQ(opened("postgresql://tersandi:benar" + host), "ST028") << "a right password";
}

TEST(PostgresOpening, asks_only_for_a_server_that_takes_writes) {
    FreshDatabase database;
    EXPECT_EQ(opened(database.address()), "");
    execute(database.address_as("postgres"),
            "ALTER DATABASE " + database.name() + " SET default_transaction_read_only = on");
    EXPECT_EQ(opened(database.address()), "ST022");
    EXPECT_EQ(opened(database.address(), {.read_only = true}), "");
    EXPECT_TRUE(status(database.address(), kStart)->read_only);
}

TEST(PostgresMigration, runs_once_however_many_come) {
    FreshDatabase database;
    const auto done = migrate(database.address());
    ASSERT_TRUE(done) << done.error().args[1];
    EXPECT_EQ(done->from, 0);
    EXPECT_EQ(done->to, kSchema);
    EXPECT_EQ(migrate(database.pooled())->from, kSchema);
}

TEST(PostgresMigration, of_several_at_once_all_find_it_done) {
    FreshDatabase database;
    std::vector<std::future<std::string>> nodes;
    for (int i = 0; i < 4; ++i) {
        nodes.push_back(std::async(std::launch::async, [&] { return opened(database.address()); }));
    }
    for (auto& node : nodes) EXPECT_EQ(node.get(), "");
}

TEST(PostgresStatus, counts_what_is_there_and_what_waits) {
    FreshDatabase database;
    const auto empty = status(database.address(), kStart);
    ASSERT_TRUE(empty);
    EXPECT_EQ(empty->schema, 0);
    testing::SampleCases cases;
    auto store = store::open_store(database.address());
    for (const char* name : {"a", "b", "c"}) {
        ports::Commit commit;
        cases.receive(commit, name, kStart);
        ASSERT_TRUE((*store)->commit(commit)->kept());
    }
    auto before = status(database.address(), kStart);
    ASSERT_TRUE(before);
    EXPECT_EQ(before->events, 0U);
    EXPECT_EQ(before->unsequenced, 12U);
    EXPECT_EQ(*(*store)->sequence(1000), 12U);
    ASSERT_TRUE((*store)->claim({.node = "satu", .work = ports::Work::send, .now = kStart}));
    const auto found = status(database.pooled(), plus_seconds(kStart, 365LL * 24 * 3600));
    ASSERT_TRUE(found) << found.error().args[1];
    EXPECT_EQ(found->schema, kSchema);
    EXPECT_TRUE(found->server.starts_with("PostgreSQL 15.")) << found->server;
    EXPECT_FALSE(found->read_only);
    EXPECT_GT(found->bytes, 1'000'000U);
    EXPECT_EQ(found->agencies, 1U);
    EXPECT_EQ(found->cases, 3U);
    EXPECT_EQ(found->open_cases, 3U);
    EXPECT_EQ(found->events, 12U);
    EXPECT_EQ(found->unsequenced, 0U);
    EXPECT_EQ(found->timers, 3U);
    EXPECT_EQ(found->due_timers, 3U);
    EXPECT_EQ(found->effects, 3U);
    ASSERT_EQ(found->turns.size(), 1U);
    EXPECT_EQ(found->turns[0].node, "satu");
    EXPECT_EQ(found->turns[0].work, ports::Work::send);
    EXPECT_GT(found->turns[0].left_ms, 0);
}

// What is not in tables() is in no archive.
TEST(PostgresTables, are_all_listed_with_all_their_columns) {
    FreshDatabase database;
    ASSERT_EQ(opened(database.address()), "");
    const auto connection = Connection::open(*parse_address(database.address(), Role::reader));
    const Rows rows =
        (*connection)
            ->run(
                "SELECT table_name::text, column_name::text, column_default IS NOT NULL OR "
                "is_identity = 'YES' OR is_nullable = 'YES' FROM information_schema.columns "
                "WHERE table_schema = 'public' AND table_name <> 'pintu_schema'");
    std::set<std::string> listed;
    for (const auto& table : tables()) listed.insert(std::string(table.name));
    std::set<std::string> there;
    for (const auto row : rows) there.insert(row.text(0));
    EXPECT_EQ(there, listed);
    for (const auto row : rows) {
        for (const auto& table : tables()) {
            if (table.name != row.text(0)) continue;
            const std::regex column("\\b" + row.text(1) + "\\b");
            const std::string columns(table.columns);
            EXPECT_TRUE(std::regex_search(columns, column) || row.boolean(2) ||
                        table.name == "logs")
                << table.name << "." << row.text(1);
        }
    }
}

// docs/scaling.md: what grows is spread by agency, what is small is on each machine.
TEST(PostgresTables, begin_their_keys_with_the_agency) {
    FreshDatabase database;
    ASSERT_EQ(opened(database.address()), "");
    const auto connection = Connection::open(*parse_address(database.address(), Role::reader));
    const Rows rows =
        (*connection)
            ->run(
                "SELECT c.relname::text, x.relname::text, a.attname::text, i.indisunique "
                "FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid "
                "JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_attribute a ON a.attrelid = c.oid "
                "AND "
                "a.attnum = i.indkey[0] WHERE c.relnamespace = 'public'::regnamespace");
    std::set<std::string> reference{"pintu_schema"};
    for (const auto& table : tables()) {
        if (table.reference) reference.insert(std::string(table.name));
    }
    std::string broken;
    for (const auto row : rows) {
        // The one poll over all agencies: a few rows for each of them.
        if (row.text(1) == "agenda_by_due") continue;
        if (!reference.contains(row.text(0)) && row.text(2) != "agency")
            broken += row.text(1) + "\n";
    }
    EXPECT_EQ(broken, "");
    EXPECT_GT(rows.size(), 20U);
}

}  // namespace
}  // namespace pintu::postgres
