// Exports over a real database: an event is in its log some time after its commit.
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "adapters/store/postgres/connection.hpp"
#include "adapters/store/store.hpp"
#include "tests/support/cluster.hpp"
#include "tests/support/sample_commits.hpp"
#include "tests/unit/adapters/cli/said.hpp"

namespace pintu::cli {
namespace {

std::ptrdiff_t lines_of(const Said& said) {
    return std::count(said.out.begin(), said.out.end(), '\n');
}

constexpr Instant kStart{1'773'365'400'000'000};

class HistoryExport : public ::testing::Test {
  protected:
    void SetUp() override {
        store_ = std::move(*store::open_store(database_.address()));
        receive("a");
        ASSERT_EQ(*store_->sequence(1'000), 4U);
        receive("b");
        ports::Commit commit;
        cases_.move(commit, "a", "diproses", plus_seconds(kStart, 60));
        ASSERT_TRUE(store_->commit(commit)->kept());
    }
    void receive(const std::string& name) {
        ports::Commit commit;
        cases_.receive(commit, name, kStart);
        ASSERT_TRUE(store_->commit(commit)->kept());
    }

    Said run(std::vector<std::string> words) const {
        return run_on(database_.address(), std::move(words));
    }

    testing::FreshDatabase database_;
    testing::SampleCases cases_;
    std::unique_ptr<ports::EventStore> store_;
};

TEST_F(HistoryExport, says_how_many_events_are_not_in_a_log_yet) {
    const auto all = run({"history", "export"});
    EXPECT_EQ(all.exit, kDone);
    EXPECT_EQ(lines_of(all), 4);
    EXPECT_NE(all.err.find("6 events have no place in a log yet"), std::string::npos) << all.err;
    const auto one = run({"history", "export", cases_.id("a").value});
    EXPECT_EQ(lines_of(one), 4);
    EXPECT_NE(one.err.find("2 events have no place in a log yet"), std::string::npos) << one.err;
    const auto none = run({"-o", "csv", "history", "export", cases_.id("b").value});
    EXPECT_EQ(lines_of(none), 1) << "the table's head";
    EXPECT_NE(none.err.find("4 events have no place in a log yet"), std::string::npos) << none.err;
}

TEST_F(HistoryExport, counts_those_of_the_agency_that_was_asked_for) {
    testing::SampleCases others{AgencyCode("64.72")};
    ports::Commit commit;
    others.receive(commit, "c", kStart);
    ASSERT_TRUE(store_->commit(commit)->kept());
    const auto said = [&](const std::string& agency) {
        return run({"--agency", agency, "history", "export"}).err;
    };
    EXPECT_NE(said("64.09").find("6 events"), std::string::npos) << said("64.09");
    EXPECT_NE(said("64.72").find("4 events"), std::string::npos) << said("64.72");
    const auto one = run({"--agency", "64.72", "history", "export", cases_.id("a").value});
    EXPECT_NE(one.err.find("2 events"), std::string::npos) << one.err;
}

TEST_F(HistoryExport, says_nothing_where_all_are_there) {
    ASSERT_EQ(*store_->sequence(1'000), 6U);
    const auto all = run({"history", "export"});
    EXPECT_EQ(all.exit, kDone);
    EXPECT_EQ(lines_of(all), 10);
    EXPECT_EQ(all.err, "");
}

// Wider than a reader's page.
class DamagedLog : public HistoryExport {
  protected:
    void SetUp() override {
        HistoryExport::SetUp();
        for (int commits = 0; commits < 3; ++commits) {
            ports::Commit commit;
            for (int i = 0; i < 600; ++i)
                cases_.receive(commit, std::to_string(commits * 1'000 + i), kStart);
            ASSERT_TRUE(store_->commit(commit)->kept());
        }
        while (*store_->sequence(10'000) > 0) continue;
        sql_ = std::move(*postgres::Connection::open(
            *postgres::parse_address(database_.address(), postgres::Role::writer)));
    }
    // The pages that begin with these positions or between them. What is not there any more: from
    // the first number on, up to the other.
    std::pair<int, int> damage(const std::string& how, int first, int until) {
        const auto begin = [&](int position) {
            const auto rows = sql_->run(
                "SELECT coalesce(min(position), 7210) FROM entries WHERE "
                "position >= " +
                std::to_string(position));
            return static_cast<int>(rows.integer(0, 0));
        };
        const std::pair<int, int> gone{begin(first), begin(until)};
        sql_->run(how + " WHERE id IN (SELECT page FROM entries WHERE position >= " +
                  std::to_string(first) + " AND position < " + std::to_string(until) + ")");
        EXPECT_FALSE(sql_->failed()) << sql_->take_error().args.back();
        return gone;
    }
    void expect_told(std::pair<int, int> gone, const std::string& what) {
        const auto all = run({"history", "export"});
        EXPECT_EQ(all.exit, kBroken);
        EXPECT_EQ(lines_of(all), 7'210 - (gone.second - gone.first));
        EXPECT_NE(all.err.find(what), std::string::npos) << all.err;
        EXPECT_EQ(all.err.find("no place in a log yet"), std::string::npos) << all.err;
        const auto verified = run({"history", "verify"});
        EXPECT_EQ(verified.exit, kBroken);
        EXPECT_NE(verified.out.find(what), std::string::npos) << verified.out;
    }
    static std::string hole(std::pair<int, int> gone) {
        return "[HI023] Rows before this one are missing: there is no position " +
               std::to_string(gone.first) + " to " + std::to_string(gone.second - 1);
    }

    std::unique_ptr<postgres::Connection> sql_;
};

TEST_F(DamagedLog, is_exported_behind_pages_that_are_gone) {
    const auto gone = damage("DELETE FROM pages", 2'400, 4'800);
    expect_told(gone, hole(gone));
    const auto whole = run({"history", "export", cases_.id("a").value});
    EXPECT_EQ(whole.exit, kDone) << "no row of it is missing: " << whole.err;
    EXPECT_EQ(lines_of(whole), 6);
    EXPECT_EQ(run({"history", "export", cases_.id("1300").value}).exit, kBroken);
}

TEST_F(DamagedLog, is_exported_behind_pages_that_cannot_be_read) {
    const auto gone = damage("UPDATE pages SET bytes = ''", 2'400, 4'800);
    expect_told(gone, hole(gone));
}

TEST_F(DamagedLog, is_told_where_its_end_is_gone) {
    const auto gone = damage("DELETE FROM pages", 4'800, 7'210);
    expect_told(gone,
                "[HI030] The log is shorter than written down: it should have 7210 events "
                "and has " +
                    std::to_string(gone.first));
}

}  // namespace
}  // namespace pintu::cli
