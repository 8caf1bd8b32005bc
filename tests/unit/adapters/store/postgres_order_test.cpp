// Reading in order while transactions are in flight: the log's sequencer passes over nothing, and
// whoever reads by the highest number seen so far does.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "adapters/store/postgres/page.hpp"
#include "adapters/store/postgres/postgres_store.hpp"
#include "adapters/store/postgres/schema.hpp"
#include "adapters/store/postgres/statements.hpp"
#include "tests/support/cluster.hpp"
#include "tests/support/sample_commits.hpp"

namespace pintu::postgres {
namespace {

using testing::FreshDatabase;
using testing::SampleCases;

const AgencyCode kPenajam("64.09");
constexpr Instant kStart{1'773'365'400'000'000};

std::unique_ptr<Connection> connected(const FreshDatabase& database) {
    auto connection = Connection::open(*parse_address(database.address(), Role::writer));
    EXPECT_TRUE(connection);
    return std::move(*connection);
}

// "position > last", as one would write it.
class ObviousReader {
  public:
    explicit ObviousReader(Connection& connection) : connection_(connection) {}
    void read() {
        const Rows rows = connection_.run(
            "SELECT p.id, p.bytes FROM pages p WHERE p.agency = '64.09' AND p.id > $1 "
            "ORDER BY p.id",
            last_);
        for (const auto row : rows) {
            last_ = row.integer(0);
            std::string_view page = row.bytes(1);
            seen_.emplace(take_run(page)->case_id);
        }
    }
    const std::set<std::string>& seen() const { return seen_; }

  private:
    Connection& connection_;
    std::int64_t last_ = 0;
    std::set<std::string> seen_;
};

class PostgresOrder : public ::testing::Test {
  protected:
    void SetUp() override {
        ASSERT_TRUE(prepare_schema(store_.connection(), Opening::use));
        SampleCases cases;
        ports::Commit commit;
        cases.receive(commit, "first", kStart);
        ASSERT_TRUE(store_.commit(commit));
        ASSERT_EQ(*store_.sequence(1000), 4U);
    }
    // A page of one event, in a transaction that stays open.
    void append(Connection& connection, const std::string& case_id) {
        if (!connection.in_transaction()) {
            connection.begin();
            connection.run(sql::kTransaction);
        }
        ports::NewEvent event;
        event.event.case_id = CaseId(case_id);
        event.event.sequence = 1;
        event.bytes = case_id;
        event.leaf = sha256(case_id);
        PageWriter pages;
        pages.add(event, next_part_);
        pages.finish();
        connection.run(sql::kAppend, kPenajam, pages.parts(), pages.leaves(), pages.bytes());
        ASSERT_FALSE(connection.failed());
    }
    std::size_t sequence() {
        reader_->run("UPDATE agenda SET due = 0 WHERE work = 3");
        return store_.sequence(1000).value_or(0);
    }
    std::vector<std::string> logged() {
        std::vector<std::string> ids;
        for (const auto& event : store_.log(kPenajam, 4, 100'000).value_or({}))
            ids.push_back(event.case_id.value);
        return ids;
    }

    FreshDatabase database_;
    PostgresStore store_{connected(database_)};
    std::unique_ptr<Connection> reader_ = connected(database_);
    std::uint32_t next_part_ = 0;
};

TEST_F(PostgresOrder,
       of_what_commits_late_is_kept_by_the_sequencer_and_lost_by_the_obvious_reader) {
    const auto slow = connected(database_);
    const auto quick = connected(database_);
    ObviousReader obvious(*reader_);
    append(*slow, "64.09-slow");
    append(*quick, "64.09-quick");
    ASSERT_EQ(quick->commit(), Committed::yes);
    obvious.read();
    EXPECT_EQ(sequence(), 0U) << "an older transaction is in flight";
    ASSERT_EQ(slow->commit(), Committed::yes);
    obvious.read();
    EXPECT_TRUE(obvious.seen().contains("64.09-quick"));
    EXPECT_FALSE(obvious.seen().contains("64.09-slow"));
    EXPECT_EQ(sequence(), 2U);
    EXPECT_EQ(logged(), (std::vector<std::string>{"64.09-slow", "64.09-quick"}));
}

TEST_F(PostgresOrder, holds_when_transactions_end_in_any_order) {
    const unsigned seed = 20260313;
    RecordProperty("seed", static_cast<int>(seed));
    std::mt19937 random(seed);
    std::vector<std::unique_ptr<Connection>> writers;
    for (int i = 0; i < 6; ++i) writers.push_back(connected(database_));
    ObviousReader obvious(*reader_);
    std::set<std::string> kept;
    std::map<Connection*, std::vector<std::string>> open;
    const auto end = [&](Connection& writer, bool keep) {
        if (keep) {
            ASSERT_EQ(writer.commit(), Committed::yes);
            kept.insert(open[&writer].begin(), open[&writer].end());
        } else {
            writer.rollback();
        }
        open[&writer].clear();
    };
    for (int step = 0; step < 400; ++step) {
        Connection& writer = *writers[random() % writers.size()];
        if (open[&writer].empty() || random() % 3 == 0) {
            const std::string id = "64.09-" + std::to_string(step);
            append(writer, id);
            open[&writer].push_back(id);
        } else {
            end(writer, random() % 10 != 0);
        }
        if (step % 3 == 0) obvious.read();
        if (step % 5 == 0) sequence();
    }
    for (const auto& writer : writers)
        if (!open[writer.get()].empty()) end(*writer, true);
    obvious.read();
    sequence();
    std::vector<std::string> placed = logged();
    const std::size_t lost = static_cast<std::size_t>(std::count_if(
        kept.begin(), kept.end(), [&](const auto& id) { return !obvious.seen().contains(id); }));
    RecordProperty("lost_by_the_obvious_reader", static_cast<int>(lost));
    EXPECT_GT(lost, kept.size() / 10) << "of " << kept.size();
    EXPECT_EQ(placed.size(), kept.size());
    EXPECT_EQ(std::set<std::string>(placed.begin(), placed.end()), kept);
}

TEST_F(PostgresOrder, goes_on_where_the_database_came_from_another_server) {
    const auto other = connected(database_);
    append(*other, "64.09-there");
    ASSERT_EQ(other->commit(), Committed::yes);
    // As a dump of a server brings them, whose transactions are far ahead of ours.
    reader_->run("UPDATE pages SET xid = '900000000'");
    reader_->run("UPDATE logs SET cluster = 'another', xid = '900000000'");
    append(*other, "64.09-here");
    ASSERT_EQ(other->commit(), Committed::yes);
    for (int round = 0; round < 3; ++round) sequence();
    EXPECT_EQ(logged(), (std::vector<std::string>{"64.09-there", "64.09-here"}));
}

}  // namespace
}  // namespace pintu::postgres
