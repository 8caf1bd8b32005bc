// What only a store that many share can get wrong: races, turns that ran out, connections that
// break at the worst moment. The rest is in tests/contract.
#include "adapters/store/postgres/postgres_store.hpp"

#include <gtest/gtest.h>
#include <libpq-fe.h>
#include <poll.h>

#include <atomic>
#include <future>
#include <thread>

#include "adapters/store/postgres/schema.hpp"
#include "adapters/store/postgres/unit.hpp"
#include "engine/history/codec.hpp"
#include "tests/support/cluster.hpp"
#include "tests/support/sample_commits.hpp"
#include "tests/support/sample_events.hpp"
#include "tests/unit/adapters/store/cut_line.hpp"

namespace pintu::postgres {
namespace {

using ports::Commit;
using ports::Work;
using testing::CutLine;
using testing::FreshDatabase;
using testing::SampleCases;

const AgencyCode kPenajam("64.09");
constexpr Instant kStart{1'773'365'400'000'000};

Instant later(std::int64_t seconds) {
    return plus_seconds(kStart, seconds);
}

std::unique_ptr<Connection> connected(const std::string& address, const std::string& host = "") {
    auto parsed = *parse_address(address, Role::writer);
    if (!host.empty()) parsed.settings["host"] = host;
    auto connection = Connection::open(parsed);
    EXPECT_TRUE(connection) << connection.error().args.back();
    return std::move(*connection);
}

class PostgresStoreTest : public ::testing::Test {
  protected:
    void SetUp() override {
        ASSERT_TRUE(prepare_schema(one_.connection(), Opening::use));
        ASSERT_TRUE(prepare_schema(two_.connection(), Opening::use));
    }
    void receive(const std::string& name) {
        Commit commit;
        cases_.receive(commit, name, kStart);
        ASSERT_TRUE(one_.commit(commit)->kept());
    }
    ports::PendingCommand command(const std::string& id) {
        return {CommandId("64.09-k-" + id), kPenajam, CaseId("64.09-k"), kStart, "body"};
    }
    std::optional<ports::Claimed> claim(PostgresStore& store, Work work, Instant now = later(1)) {
        auto claimed = store.claim({"node", work, now, 3'600'000, 100});
        EXPECT_TRUE(claimed) << claimed.error().code;
        return claimed ? *claimed : std::nullopt;
    }
    void run(const std::string& sql) {
        sql_->run(sql);
        ASSERT_FALSE(sql_->failed()) << sql_->take_error().args.back();
    }
    std::size_t events_of(const std::string& name) {
        return two_.load({cases_.id(name)})->front().events.size();
    }

    FreshDatabase database_;
    PostgresStore one_{connected(database_.address())};
    PostgresStore two_{connected(database_.address())};
    std::unique_ptr<Connection> sql_ = connected(database_.address());
    SampleCases cases_;
};

// --- races ---

TEST_F(PostgresStoreTest, a_writer_that_read_before_another_wrote_keeps_nothing) {
    receive("a");
    SampleCases rival = cases_;
    Commit first, second;
    cases_.move(first, "a", "terverifikasi", later(1));
    rival.move(second, "a", "diarsipkan", later(2));
    EXPECT_TRUE(one_.commit(first)->kept());
    EXPECT_EQ(two_.commit(second)->conflicts, std::vector<CaseId>{cases_.id("a")});
    EXPECT_EQ(events_of("a"), 6U);
}

TEST_F(PostgresStoreTest, a_writer_that_goes_on_from_what_was_never_kept_keeps_nothing) {
    receive("a");
    SampleCases rival = cases_;
    Commit never, next;
    rival.move(never, "a", "diarsipkan", later(1));
    rival.move(next, "a", "selesai", later(2));
    EXPECT_EQ(two_.commit(next)->conflicts, std::vector<CaseId>{cases_.id("a")});
    Commit other;
    cases_.move(other, "a", "terverifikasi", later(1));
    EXPECT_TRUE(one_.commit(other)->kept());
    // Its sequence fits by now; its previous leaf does not.
    EXPECT_EQ(two_.commit(next)->conflicts, std::vector<CaseId>{cases_.id("a")});
    EXPECT_EQ(events_of("a"), 6U);
}

TEST_F(PostgresStoreTest, a_case_that_was_never_received_is_not_moved) {
    SampleCases elsewhere;
    Commit received, moved;
    elsewhere.receive(received, "ghost", kStart);
    elsewhere.move(moved, "ghost", "selesai", later(1));
    EXPECT_EQ(one_.commit(moved)->conflicts, std::vector<CaseId>{elsewhere.id("ghost")});
    EXPECT_TRUE(one_.list({})->empty());
}

// Each thread moves all cases, in its own order, from what it has just read.
TEST_F(PostgresStoreTest, many_writers_of_the_same_cases_lose_no_event_and_never_wait_in_a_ring) {
    const std::vector<std::string> names = {"a", "b", "c"};
    for (const auto& name : names) receive(name);
    std::atomic<std::size_t> kept{0}, refused{0}, errors{0};
    const auto work = [&](unsigned me) {
        PostgresStore store(connected(database_.address()));
        for (int round = 0; round < 25; ++round) {
            std::vector<CaseId> ids;
            for (std::size_t i = 0; i < names.size(); ++i)
                ids.push_back(cases_.id(names[(i + me) % names.size()]));
            const auto loaded = store.load(ids);
            Commit commit;
            for (std::size_t i = 0; loaded && i < ids.size(); ++i) {
                ports::NewEvent added;
                const auto& last = (*loaded)[i].events.back();
                auto event = testing::sample_event(ids[i], last.sequence + 1, last.payload,
                                                   later(me), (*loaded)[i].last_leaf);
                event.agency = kPenajam;
                added.event = event;
                added.bytes = history::encode(event);
                added.leaf = history::leaf_hash(added.bytes);
                ports::CaseUpdate update;
                update.row = cases_.row(names[(i + me) % names.size()]);
                update.row.sequence = added.event.sequence;
                commit.events.push_back(std::move(added));
                commit.cases.push_back(std::move(update));
            }
            const auto answer = store.commit(commit);
            ++(!answer ? errors : answer->kept() ? kept : refused);
        }
    };
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < 4; ++i) threads.emplace_back(work, i);
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(errors, 0U);
    EXPECT_GE(kept, 25U);
    EXPECT_EQ(kept + refused, 100U);
    for (const auto& name : names) EXPECT_EQ(events_of(name), 4 + kept) << name;
}

TEST_F(PostgresStoreTest, the_same_report_at_two_nodes_at_once_is_one_case) {
    std::atomic<std::size_t> kept{0}, refused{0};
    const auto take_in = [&](const std::string& name) {
        PostgresStore store(connected(database_.address()));
        for (int i = 0; i < 20; ++i) {
            SampleCases mine;
            Commit commit;
            mine.receive(commit, name + std::to_string(i), kStart);
            commit.intake[0].key.key = "content:" + std::to_string(i);
            const auto answer = store.commit(commit);
            ASSERT_TRUE(answer) << answer.error().code;
            ++(answer->kept() ? kept : refused);
        }
    };
    std::thread left(take_in, "left"), right(take_in, "right");
    left.join();
    right.join();
    EXPECT_EQ(kept, 20U);
    EXPECT_EQ(refused, 20U);
    EXPECT_EQ(one_.list({})->size(), 20U);
}

// --- turns ---

TEST_F(PostgresStoreTest, a_turn_that_ran_out_by_the_servers_clock_keeps_nothing) {
    ASSERT_TRUE(one_.submit(command("1")));
    const auto claimed = claim(one_, Work::decide);
    ASSERT_TRUE(claimed);
    run("UPDATE agenda SET until = clock_timestamp() - interval '1 second'");
    Commit late;
    cases_.receive(late, "a", kStart);
    late.turns = {{claimed->lease}};
    EXPECT_TRUE(one_.commit(late)->stale);
    EXPECT_TRUE(one_.list({})->empty());
    const auto next = claim(two_, Work::decide);
    ASSERT_TRUE(next);
    EXPECT_GT(next->lease.token, claimed->lease.token);
    EXPECT_TRUE(one_.commit(late)->stale) << "in other hands";
}

TEST_F(PostgresStoreTest, a_turn_is_stale_before_its_cases_are_in_conflict) {
    receive("a");
    ASSERT_TRUE(one_.submit(command("1")));
    const auto claimed = claim(one_, Work::decide);
    ASSERT_TRUE(claimed);
    run("UPDATE agenda SET until = clock_timestamp() - interval '1 second'");
    Commit late;
    SampleCases again;
    again.receive(late, "a", kStart);
    late.turns = {{claimed->lease}};
    const auto answer = one_.commit(late);
    EXPECT_TRUE(answer->stale);
    EXPECT_TRUE(answer->conflicts.empty());
}

TEST_F(PostgresStoreTest, work_that_nobody_was_told_of_is_found_by_the_sweep) {
    ASSERT_TRUE(one_.submit(command("1")));
    EXPECT_FALSE(claim(two_, Work::send));  // its sweep has been
    run("UPDATE agenda SET due = 9223372036854775807");
    ASSERT_TRUE(two_.sweep());
    const auto claimed = claim(two_, Work::decide);
    ASSERT_TRUE(claimed);
    EXPECT_EQ(claimed->commands, std::vector<ports::PendingCommand>{command("1")});
}

TEST_F(PostgresStoreTest, a_lock_that_another_node_holds_keeps_no_commit_waiting) {
    receive("a");
    run("BEGIN");
    run("SELECT 1 FROM agenda WHERE agency = '64.09' FOR UPDATE");
    Commit commit;
    cases_.receive(commit, "b", kStart);
    EXPECT_TRUE(one_.commit(commit)->kept());
    EXPECT_FALSE(claim(one_, Work::send)) << "whose row is locked is passed over";
    run("ROLLBACK");
}

TEST_F(PostgresStoreTest, a_node_that_was_stopped_in_mid_commit_stops_nobody_else) {
    receive("a");
    ASSERT_TRUE(one_.submit(command("1")));
    EXPECT_TRUE(claim(one_, Work::decide));
    run("BEGIN");
    run("SELECT 1 FROM agenda WHERE agency = '64.09' AND work = 0 FOR UPDATE");
    run("UPDATE agenda SET touched = clock_timestamp() WHERE agency = '64.09' AND work = 0");
    EXPECT_TRUE(two_.submit(command("2")));
    EXPECT_TRUE(two_.sweep());
    EXPECT_FALSE(claim(two_, Work::decide));
    run("ROLLBACK");
    EXPECT_EQ(two_.pending(10)->size(), 2U);
}

// A process that is stopped half-way through a batch: the server waits for the rest of it, and no
// timeout of its own counts.
class HalfABatch {
  public:
    explicit HalfABatch(const std::string& address)
        : connection_(PQconnectdb(parse_address(address, Role::writer)->conninfo().c_str())) {
        EXPECT_EQ(PQstatus(connection_), CONNECTION_OK) << PQerrorMessage(connection_);
        PQenterPipelineMode(connection_);
        send("BEGIN");
        send("SELECT work FROM agenda WHERE agency = $1 AND work = 0 FOR UPDATE");
        PQsendFlushRequest(connection_);
        PQflush(connection_);
        for (int answered = 0; answered < 2; ++answered) {
            PGresult* result = PQgetResult(connection_);
            EXPECT_NE(PQresultStatus(result), PGRES_FATAL_ERROR) << PQerrorMessage(connection_);
            PQclear(result);
            EXPECT_EQ(PQgetResult(connection_), nullptr);
        }
    }
    HalfABatch(const HalfABatch&) = delete;
    HalfABatch& operator=(const HalfABatch&) = delete;
    ~HalfABatch() { PQfinish(connection_); }
    std::string pid() const { return std::to_string(PQbackendPID(connection_)); }
    bool is_ended() {
        pollfd socket{PQsocket(connection_), POLLIN, 0};
        while (poll(&socket, 1, 10'000) > 0)
            if (PQconsumeInput(connection_) == 0) return true;
        return false;
    }

  private:
    void send(const std::string& sql) {
        const char* agency = "64.09";
        const int parameters = sql.find('$') == std::string::npos ? 0 : 1;
        EXPECT_EQ(PQsendQueryParams(connection_, sql.c_str(), parameters, nullptr, &agency, nullptr,
                                    nullptr, 1),
                  1);
    }
    PGconn* connection_;
};

TEST_F(PostgresStoreTest, a_node_that_was_stopped_half_way_through_a_batch_is_cut_off_in_time) {
    receive("a");
    ASSERT_TRUE(one_.submit(command("1")));
    HalfABatch stopped(database_.address());
    EXPECT_FALSE(claim(one_, Work::decide)) << "its time is not over";
    EXPECT_EQ(
        sql_->run("SELECT state FROM pg_stat_activity WHERE pid = " + stopped.pid()).text(0, 0),
        "active");
    Limits strict;
    strict.idle_ms = 1;
    two_.connection().set_limits(strict);
    (void)claim(two_, Work::send);
    EXPECT_TRUE(stopped.is_ended());
    EXPECT_TRUE(claim(one_, Work::decide));
}

TEST_F(PostgresStoreTest, a_waiting_node_is_told_of_a_command_where_it_is_connected_straight) {
    EXPECT_FALSE(*one_.wait(0));
    ASSERT_TRUE(two_.submit(command("1")));
    EXPECT_TRUE(*one_.wait(5'000));
    PostgresStore pooled(connected(database_.pooled()));
    EXPECT_FALSE(*pooled.wait(60'000)) << "at once: a pooler passes nothing on";
}

// --- texts ---

// Whoever decided on what is left would write a second history.
TEST_F(PostgresStoreTest, a_history_with_a_page_that_is_gone_or_edited_is_not_loaded) {
    for (const char* name : {"tail", "middle", "edited", "leaf", "sound"}) receive(name);
    const auto page_of = [&](const std::string& name, const std::string& which) {
        return "(SELECT " + which + "(id) FROM pages WHERE position('" + cases_.id(name).value +
               "'::bytea in bytes) > 0)";
    };
    for (const char* name : {"tail", "middle", "edited"}) {
        Commit moved;
        cases_.move(moved, name, "diproses", later(60));
        ASSERT_TRUE(one_.commit(moved)->kept());
    }
    run("DELETE FROM pages WHERE id = " + page_of("tail", "max"));
    run("DELETE FROM pages WHERE id = " + page_of("middle", "min"));
    run("UPDATE pages SET bytes = overlay(bytes placing 'dibuat'::bytea from "
        "position('diproses'::bytea in bytes) for 6) WHERE id = " +
        page_of("edited", "max"));
    run("UPDATE cases SET leaf = sha256('another') WHERE case_id = '" + cases_.id("leaf").value +
        "'");
    const auto why = [&](const std::string& name) {
        const auto loaded = two_.load({cases_.id(name)});
        return loaded ? std::string("loaded") : loaded.error().code;
    };
    EXPECT_EQ(why("tail"), "HI014");
    EXPECT_EQ(why("middle"), "HI025");
    EXPECT_EQ(why("edited"), "HI027");
    EXPECT_EQ(why("leaf"), "HI021");
    EXPECT_EQ(why("sound"), "loaded");
}

TEST_F(PostgresStoreTest, what_people_send_in_may_hold_zero_bytes) {
    const std::string odd("a\0b", 3);
    Commit commit;
    cases_.receive(commit, "a", kStart);
    auto& row = commit.cases[0].row;
    row.channel = row.external_id = row.region = odd;
    row.values = {{"isian", odd}};
    commit.cases[0].lookups = {{"isian", odd}};
    commit.personal[0].value = odd;
    commit.outbox[0].channel = odd;
    const auto kept = one_.commit(commit);
    ASSERT_TRUE(kept) << kept.error().args.back();
    EXPECT_EQ(two_.list({})->at(0), row);
    EXPECT_EQ(two_.personal(row.id)->at(0).value, odd);
    EXPECT_EQ(two_.unsent(1)->at(0), commit.outbox[0]);
    ports::PriorQuery query;
    query.agency = kPenajam;
    query.attribute = "isian";
    query.value = odd;
    query.received_from = query.received_until = kStart;
    EXPECT_EQ(two_.prior(query)->found, std::vector<CaseId>{row.id});
}

TEST_F(PostgresStoreTest, what_it_cannot_hold_is_refused_as_a_whole) {
    Commit commit;
    cases_.receive(commit, "a", kStart);
    commit.cases[0].row.tracking_id = TrackingId(std::string("x\0y", 3));
    const auto answer = one_.commit(commit);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, "ST012");
    EXPECT_FALSE(ports::may_pass(answer.error()));
    EXPECT_TRUE(one_.list({})->empty());
}

// --- a connection that breaks ---

class PostgresLost : public PostgresStoreTest {
  protected:
    Commit received(const std::string& name) {
        Commit commit;
        cases_.receive(commit, name, kStart);
        return commit;
    }
    CutLine line_{testing::Cluster::shared().folder(), "5432"};
    PostgresStore cut_{connected(database_.address(), line_.folder())};
};

TEST_F(PostgresLost, before_the_server_saw_the_commit_keeps_it_the_second_time) {
    ASSERT_TRUE(cut_.commit(received("first"))->kept());
    line_.cut(CutLine::Cut::before);
    const auto answer = cut_.commit(received("a"));
    ASSERT_TRUE(answer) << answer.error().code;
    EXPECT_TRUE(answer->kept());
    EXPECT_EQ(events_of("a"), 4U);
}

TEST_F(PostgresLost, after_the_server_kept_the_commit_finds_it_and_keeps_it_once) {
    ASSERT_TRUE(cut_.commit(received("first"))->kept());
    const auto commit = received("a");
    line_.cut(CutLine::Cut::after);
    const auto answer = cut_.commit(commit);
    ASSERT_TRUE(answer) << answer.error().code;
    EXPECT_TRUE(answer->kept());
    EXPECT_EQ(events_of("a"), 4U);
    EXPECT_EQ(two_.unsent(10)->size(), 2U);
}

// A standby that was promoted counts on from what it has.
TEST_F(PostgresLost, a_commit_that_was_kept_under_a_lower_number_than_expected_is_found) {
    ASSERT_TRUE(cut_.commit(received("first"))->kept());
    run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
        "current_database() AND pid <> pg_backend_pid()");
    cut_.connection().saw(1'000'000'000);
    line_.cut(CutLine::Cut::after);
    const auto answer = cut_.commit(received("a"));
    ASSERT_TRUE(answer) << answer.error().code;
    EXPECT_TRUE(answer->kept());
    EXPECT_EQ(events_of("a"), 4U);
}

TEST_F(PostgresLost, a_rejection_that_was_kept_is_found_by_its_command) {
    ASSERT_TRUE(cut_.submit(command("1")));
    const auto claimed = claim(cut_, Work::decide);
    ASSERT_TRUE(claimed);
    Commit commit;
    ports::CommandOutcome outcome;
    outcome.id = command("1").id;
    outcome.case_id = command("1").case_id;
    outcome.code = "CS012";
    commit.outcomes = {outcome};
    commit.turns = {{claimed->lease}};
    line_.cut(CutLine::Cut::after);
    const auto answer = cut_.commit(commit);
    ASSERT_TRUE(answer) << answer.error().code;
    EXPECT_TRUE(answer->kept());
    EXPECT_EQ(*two_.outcome(outcome.id), outcome);
}

TEST_F(PostgresLost, the_end_of_a_turn_that_was_kept_is_found_by_its_token) {
    ASSERT_TRUE(cut_.submit(command("1")));
    const auto claimed = claim(cut_, Work::decide);
    ASSERT_TRUE(claimed);
    Commit commit;
    commit.turns = {{claimed->lease}};
    line_.cut(CutLine::Cut::after);
    const auto answer = cut_.commit(commit);
    ASSERT_TRUE(answer) << answer.error().code;
    EXPECT_TRUE(answer->kept());
}

// Its rows must not come to be after somebody said that they are not there.
TEST_F(PostgresLost, while_the_commit_waits_for_a_lock_ends_it_and_makes_it_again) {
    ASSERT_TRUE(cut_.commit(received("first"))->kept());
    const auto holder = connected(database_.address());
    holder->begin();
    holder->run("LOCK TABLE intake IN ACCESS EXCLUSIVE MODE");
    line_.cut(CutLine::Cut::during);
    auto answer = std::async(std::launch::async, [&] { return cut_.commit(received("a")); });
    const auto waits = [&](std::int64_t but) {
        for (int looks = 0; looks < 20'000; ++looks) {
            const auto rows = sql_->run(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND "
                "wait_event_type = 'Lock' AND pid <> $1",
                but);
            if (!rows.empty()) return rows.integer(0, 0);
        }
        return std::int64_t{0};
    };
    const auto first = waits(0);
    const auto second = waits(first);
    EXPECT_NE(first, 0);
    EXPECT_NE(second, 0) << "the same commit once more";
    EXPECT_TRUE(sql_->run("SELECT 1 FROM pg_stat_activity WHERE pid = $1", first).empty());
    holder->rollback();
    const auto kept = answer.get();
    ASSERT_TRUE(kept) << kept.error().code;
    EXPECT_TRUE(kept->kept());
    EXPECT_EQ(events_of("a"), 4U);
}

TEST_F(PostgresLost, a_commit_is_taken_for_kept_only_where_all_of_it_is_there) {
    SampleCases twin = cases_;
    Commit both;
    twin.receive(both, "a", kStart);
    twin.receive(both, "b", kStart);
    const Unit unit(both);
    const auto kept = [&](std::int64_t first) {
        const auto evidence = unit.evidence(first);
        const auto found = sql_->run(evidence.batch);
        std::vector<std::int64_t> counts;
        for (const auto& rows : found) counts.push_back(rows.integer(0, 0));
        EXPECT_EQ(counts.size(), evidence.wanted.size());
        return counts == evidence.wanted;
    };
    const auto transaction = [&] { return sql_->run("SELECT pg_current_xact_id()").integer(0, 0); };
    const auto first = transaction();
    receive("a");
    EXPECT_FALSE(kept(first)) << "the pages of another commit";
    run("TRUNCATE cases, intake, trackings, personal, outbox, lookups");
    ASSERT_TRUE(one_.commit(both)->kept());
    EXPECT_TRUE(kept(first));
    EXPECT_FALSE(kept(transaction())) << "an earlier one";
}

TEST_F(PostgresLost, a_node_whose_commit_was_lost_listens_again) {
    EXPECT_FALSE(*cut_.wait(0));
    line_.cut(CutLine::Cut::after);
    ASSERT_TRUE(cut_.commit(received("a"))->kept());
    EXPECT_FALSE(*cut_.wait(0));
    ASSERT_TRUE(two_.submit(command("1")));
    EXPECT_TRUE(*cut_.wait(5'000));
}

TEST_F(PostgresLost, reads_are_made_again) {
    receive("a");
    run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
        "current_database() AND pid <> pg_backend_pid()");
    const auto rows = cut_.list({});
    ASSERT_TRUE(rows) << rows.error().code;
    EXPECT_EQ(rows->size(), 1U);
    EXPECT_EQ(events_of("a"), 4U);
}

TEST_F(PostgresLost, a_backend_that_was_ended_in_mid_batch_is_tried_again) {
    ASSERT_TRUE(cut_.commit(received("first"))->kept());
    run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
        "current_database() AND pid <> pg_backend_pid()");
    const auto answer = cut_.commit(received("a"));
    ASSERT_TRUE(answer) << answer.error().code;
    EXPECT_TRUE(answer->kept());
    EXPECT_EQ(events_of("a"), 4U);
}

}  // namespace
}  // namespace pintu::postgres
