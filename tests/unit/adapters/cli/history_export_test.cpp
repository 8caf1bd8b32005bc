// Exports over a real database: an event is in its log some time after its commit.
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "adapters/cli/commands.hpp"
#include "adapters/store/store.hpp"
#include "tests/support/cluster.hpp"
#include "tests/support/sample_commits.hpp"

namespace pintu::cli {
namespace {

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

    struct Said {
        int exit;
        std::ptrdiff_t lines;
        std::string err;
    };
    Said run(std::vector<std::string> words) const {
        words.insert(words.begin(), {"--store", database_.address(), "--lang", "en"});
        std::istringstream in;
        std::ostringstream out;
        std::ostringstream err;
        Io io{in, out, err};
        const int exit = run_command_line(words, "", io);
        const std::string text = out.str();
        return {exit, std::count(text.begin(), text.end(), '\n'), err.str()};
    }

    testing::FreshDatabase database_;
    testing::SampleCases cases_;
    std::unique_ptr<ports::EventStore> store_;
};

TEST_F(HistoryExport, says_how_many_events_are_not_in_a_log_yet) {
    const auto all = run({"history", "export"});
    EXPECT_EQ(all.exit, kDone);
    EXPECT_EQ(all.lines, 4);
    EXPECT_NE(all.err.find("6 events have no place in a log yet"), std::string::npos) << all.err;
    const auto one = run({"history", "export", cases_.id("a").value});
    EXPECT_EQ(one.lines, 4);
    EXPECT_NE(one.err.find("2 events have no place in a log yet"), std::string::npos) << one.err;
    const auto none = run({"-o", "csv", "history", "export", cases_.id("b").value});
    EXPECT_EQ(none.lines, 1) << "the table's head";
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
    EXPECT_EQ(all.lines, 10);
    EXPECT_EQ(all.err, "");
}

}  // namespace
}  // namespace pintu::cli
