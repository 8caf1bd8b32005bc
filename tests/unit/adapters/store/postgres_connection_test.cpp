// The connection over a real server, straight and through a pgbouncer in transaction mode.
#include "adapters/store/postgres/connection.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

#include "engine/ports/store.hpp"
#include "tests/support/cluster.hpp"

namespace pintu::postgres {
namespace {

using testing::Cluster;
using testing::FreshDatabase;

std::unique_ptr<Connection> open(const std::string& address, const Limits& limits = {}) {
    const auto parsed = parse_address(address, Role::writer);
    EXPECT_TRUE(parsed) << parsed.error().args[1];
    auto connection = Connection::open(*parsed, limits);
    EXPECT_TRUE(connection) << connection.error().code << connection.error().args[1];
    return connection ? std::move(*connection) : nullptr;
}

std::string error_of(Connection& connection) {
    if (!connection.failed()) return "";
    const Error error = connection.take_error();
    return error.code + " " + error.args.back();
}

class PostgresConnection : public ::testing::TestWithParam<bool> {
  protected:
    std::string address() const { return GetParam() ? database_.pooled() : database_.address(); }
    FreshDatabase database_;
};

INSTANTIATE_TEST_SUITE_P(Ways, PostgresConnection, ::testing::Values(false, true),
                         [](const auto& way) { return way.param ? "pooled" : "direct"; });

TEST_P(PostgresConnection, parameters_come_back_as_they_went) {
    const auto connection = open(address());
    const Digest digest = sha256("x");
    const auto rows = connection->run(
        "SELECT $1, $2, $3, $4, $5, $6, $7, $8", std::int64_t{-7}, std::string("dengan 'kutip'"),
        Bytes{std::string_view("a\0b\\x", 5)}, true, digest, Instant{1'773'360'000'000'000},
        std::optional<std::int32_t>(), CaseId("64.09-01"));
    ASSERT_EQ(error_of(*connection), "");
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows.integer(0, 0), -7);
    EXPECT_EQ(rows.text(0, 1), "dengan 'kutip'");
    EXPECT_EQ(rows.bytes(0, 2), std::string_view("a\0b\\x", 5));
    EXPECT_TRUE(rows.boolean(0, 3));
    EXPECT_EQ(rows.digest(0, 4), digest);
    EXPECT_EQ(rows.integer(0, 5), 1'773'360'000'000'000);
    EXPECT_TRUE(rows.is_null(0, 6));
    EXPECT_EQ(rows.text(0, 7), "64.09-01");
}

TEST_P(PostgresConnection, columns_of_many_rows_come_back_as_they_went) {
    const auto connection = open(address());
    Column numbers = integers(), names = texts(), blobs = byte_strings(), flags = booleans();
    numbers.add(std::numeric_limits<std::int64_t>::min()).add(std::int32_t{3}).add_null();
    names.add("{\"a\",b}").add(std::optional<std::string>()).add("");
    blobs.add(Bytes{std::string_view("\0\1", 2)}).add_null().add(Bytes{""});
    flags.add(true).add(false).add(std::optional<bool>());
    const auto rows = connection->run("SELECT * FROM unnest($1, $2, $3, $4) AS t(a, b, c, d)",
                                      numbers, names, blobs, flags);
    ASSERT_EQ(error_of(*connection), "");
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows.integer(0, 0), std::numeric_limits<std::int64_t>::min());
    EXPECT_TRUE(rows.is_null(2, 0));
    EXPECT_EQ(rows.text(0, 1), "{\"a\",b}");
    EXPECT_TRUE(rows.is_null(1, 1));
    EXPECT_FALSE(rows.is_null(2, 1));
    EXPECT_EQ(rows.bytes(0, 2), std::string_view("\0\1", 2));
    EXPECT_TRUE(rows.boolean(0, 3));
    EXPECT_FALSE(rows.boolean(1, 3));
    EXPECT_TRUE(rows.is_null(2, 3));
}

TEST_P(PostgresConnection, an_empty_column_gives_no_rows) {
    const auto connection = open(address());
    EXPECT_EQ(connection->run("SELECT * FROM unnest($1)", texts()).size(), 0U);
    EXPECT_EQ(error_of(*connection), "");
}

TEST_P(PostgresConnection, arrays_are_read_from_answers) {
    const auto connection = open(address());
    const auto rows = connection->run(
        "SELECT array[1::bigint, -2], array['a', 'b,c'], array_agg(x) FROM unnest($1) AS t(x)",
        byte_strings().add("p").add("q"));
    EXPECT_EQ(rows.integers(0, 0), (std::vector<std::int64_t>{1, -2}));
    EXPECT_EQ(rows.texts(0, 1), (std::vector<std::string>{"a", "b,c"}));
    EXPECT_EQ(rows.texts(0, 2), (std::vector<std::string>{"p", "q"}));
    EXPECT_EQ(error_of(*connection), "");
}

TEST_P(PostgresConnection, a_batch_is_answered_in_its_order) {
    const auto connection = open(address());
    connection->script("CREATE TABLE t (a bigint PRIMARY KEY)");
    connection->begin();
    Batch batch;
    batch.add("INSERT INTO t SELECT * FROM unnest($1)", integers().add(1).add(2).add(3));
    batch.add("SELECT count(*) FROM t");
    batch.add("SELECT $1", "akhir");
    const auto answers = connection->run(batch);
    ASSERT_EQ(answers.size(), 3U);
    EXPECT_EQ(answers[0].changes(), 3);
    EXPECT_EQ(answers[1].integer(0, 0), 3);
    EXPECT_EQ(answers[2].text(0, 0), "akhir");
    EXPECT_EQ(connection->commit(), Committed::yes);
    EXPECT_EQ(connection->run("SELECT count(*) FROM t").integer(0, 0), 3);
    EXPECT_EQ(error_of(*connection), "");
}

TEST_P(PostgresConnection, a_batch_that_is_larger_than_any_buffer_goes_through) {
    const auto connection = open(address());
    const std::string large(8'000'000, 'x');
    connection->begin();
    Batch batch;
    for (int i = 0; i < 4; ++i) batch.add("SELECT $1", Bytes{large});
    const auto answers = connection->run(batch);
    ASSERT_EQ(error_of(*connection), "");
    for (const auto& rows : answers) EXPECT_EQ(rows.bytes(0, 0).size(), large.size());
    EXPECT_EQ(connection->commit(), Committed::yes);
}

TEST_P(PostgresConnection, the_first_failure_of_a_batch_ends_the_rest_and_sticks) {
    const auto connection = open(address());
    connection->script("CREATE TABLE t (a bigint PRIMARY KEY)");
    connection->begin();
    Batch batch;
    batch.add("INSERT INTO t VALUES ($1)", 1);
    batch.add("INSERT INTO t VALUES ($1)", 1);
    batch.add("INSERT INTO t VALUES ($1)", 2);
    const auto answers = connection->run(batch);
    EXPECT_EQ(answers.size(), 3U);
    EXPECT_TRUE(connection->is_conflict());
    EXPECT_TRUE(connection->run("SELECT 1").empty());
    EXPECT_EQ(connection->commit(), Committed::no);
    EXPECT_TRUE(connection->is_conflict());
    connection->take_error();
    EXPECT_EQ(connection->run("SELECT count(*) FROM t").integer(0, 0), 0);
    EXPECT_EQ(error_of(*connection), "");
}

TEST_P(PostgresConnection, a_failure_in_the_last_batch_keeps_nothing) {
    const auto connection = open(address());
    connection->script("CREATE TABLE t (a bigint PRIMARY KEY)");
    connection->begin();
    Batch batch;
    batch.add("INSERT INTO t VALUES ($1)", 1);
    batch.add("INSERT INTO t VALUES ($1)", 1);
    EXPECT_EQ(connection->commit(batch), Committed::no);
    EXPECT_TRUE(connection->is_conflict());
    connection->take_error();
    EXPECT_EQ(connection->run("SELECT count(*) FROM t").integer(0, 0), 0);
}

TEST_P(PostgresConnection, begin_work_and_commit_may_be_one_round_trip) {
    const auto connection = open(address());
    connection->script("CREATE TABLE t (a bigint PRIMARY KEY)");
    connection->begin();
    Batch batch;
    batch.add("INSERT INTO t VALUES ($1) RETURNING a", 5);
    std::vector<Rows> answers;
    EXPECT_EQ(connection->commit(batch, &answers), Committed::yes);
    EXPECT_EQ(answers[0].integer(0, 0), 5);
    EXPECT_EQ(connection->run("SELECT count(*) FROM t").integer(0, 0), 1);
}

TEST_P(PostgresConnection, a_transaction_that_asked_nothing_asks_the_server_nothing) {
    const auto connection = open(address());
    connection->begin();
    EXPECT_EQ(connection->commit(), Committed::yes);
    connection->begin();
    connection->rollback();
    EXPECT_EQ(connection->run("SELECT 1").integer(0, 0), 1);
}

TEST_P(PostgresConnection, limits_end_with_the_transaction_where_a_pooler_hands_the_session_on) {
    const auto connection = open(address(), {.statement_ms = 1234});
    const std::string kAsk = "SELECT current_setting('statement_timeout')";
    const std::string before = connection->run(kAsk).text(0, 0);
    connection->begin();
    EXPECT_EQ(connection->run(kAsk).text(0, 0), "1234ms");
    EXPECT_EQ(connection->run("SELECT current_setting('lock_timeout')").text(0, 0), "5s");
    connection->commit();
    EXPECT_EQ(connection->run(kAsk).text(0, 0), before);
    EXPECT_EQ(before == "1234ms", connection->direct());
}

TEST_P(PostgresConnection, limits_may_change) {
    const auto connection = open(address(), {.statement_ms = 1234});
    connection->set_limits({.statement_ms = 4321});
    for (int times = 0; times < 2; ++times) {
        connection->begin();
        EXPECT_EQ(connection->run("SHOW statement_timeout").text(0, 0), "4321ms");
        connection->commit();
    }
}

TEST_P(PostgresConnection, durability_is_given_up_where_it_is_not_asked_for) {
    const auto connection = open(address(), {.durable = false});
    connection->begin();
    EXPECT_EQ(connection->run("SHOW synchronous_commit").text(0, 0), "off");
    connection->commit();
    EXPECT_EQ(connection->run("SHOW synchronous_commit").text(0, 0),
              connection->direct() ? "off" : "on");
}

TEST_P(PostgresConnection, durability_is_not_given_up_because_a_database_says_so) {
    open(database_.address_as("postgres"))
        ->script("ALTER DATABASE " + database_.name() + " SET synchronous_commit = off");
    const auto connection = open(address());
    connection->begin();
    EXPECT_EQ(connection->run("SHOW synchronous_commit").text(0, 0), "on");
    EXPECT_EQ(connection->commit(), Committed::yes);
}

TEST_P(PostgresConnection, only_what_the_commit_itself_warns_of_counts) {
    const auto connection = open(address());
    connection->begin();
    Batch batch;
    batch.add("DO $$ BEGIN RAISE WARNING 'of a statement'; END $$");
    EXPECT_EQ(connection->commit(batch), Committed::yes);
    connection->begin();
    connection->run("DO $$ BEGIN RAISE WARNING 'of a statement before'; END $$");
    EXPECT_EQ(connection->commit(), Committed::yes);
}

TEST_P(PostgresConnection, transactions_of_two_connections_do_not_mix) {
    const auto one = open(address());
    const auto two = open(address());
    one->script("CREATE TABLE t (a bigint PRIMARY KEY)");
    for (std::int64_t round = 0; round < 20; ++round) {
        one->begin();
        two->begin();
        one->run("INSERT INTO t VALUES ($1)", 2 * round);
        two->run("INSERT INTO t VALUES ($1)", 2 * round + 1);
        EXPECT_EQ(one->run("SELECT count(*) FROM t").integer(0, 0), round + 1);
        two->rollback();
        EXPECT_EQ(one->commit(), Committed::yes);
        EXPECT_EQ(two->run("SELECT count(*) FROM t").integer(0, 0), round + 1);
    }
    EXPECT_EQ(error_of(*one) + error_of(*two), "");
}

TEST_P(PostgresConnection, a_snapshot_sees_one_moment_and_writes_nothing) {
    const auto one = open(address());
    const auto two = open(address());
    one->script("CREATE TABLE t (a bigint PRIMARY KEY)");
    two->begin(Mode::snapshot);
    EXPECT_EQ(two->run("SELECT count(*) FROM t").integer(0, 0), 0);
    one->run("INSERT INTO t VALUES (1)");
    EXPECT_EQ(two->run("SELECT count(*) FROM t").integer(0, 0), 0);
    two->run("INSERT INTO t VALUES (2)");
    EXPECT_EQ(two->sqlstate(), "25006");
    EXPECT_EQ(two->take_error().code, "ST022");
    two->rollback();
    EXPECT_EQ(two->run("SELECT count(*) FROM t").integer(0, 0), 1);
}

TEST_P(PostgresConnection, copy_streams_both_ways) {
    const auto connection = open(address());
    connection->script("CREATE TABLE a (x bigint, y text); CREATE TABLE b (x bigint, y text)");
    connection->run("INSERT INTO a SELECT i, repeat('z', 100) FROM generate_series(1, 5000) i");
    std::vector<std::string> pieces;
    connection->begin(Mode::snapshot);
    connection->copy_out("COPY a TO STDOUT (FORMAT binary)", [&](std::string_view piece) {
        pieces.emplace_back(piece);
        return true;
    });
    EXPECT_EQ(connection->commit(), Committed::yes);
    EXPECT_GT(pieces.size(), 4999U);
    std::size_t next = 0;
    connection->begin();
    const auto rows = connection->copy_in(
        "COPY b FROM STDIN (FORMAT binary)",
        [&]() -> std::optional<std::string> { return next < pieces.size() ? pieces[next++] : ""; });
    EXPECT_EQ(rows, 5000);
    EXPECT_EQ(connection->commit(), Committed::yes);
    EXPECT_EQ(connection->run("SELECT count(*) FROM (TABLE a EXCEPT TABLE b) d").integer(0, 0), 0);
    EXPECT_EQ(error_of(*connection), "");
}

TEST_P(PostgresConnection, a_copy_that_is_broken_off_keeps_nothing) {
    const auto connection = open(address());
    connection->script("CREATE TABLE a (x bigint)");
    connection->begin();
    connection->copy_in("COPY a FROM STDIN", []() { return std::optional<std::string>(); });
    EXPECT_TRUE(connection->failed());
    EXPECT_EQ(connection->commit(), Committed::no);
    connection->take_error();
    EXPECT_EQ(connection->run("SELECT count(*) FROM a").integer(0, 0), 0);
}

TEST_P(PostgresConnection, a_statement_that_takes_too_long_may_pass) {
    const auto connection = open(address(), {.statement_ms = 50});
    connection->begin();
    connection->run("SELECT pg_sleep(20)");
    EXPECT_EQ(connection->sqlstate(), "57014");
    const Error error = connection->take_error();
    EXPECT_EQ(error.code, "ST024");
    EXPECT_TRUE(ports::may_pass(error));
    connection->rollback();
    EXPECT_EQ(connection->run("SELECT 1").integer(0, 0), 1);
}

TEST_P(PostgresConnection, a_lock_that_is_not_given_may_pass) {
    const auto one = open(address());
    const auto two = open(address(), {.lock_ms = 50});
    one->script("CREATE TABLE t (a bigint PRIMARY KEY); INSERT INTO t VALUES (1)");
    one->begin();
    one->run("SELECT a FROM t FOR UPDATE");
    two->begin();
    two->run("SELECT a FROM t FOR UPDATE");
    EXPECT_EQ(two->sqlstate(), "55P03");
    EXPECT_EQ(two->take_error().code, "ST024");
    two->rollback();
    one->rollback();
}

TEST_P(PostgresConnection, a_deadlock_may_be_tried_again) {
    const auto one = open(address());
    one->script("CREATE TABLE t (a bigint PRIMARY KEY, b bigint)");
    one->begin(Mode::snapshot);
    one->rollback();
    one->begin();
    one->run("DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '40P01'; END $$");
    EXPECT_TRUE(one->may_retry());
    EXPECT_EQ(one->take_error().code, "ST023");
    one->rollback();
}

TEST_P(PostgresConnection, errors_say_nothing_of_parameters) {
    const auto connection = open(address());
    connection->script("CREATE TABLE t (a bigint PRIMARY KEY)");
    connection->run("SELECT $1::bigint", std::string("rahasia-sekali"));
    EXPECT_EQ(error_of(*connection), "ST012 [22P02]");
    connection->run("INSERT INTO t VALUES ($1)", 4711);
    connection->run("INSERT INTO t VALUES ($1)", 4711);
    EXPECT_EQ(error_of(*connection).find("4711"), std::string::npos);
}

TEST_P(PostgresConnection, a_server_process_that_ends_in_mid_transaction_is_a_lost_connection) {
    const auto connection = open(address());
    const auto other = open(address());
    connection->script("CREATE TABLE t (a bigint PRIMARY KEY)");
    connection->begin();
    connection->run("INSERT INTO t VALUES (1)");
    const auto process = connection->run("SELECT pg_backend_pid()").integer(0, 0);
    other->run("SELECT pg_terminate_backend($1::int)", process);
    connection->run("INSERT INTO t VALUES (2)");
    const Error error = connection->take_error();
    EXPECT_EQ(error.code, "ST020");
    EXPECT_TRUE(ports::may_pass(error));
    EXPECT_FALSE(connection->alive());
    connection->run("SELECT 1");
    EXPECT_EQ(connection->take_error().code, "ST020");
    ASSERT_TRUE(connection->reconnect());
    EXPECT_EQ(connection->run("SELECT count(*) FROM t").integer(0, 0), 0);
}

TEST_P(PostgresConnection, a_commit_without_an_answer_is_not_one) {
    const auto connection = open(address());
    const auto other = open(address());
    connection->script("CREATE TABLE t (a bigint PRIMARY KEY)");
    connection->begin();
    const auto process = connection->run("SELECT pg_backend_pid()").integer(0, 0);
    connection->run("INSERT INTO t VALUES (1)");
    other->run("SELECT pg_terminate_backend($1::int)", process);
    EXPECT_EQ(connection->commit(), Committed::unknown);
    EXPECT_EQ(connection->take_error().code, "ST020");
}

// The server rolls back what had failed, and says nothing of an error.
TEST_P(PostgresConnection, committing_what_had_failed_is_told) {
    const auto connection = open(address());
    connection->script("CREATE TABLE t (a bigint PRIMARY KEY)");
    connection->begin();
    connection->run("INSERT INTO t VALUES (1)");
    connection->run("SELECT 1/0");
    connection->take_error();
    EXPECT_EQ(connection->commit(), Committed::no);
    EXPECT_EQ(connection->sqlstate(), "25P02");
    connection->take_error();
    EXPECT_EQ(connection->run("SELECT count(*) FROM t").integer(0, 0), 0);
}

// --- statements that are kept ---

Batch kept(std::int64_t divisor) {
    Batch batch;
    batch.keep();
    batch.add("SELECT 60 / $1", divisor);
    batch.add("SELECT 90 / $1", divisor);
    batch.add("SELECT 60 / $1", divisor + 1);
    return batch;
}

std::int64_t names_of(Connection& connection) {
    return connection.run("SELECT count(*) FROM pg_prepared_statements").integer(0, 0);
}

TEST_P(PostgresConnection, statements_that_come_again_are_kept_where_no_pooler_is) {
    const auto connection = open(address());
    for (const std::int64_t divisor : {2, 5, 14}) {
        connection->begin();
        std::vector<Rows> rows;
        EXPECT_EQ(connection->commit(kept(divisor), &rows), Committed::yes);
        EXPECT_EQ(rows[0].integer(0, 0), 60 / divisor);
        EXPECT_EQ(rows[1].integer(0, 0), 90 / divisor);
        EXPECT_EQ(rows[2].integer(0, 0), 60 / (divisor + 1));
    }
    EXPECT_EQ(error_of(*connection), "");
    // BEGIN, and two of the batch.
    EXPECT_EQ(names_of(*connection), GetParam() ? 0 : 3);
}

TEST_P(PostgresConnection, a_kept_statement_that_failed_is_sent_again) {
    const auto connection = open(address());
    for (int i = 0; i < 2; ++i) {
        connection->begin();
        EXPECT_EQ(connection->commit(kept(0)), Committed::no);
        EXPECT_EQ(connection->sqlstate(), "22012");
        connection->take_error();
        connection->rollback();
        const auto rows = connection->run(kept(3));
        EXPECT_EQ(rows[1].integer(0, 0), 30);
        EXPECT_EQ(error_of(*connection), "");
    }
}

TEST(PostgresNotifications, are_only_for_connections_without_a_pooler) {
    FreshDatabase database;
    const auto direct = open(database.address());
    const auto pooled = open(database.pooled());
    EXPECT_TRUE(direct->direct());
    EXPECT_FALSE(pooled->direct());
    direct->run("LISTEN pintu");
    EXPECT_FALSE(direct->wait(0));
    pooled->run("SELECT pg_notify('pintu', '')");
    EXPECT_TRUE(direct->wait(10'000));
    EXPECT_FALSE(direct->wait(0));
}

}  // namespace
}  // namespace pintu::postgres
