// A database of schema 3, whose cases had more columns: after the migration they are what they
// were, and go on; whoever still writes as a program of schema 3 did keeps nothing.
#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <thread>

#include "adapters/store/postgres/admin.hpp"
#include "adapters/store/postgres/connection.hpp"
#include "adapters/store/postgres/schema.hpp"
#include "adapters/store/postgres/shown.hpp"
#include "tests/support/cluster.hpp"
#include "tests/support/sample_commits.hpp"

namespace pintu::postgres {
namespace {

const AgencyCode kAgency("64.09");
constexpr Instant kStart{1'773'365'400'000'000};
constexpr Instant kEver{kStart.micros * 2};

// As that program's step made it.
std::string former_table() {
    const std::string step(schema_step(3));
    const auto begin = step.find("CREATE TABLE cases");
    return step.substr(begin, step.find(';', begin) + 1 - begin);
}

// What it would hold of the cases that are there.
std::string former_rows() {
    return "INSERT INTO cases (agency, case_id, sequence, closed, late, opened, timer_due, leaf, "
           "state, owner, timer_name, lookup_list, page_list, command_list, shown) SELECT "
           "c.agency, c.case_id, ('x' || encode(" PINTU_SEQUENCE_OF(
               c) ", 'hex'))::bit(32)::integer, "
                  "c.closed, " PINTU_SHOWN_LATE
                  ", c.opened, c.timer_due, c.leaf, convert_from(" PINTU_SHOWN_STATE
                  ", 'UTF8'), convert_from(" PINTU_SHOWN_OWNER
                  ", 'UTF8'), CASE WHEN c.timer_due IS NOT NULL THEN "
                  "convert_from(" PINTU_SHOWN_TIMER
                  ", 'UTF8') END, c.lookup_list, c.page_list, c.command_list, substr(c.shown, 15 "
                  "+ " PINTU_SHOWN_SIZE(5) " + " PINTU_SHOWN_SIZE(8) " + " PINTU_SHOWN_SIZE(
                      11) ") FROM later_cases c;";
}

class PostgresNarrowed : public ::testing::Test {
  protected:
    void SetUp() override {
        fill(*(*store::open_store(database_.address())));
        connection_->script(
            "ALTER TABLE cases RENAME TO later_cases;"
            "ALTER INDEX cases_pkey RENAME TO later_cases_pkey;"
            "DROP INDEX cases_open, cases_by_timer;" +
            former_table() + former_rows() +
            "SELECT setval(pg_get_serial_sequence('cases', 'opened'), "
            "(SELECT max(opened) FROM cases));"
            "CREATE INDEX cases_open ON cases (agency, case_id) WHERE NOT closed;"
            "CREATE INDEX cases_by_timer ON cases (agency, timer_due, case_id) "
            "WHERE timer_due IS NOT NULL;"
            "DROP TABLE later_cases;"
            "DELETE FROM pintu_schema WHERE version > 3");
        ASSERT_FALSE(connection_->failed()) << connection_->take_error().args.back();
        EXPECT_EQ(store::open_store(database_.address()).error().code, "ST030");
    }

    void fill(ports::EventStore& store) {
        for (int i = 0; i < 30; ++i) {
            const std::string name = std::to_string(i);
            ports::Commit commit;
            cases_.receive(commit, name, plus_seconds(kStart, i));
            ASSERT_TRUE(store.commit(commit)->kept());
        }
        move(store, "3", "diproses");
        move(store, "4", "selesai");
        ports::Commit late;
        cases_.move(late, "5", "diproses", plus_seconds(kStart, 90));
        late.cases[0].row.clocks[0].late = true;
        ASSERT_TRUE(store.commit(late)->kept());
        before_ = *store.list({});
        timers_ = *store.due_timers(kEver, 100);
        loaded_ = *store.load({cases_.id("3"), cases_.id("4"), cases_.id("17")});
    }
    bool move(ports::EventStore& store, const std::string& name, const std::string& state) {
        ports::Commit commit;
        cases_.move(commit, name, state, plus_seconds(kStart, 60));
        return store.commit(commit)->kept();
    }
    std::unique_ptr<ports::EventStore> migrated() {
        const auto done = migrate(database_.address());
        EXPECT_TRUE(done) << done.error().args.back();
        EXPECT_EQ(done->from, 3);
        return std::move(*store::open_store(database_.address()));
    }
    std::unique_ptr<Connection> connect() {
        return *Connection::open(*parse_address(database_.address(), Role::writer));
    }

    testing::FreshDatabase database_;
    testing::SampleCases cases_;
    std::unique_ptr<Connection> connection_ = connect();
    std::vector<cases::CaseRow> before_;
    std::vector<ports::Timer> timers_;
    std::vector<ports::StoredCase> loaded_;
};

TEST_F(PostgresNarrowed, keeps_rows_timers_and_histories) {
    const auto store = migrated();
    EXPECT_EQ(before_.size(), 30U);
    EXPECT_EQ(*store->list({}), before_);
    EXPECT_EQ(timers_.size(), 29U);
    EXPECT_EQ(*store->due_timers(kEver, 100), timers_);
    EXPECT_EQ(store->timers_of(kAgency)->size(), timers_.size());
    const auto loaded = *store->load({cases_.id("3"), cases_.id("4"), cases_.id("17")});
    for (std::size_t i = 0; i < loaded_.size(); ++i) {
        EXPECT_EQ(loaded[i].events, loaded_[i].events);
        EXPECT_EQ(loaded[i].last_leaf, loaded_[i].last_leaf);
        EXPECT_EQ(loaded[i].key, loaded_[i].key);
    }
}

TEST_F(PostgresNarrowed, is_asked_as_before) {
    const auto store = migrated();
    const auto found = [&](auto ask) {
        ports::CaseFilter filter;
        ask(filter);
        std::vector<std::string> names;
        for (const auto& row : *store->list(filter)) names.push_back(row.external_id);
        std::sort(names.begin(), names.end());
        return names;
    };
    using Names = std::vector<std::string>;
    EXPECT_EQ(found([](auto& f) { f.state = "diproses"; }), (Names{"3", "5"}));
    EXPECT_EQ(found([](auto& f) { f.owner = UnitId("64.09/dpupr"); }), (Names{"3", "4", "5"}));
    EXPECT_EQ(found([](auto& f) { f.late = true; }), Names{"5"});
    EXPECT_EQ(found([](auto& f) { f.closed = true; }), Names{"4"});
    EXPECT_EQ(found([](auto& f) { f.state = "diprose"; }), Names{});
}

TEST_F(PostgresNarrowed, goes_on) {
    const auto store = migrated();
    EXPECT_TRUE(move(*store, "3", "selesai"));
    ports::Commit commit;
    cases_.receive(commit, "new", kStart);
    EXPECT_TRUE(store->commit(commit)->kept());
    EXPECT_EQ(store->load({cases_.id("3")})->front().events.size(), 8U);
    EXPECT_EQ(connection_
                  ->run("SELECT count(DISTINCT opened), max(opened) FROM cases WHERE agency = $1",
                        kAgency)
                  .integer(0, 1),
              31);
    EXPECT_EQ(store->list({})->size(), 31U);
}

// One that was told that its commit is kept is in; one that waited in front of the lock has failed.
TEST_F(PostgresNarrowed, takes_what_was_kept_before_it_and_refuses_what_waited) {
    const std::string kMove =
        "UPDATE cases SET sequence = sequence + 1, state = 'lanjut' WHERE agency = $1 AND "
        "case_id = $2";
    connection_->begin();
    connection_->run(kMove, kAgency, cases_.id("17"));
    const auto count_waiting = [watcher = connect()] {
        return watcher
            ->run(
                "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE "
                "d.datname = current_database() AND l.relation IS NOT NULL AND NOT l.granted")
            .integer(0, 0);
    };
    auto migration = std::async(std::launch::async, [&] { return migrated(); });
    while (count_waiting() < 1) std::this_thread::yield();
    auto waited = std::async(std::launch::async, [&] {
        const auto other = connect();
        other->run(kMove, kAgency, cases_.id("18"));
        return other->failed();
    });
    while (count_waiting() < 2) std::this_thread::yield();
    ASSERT_EQ(connection_->commit(), Committed::yes);
    const auto store = migration.get();
    EXPECT_TRUE(waited.get());
    for (const auto& row : *store->list({})) {
        const bool moved = row.id == cases_.id("17");
        if (moved) {
            EXPECT_EQ(row.sequence, 5U);
        }
        EXPECT_EQ(row.state == "lanjut", moved) << row.id.value;
    }
}

}  // namespace
}  // namespace pintu::postgres
