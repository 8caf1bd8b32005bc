// A server that dies, stands still or loses its standby: what the connection says of it. One
// cluster of this test's own.
#include <gtest/gtest.h>

#include <chrono>
#include <future>

#include "adapters/store/postgres/connection.hpp"
#include "adapters/store/postgres/statements.hpp"
#include "engine/ports/store.hpp"
#include "tests/support/cluster.hpp"

namespace pintu::postgres {
namespace {

using testing::Cluster;

class PostgresServer : public ::testing::Test {
  protected:
    static void SetUpTestSuite() { cluster_ = new Cluster({"fsync=on"}); }
    static void TearDownTestSuite() { delete cluster_; }

    static std::unique_ptr<Connection> open(bool pooled, const Limits& limits = {}) {
        const auto address =
            pooled ? cluster_->pooled("postgres") : cluster_->address("postgres", "postgres");
        auto connection = Connection::open(*parse_address(address, Role::writer), limits);
        EXPECT_TRUE(connection) << connection.error().args[1];
        return connection ? std::move(*connection) : nullptr;
    }
    static void execute(const std::string& sql) {
        const auto connection = open(false);
        connection->run(sql);
        ASSERT_FALSE(connection->failed()) << connection->take_error().args[1];
    }

    static Cluster* cluster_;
};
Cluster* PostgresServer::cluster_ = nullptr;

TEST_F(PostgresServer, that_dies_in_mid_transaction_keeps_nothing_of_it) {
    execute("CREATE TABLE mati (a bigint)");
    execute("INSERT INTO mati VALUES (1)");
    const auto connection = open(false);
    connection->begin();
    connection->run("INSERT INTO mati VALUES (2)");
    cluster_->kill();
    connection->run("INSERT INTO mati VALUES (3)");
    const Error error = connection->take_error();
    EXPECT_EQ(error.code, "ST020");
    EXPECT_TRUE(ports::may_pass(error));
    EXPECT_EQ(connection->reconnect().error().code, "ST020") << "it is still away";
    EXPECT_FALSE(connection->alive());
    connection->run("SELECT 1");
    EXPECT_EQ(connection->take_error().code, "ST020");
    EXPECT_EQ(connection->commit(), Committed::no);
    cluster_->up();
    ASSERT_TRUE(connection->reconnect());
    EXPECT_EQ(connection->run("SELECT count(*) FROM mati").integer(0, 0), 1);
}

// No reset, no end of file: only silence. libpq alone would wait for ever.
TEST_F(PostgresServer, that_stands_still_is_given_up) {
    const auto connection = open(false, {.statement_ms = 200, .grace_ms = 100});
    connection->begin();
    connection->run("SELECT 1");
    cluster_->freeze();
    const auto begun = std::chrono::steady_clock::now();
    const auto committed = connection->commit();
    const auto waited = std::chrono::steady_clock::now() - begun;
    cluster_->thaw();
    EXPECT_EQ(committed, Committed::unknown);
    EXPECT_EQ(connection->take_error().code, "ST020");
    EXPECT_LT(waited, std::chrono::seconds(5));
    EXPECT_FALSE(connection->alive());
    ASSERT_TRUE(connection->reconnect());
    EXPECT_EQ(connection->run("SELECT 1").integer(0, 0), 1);
}

// The server commits, and says in a warning that nobody else has it.
TEST_F(PostgresServer, that_gives_up_waiting_for_its_standby_has_not_acknowledged) {
    execute("CREATE TABLE tunggu (a bigint)");
    execute("ALTER SYSTEM SET synchronous_standby_names = 'tidak_ada'");
    execute("SELECT pg_reload_conf()");
    for (const bool pooled : {false, true}) {
        const auto connection = open(pooled);
        while (connection->run("SHOW synchronous_standby_names").text(0, 0).empty()) {
            ASSERT_FALSE(connection->failed());
        }
        connection->begin();
        Batch batch;
        batch.add("SELECT pg_logical_emit_message(true, 'uji', '')");
        auto committed = std::async(std::launch::async, [&] { return connection->commit(batch); });
        const auto watcher = open(false);
        if (const auto session = connection->session()) {
            while (
                watcher->run("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'SyncRep'").empty())
                ASSERT_FALSE(watcher->failed());
            const auto ended = watcher->run(sql::kEndSession, session->process, session->since);
            ASSERT_EQ(ended.size(), 1U);
            EXPECT_TRUE(ended.is_null(0, 0)) << "what the standby has not would be seen";
        }
        while (watcher
                   ->run("SELECT pg_cancel_backend(pid) FROM pg_stat_activity "
                         "WHERE wait_event = 'SyncRep'")
                   .empty()) {
            ASSERT_FALSE(watcher->failed());
        }
        EXPECT_EQ(committed.get(), Committed::unreplicated);
        const Error error = connection->take_error();
        EXPECT_EQ(error.code, "ST021");
        EXPECT_TRUE(ports::may_pass(error));
    }
    const auto connection = open(false);
    connection->run("ALTER SYSTEM RESET synchronous_standby_names");
    connection->run("SELECT pg_reload_conf()");
    EXPECT_FALSE(connection->failed());
    while (!connection->run("SHOW synchronous_standby_names").text(0, 0).empty()) {
        ASSERT_FALSE(connection->failed());
    }
    connection->begin();
    connection->run("INSERT INTO tunggu VALUES (2)");
    EXPECT_EQ(connection->commit(), Committed::yes);
}

}  // namespace
}  // namespace pintu::postgres
