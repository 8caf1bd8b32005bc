// A database that a program of schema 2 filled: after the migration its histories, logs and lists
// are what they were, and go on.
#include <gtest/gtest.h>

#include "adapters/store/postgres/admin.hpp"
#include "adapters/store/postgres/connection.hpp"
#include "adapters/store/postgres/packed.hpp"
#include "adapters/store/postgres/schema.hpp"
#include "adapters/store/sql/lists.hpp"
#include "engine/history/codec.hpp"
#include "engine/history/merkle.hpp"
#include "tests/support/cluster.hpp"
#include "tests/support/files.hpp"
#include "tests/support/sample_commits.hpp"

namespace pintu::postgres {
namespace {

const AgencyCode kAgency("64.09");
constexpr Instant kStart{1'773'365'400'000'000};

// A row as a list of texts.
struct Texts {
    std::string list;

    template <class T>
    void operator()(const char*, const T& field) {
        store::append_item(list, text(field));
    }
    static std::string text(const std::string& field) { return field; }
    static std::string text(bool field) { return field ? "1" : "0"; }
    static std::string text(std::int32_t field) { return std::to_string(field); }
    static std::string text(std::uint32_t field) { return std::to_string(field); }
    static std::string text(Instant field) { return std::to_string(field.micros); }
    template <class T>
    static std::string text(const std::vector<T>& field) {
        return store::to_list(field);
    }
    template <class Tag>
    static std::string text(const Id<Tag>& field) {
        return field.value;
    }
    template <class T>
    static std::string text(const std::optional<T>& field) {
        return field ? text(*field) : "";
    }
};

// Writes as that program did: of each commit and case one row of events.
class Former {
  public:
    explicit Former(const std::string& address)
        : connection_(*Connection::open(*parse_address(address, Role::writer))) {
        connection_->script(
            "CREATE TABLE pintu_schema (version bigint PRIMARY KEY, "
            "applied_at timestamptz NOT NULL DEFAULT now())");
        for (std::int64_t step = 1; step <= 2; ++step) {
            connection_->script(std::string(schema_step(step)));
            connection_->run("INSERT INTO pintu_schema (version) VALUES ($1)", step);
        }
        connection_->run(
            "INSERT INTO logs (agency, size, nodes, xid, id, cluster) SELECT $1, 0, '', '0', 0, "
            "s.system_identifier::text FROM pg_control_system() s",
            kAgency);
        connection_->run(
            "INSERT INTO agenda (agency, work, due) SELECT $1, n, 0 FROM generate_series(0, 3) n",
            kAgency);
    }

    void keep(const ports::Commit& commit) {
        for (std::size_t i = 0; i < commit.events.size();) {
            const auto& first = commit.events[i].event;
            std::string bytes, leaves;
            std::int64_t count = 0;
            for (; i < commit.events.size() && commit.events[i].event.case_id == first.case_id;
                 ++i, ++count) {
                bytes += to_length(commit.events[i].bytes.size()) + commit.events[i].bytes;
                leaves += bytes_of(commit.events[i].leaf);
            }
            connection_->run(
                "INSERT INTO events (agency, case_id, sequence, count, bytes, leaves) VALUES "
                "($1, $2, $3, $4, $5, $6)",
                kAgency, first.case_id, first.sequence, count, Bytes{bytes}, Bytes{leaves});
        }
        for (const auto& row : commit.intake) {
            connection_->run("INSERT INTO intake VALUES ($1, $2, $3, $4, $5)", kAgency, row.key.key,
                             row.case_id, row.tracking_id, row.content);
            connection_->run("INSERT INTO trackings VALUES ($1, $2, $3)", kAgency, row.tracking_id,
                             row.case_id);
        }
        for (const auto& outcome : commit.outcomes) {
            std::string list;
            pack(list, outcome);
            connection_->run("INSERT INTO outcomes VALUES ($1, $2, $3)", kAgency, outcome.id,
                             Bytes{list});
        }
        for (const auto& update : commit.cases) {
            Texts shown;
            cases::CaseRow::fields(shown, update.row);
            connection_->run(
                "INSERT INTO cases (agency, case_id, sequence, leaf, state, owner, closed, late, "
                "timer_due, timer_name, lookup_list, shown) VALUES ($1, $2, $3, $4, $5, $6, $7, "
                "false, $8, 'x', $9, $10) ON CONFLICT (agency, case_id) DO UPDATE SET "
                "sequence = excluded.sequence, leaf = excluded.leaf, state = excluded.state, "
                "shown = excluded.shown, lookup_list = excluded.lookup_list",
                kAgency, update.row.id, update.row.sequence, last_of(commit, update.row.id),
                update.row.state, update.row.owner, update.row.closed, update.timer->due,
                Bytes{store::to_list(update.lookups)}, Bytes{shown.list});
        }
        ASSERT_FALSE(connection_->failed()) << connection_->take_error().args.back();
    }

    // All that is there gets its place, as by one turn of the sequencer.
    void place() {
        history::Frontier frontier;
        std::int64_t id = 0;
        std::string xid;
        const Rows rows = connection_->run(
            "SELECT case_id, sequence, count, leaves, xid::text, id FROM events ORDER BY xid, id");
        for (const auto row : rows) {
            connection_->run("INSERT INTO entries VALUES ($1, $2, $3, $4, $5)", kAgency,
                             frontier.size(), row.text(0), row.integer(1), row.integer(2));
            for (const auto& leaf : split_digests(row.bytes(3))) frontier.append(leaf);
            xid = row.text(4);
            id = row.integer(5);
        }
        connection_->run("INSERT INTO roots VALUES ($1, $2, $3)", kAgency, frontier.size(),
                         frontier.root());
        connection_->run("UPDATE logs SET size = $1, nodes = $2, xid = $3::xid8, id = $4",
                         frontier.size(), Bytes{join(frontier.nodes())}, xid, id);
        ASSERT_FALSE(connection_->failed()) << connection_->take_error().args.back();
    }

  private:
    static std::string to_length(std::size_t size) {
        return {static_cast<char>(size >> 24), static_cast<char>(size >> 16),
                static_cast<char>(size >> 8), static_cast<char>(size)};
    }
    static Digest last_of(const ports::Commit& commit, const CaseId& id) {
        Digest last{};
        for (const auto& added : commit.events)
            if (added.event.case_id == id) last = added.leaf;
        return last;
    }

    std::unique_ptr<Connection> connection_;
};

class PostgresMigrated : public ::testing::Test {
  protected:
    void SetUp() override {
        Former former(database_.address());
        for (int i = 0; i < 20; ++i) received(former, std::to_string(i));
        moved(former, "3", "terverifikasi");
        former.place();
        moved(former, "3", "diproses");
        moved(former, "7", "terverifikasi");
        acted(former, "5", "x");
        received(former, "last");
        EXPECT_EQ(store::open_store(database_.address()).error().code, "ST030");
        const auto done = migrate(database_.address());
        ASSERT_TRUE(done) << done.error().args.back();
        EXPECT_EQ(done->from, 2);
        store_ = std::move(*store::open_store(database_.address()));
    }
    void received(Former& former, const std::string& name) {
        ports::Commit commit;
        cases_.receive(commit, name, kStart);
        keep(former, commit);
    }
    void moved(Former& former, const std::string& name, const std::string& state) {
        ports::Commit commit;
        cases_.move(commit, name, state, plus_seconds(kStart, 60));
        keep(former, commit);
    }
    void acted(Former& former, const std::string& name, const std::string& command) {
        ports::Commit commit;
        cases_.act(commit, name, "terverifikasi", plus_seconds(kStart, 60), command);
        outcome_ = commit.outcomes[0];
        keep(former, commit);
    }
    void keep(Former& former, const ports::Commit& commit) {
        former.keep(commit);
        for (const auto& added : commit.events) appended_.push_back(added);
    }

    testing::FreshDatabase database_;
    testing::SampleCases cases_;
    std::vector<ports::NewEvent> appended_;
    ports::CommandOutcome outcome_;
    std::unique_ptr<ports::EventStore> store_;
};

TEST_F(PostgresMigrated, keeps_every_history) {
    for (const char* name : {"0", "3", "7", "last"}) {
        const auto loaded = store_->load({cases_.id(name)})->front();
        std::vector<cases::Event> expected;
        Digest last{};
        for (const auto& added : appended_) {
            if (added.event.case_id != cases_.id(name)) continue;
            expected.push_back(*history::decode(added.bytes));
            last = added.leaf;
        }
        EXPECT_EQ(loaded.events, expected) << name;
        EXPECT_EQ(loaded.last_leaf, last) << name;
    }
    const auto rows = *store_->list({});
    EXPECT_EQ(rows.size(), 21U);
    for (const auto& row : rows)
        if (row.id == cases_.id("3")) {
            EXPECT_EQ(row, cases_.row("3"));
        }
}

TEST_F(PostgresMigrated, keeps_the_log_and_what_waits_for_it) {
    EXPECT_EQ(store_->log(kAgency, 0, 1'000)->size(), 82U);
    EXPECT_EQ(*store_->sequence(1'000), 10U);
    const auto log = *store_->log(kAgency, 0, 1'000);
    ASSERT_EQ(log.size(), appended_.size());
    for (std::size_t i = 0; i < log.size(); ++i) {
        EXPECT_EQ(log[i].position, i);
        EXPECT_EQ(log[i].case_id, appended_[i].event.case_id);
        EXPECT_EQ(log[i].sequence, appended_[i].event.sequence);
        EXPECT_EQ(log[i].leaf, appended_[i].leaf);
    }
}

TEST_F(PostgresMigrated, knows_reports_and_commands_again) {
    for (const char* name : {"0", "3", "last"}) {
        EXPECT_EQ(*store_->find(cases_.row(name).tracking_id), std::vector{cases_.id(name)});
        const auto known = store_->find_intake({cases_.intake_key(name)})->front();
        ASSERT_TRUE(known) << name;
        EXPECT_EQ(known->key, cases_.intake_key(name));
        EXPECT_EQ(known->case_id, cases_.id(name));
    }
    EXPECT_EQ(*store_->outcome(outcome_.id), outcome_);
    ports::Commit again;
    cases_.act(again, "5", "selesai", plus_seconds(kStart, 120), "x");
    EXPECT_EQ(store_->commit(again)->conflicts, std::vector{cases_.id("5")});
}

TEST_F(PostgresMigrated, goes_on_and_can_be_backed_up) {
    ports::Commit commit;
    cases_.move(commit, "3", "selesai", plus_seconds(kStart, 120));
    cases_.receive(commit, "new", kStart);
    ASSERT_TRUE(store_->commit(commit)->kept());
    EXPECT_EQ(store_->load({cases_.id("3")})->front().events.size(), 10U);
    EXPECT_EQ(*store_->sequence(1'000), 16U);
    const testing::TemporaryFolder folder;
    const auto made = backup(database_.address(), folder.at("backup"));
    ASSERT_TRUE(made) << made.error().code;
    EXPECT_EQ(made->events, appended_.size() + 6U);
}

// Schema 2 had room for events of no case.
TEST(PostgresMigration, ends_where_schema_3_has_no_room_and_changes_nothing) {
    const testing::FreshDatabase database;
    testing::SampleCases cases;
    {
        Former former(database.address());
        ports::Commit commit;
        cases.receive(commit, "a", kStart);
        commit.cases.clear();
        former.keep(commit);
    }
    const auto done = migrate(database.address());
    ASSERT_FALSE(done);
    const auto connection = *Connection::open(*parse_address(database.address(), Role::writer));
    EXPECT_EQ(connection->run("SELECT count(*) FROM events").integer(0, 0), 1);
    EXPECT_FALSE(connection->failed());
}

}  // namespace
}  // namespace pintu::postgres
