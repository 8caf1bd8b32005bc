// A log with a hole: every reader goes on behind it, tells it, and destroys nothing meanwhile.
#include "engine/runtime/whole_log.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/ports/blobs.hpp"
#include "engine/runtime/audit.hpp"
#include "engine/runtime/evidence.hpp"
#include "tests/support/sample_commits.hpp"
#include "tests/support/world.hpp"

namespace pintu::runtime {
namespace {

using namespace testing;

const AgencyCode kAgency("64.09");
constexpr std::uint64_t kSize = 4'000;

// Answers as a store whose rows from `first` to `last` are gone: by positions, as PostgreSQL does.
class Holed : public MemoryStore {
  public:
    Result<std::vector<ports::LoggedEvent>> log(const AgencyCode& agency, std::uint64_t from,
                                                std::size_t limit) override {
        if (from >= first && from + limit <= last + 1) from = last + 1;
        auto rows = *MemoryStore::log(agency, from, limit);
        std::erase_if(
            rows, [&](const auto& row) { return row.position >= first && row.position <= last; });
        return rows;
    }
    std::uint64_t first = kSize, last = kSize;
};

class NoBlobs : public ports::Blobs {
  public:
    Result<Digest> put(const std::string&, ports::BlobForm, const Digest&) override {
        return fail("BL003");
    }
    Result<std::string> get(const Digest&, ports::BlobForm) override { return fail("BL001"); }
    Result<void> claim(const Digest&, const CaseId&) override { return {}; }
    Result<void> release(const Digest&, const CaseId&) override { return {}; }
};

class WholeLog : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        SampleCases cases;
        for (std::uint64_t i = 0; i < kSize / 4; ++i) {
            ports::Commit commit;
            cases.receive(commit, std::to_string(i), at("2026-03-02"));
            ASSERT_TRUE(lived_.commit(commit)->kept());
        }
    }
    // How many rows there are, and what is found.
    std::string read() {
        std::uint64_t rows = 0;
        const auto lacking = read_log(store_, kAgency, [&](const auto&) -> Result<bool> {
            ++rows;
            return true;
        });
        std::string text = std::to_string(rows);
        for (const auto& finding : lacking->items()) {
            text += " " + finding.code;
            for (const auto& arg : finding.args) text += " " + arg;
        }
        return text;
    }
    void lose(std::uint64_t first, std::uint64_t last) {
        store_.first = first;
        store_.last = last;
    }
    Result<bool> claim(bool stopping = false) {
        return claim_forgotten(store_, blobs_, {}, [=] { return stopping; });
    }

    static Holed lived_;
    Holed store_ = lived_;
    NoBlobs blobs_;
};
Holed WholeLog::lived_;

TEST_F(WholeLog, is_read_to_its_end) {
    EXPECT_EQ(read(), "4000");
}

TEST_F(WholeLog, goes_on_behind_what_is_missing) {
    lose(1'001, 1'002);
    EXPECT_EQ(read(), "3998 HI023 1001 1002");
    lose(500, 3'499);
    EXPECT_EQ(read(), "1000 HI023 500 3499");
    lose(0, 2'000);
    EXPECT_EQ(read(), "1999 HI023 0 2000");
}

TEST_F(WholeLog, is_known_to_have_been_longer) {
    lose(3'990, kSize);
    EXPECT_EQ(read(), "3990 HI030 4000 3990");
    lose(0, kSize);
    EXPECT_EQ(read(), "0 HI030 4000 0");
}

TEST_F(WholeLog, ends_where_its_reader_does) {
    std::uint64_t rows = 0;
    const auto lacking =
        read_log(store_, kAgency, [&](const auto&) -> Result<bool> { return ++rows < 3; });
    EXPECT_EQ(rows, 3U);
    EXPECT_TRUE(lacking->empty()) << "nobody looked";
    const auto failed =
        read_log(store_, kAgency, [](const auto&) -> Result<bool> { return fail("HI020"); });
    EXPECT_EQ(failed.error().code, "HI020");
}

TEST_F(WholeLog, is_audited_on_both_sides_of_a_wide_hole) {
    lose(500, 3'499);
    const auto done = audit(store_, kAgency, {});
    ASSERT_TRUE(done);
    EXPECT_EQ(done->events, 1'000U);
    const auto& found = done->findings.items();
    const auto hole = std::find_if(found.begin(), found.end(),
                                   [](const auto& one) { return one.code == "HI023"; });
    ASSERT_NE(hole, found.end());
    EXPECT_EQ(hole->args, (std::vector<std::string>{"500", "3499"}));
}

// A file may be the evidence of a case whose events are not there to say so.
TEST_F(WholeLog, lets_no_file_be_forgotten_where_it_lacks_rows) {
    EXPECT_TRUE(claim().value_or(false));
    EXPECT_FALSE(claim(true).value_or(true));
    lose(500, 3'499);
    EXPECT_EQ(claim().error(), (Error{"HI023", {"500", "3499"}}));
    lose(3'999, kSize);
    EXPECT_EQ(claim().error(), (Error{"HI030", {"4000", "3999"}}));
}

}  // namespace
}  // namespace pintu::runtime
