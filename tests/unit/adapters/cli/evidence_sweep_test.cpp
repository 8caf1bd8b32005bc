// Files that no case has go; those of a case that only its events name stay, whether its events
// have their places in the log or wait for them.
#include "adapters/cli/evidence_sweep.hpp"

#include <gtest/gtest.h>

#include "adapters/store/postgres/connection.hpp"
#include "adapters/store/store.hpp"
#include "tests/support/cluster.hpp"
#include "tests/support/files.hpp"
#include "tests/support/world.hpp"

namespace pintu::cli {
namespace {

using ports::BlobForm;
using testing::FreshDatabase;

constexpr std::chrono::seconds kAtOnce{0};

class EvidenceSweep : public ::testing::Test {
  protected:
    Digest put(const std::string& bytes) {
        return *blobs().put(bytes, BlobForm::original, sha256(bytes));
    }
    bool has(const Digest& file) { return blobs().get(file, BlobForm::original).has_value(); }
    files::BlobFiles blobs() const { return files::BlobFiles(folder_.at("blobs")); }

    // A case with this file, whose intake was stopped before it claimed it.
    std::shared_ptr<ports::EventStore> take_in(const std::string& address, const Digest& file) {
        options_.store = address;
        std::shared_ptr<ports::EventStore> store = std::move(*store::open_store(address));
        testing::World world(testing::kasus(), {}, store);
        auto report = testing::road_hole("a");
        report.attachments.push_back({"foto.jpg", "foto", file, 5});
        world.report(report, "2026-03-02");
        return store;
    }
    Result<bool> sweep(ports::EventStore& store) const {
        auto files = blobs();
        return sweep_evidence(options_, store, files, kAtOnce, [] { return false; });
    }

    testing::TemporaryFolder folder_;
    Options options_;
};

TEST_F(EvidenceSweep, waits_until_all_events_have_their_places) {
    const FreshDatabase database;
    const Digest nobodys = put("lain"), of_case = put("bukti");
    const auto store = take_in(database.address(), of_case);
    EXPECT_FALSE(sweep(*store).value_or(true));
    EXPECT_TRUE(has(nobodys));
    EXPECT_TRUE(has(of_case));
    ASSERT_GT(store->sequence(1'000).value_or(0), 0U);
    EXPECT_TRUE(sweep(*store).value_or(false));
    EXPECT_FALSE(has(nobodys));
    EXPECT_TRUE(has(of_case));
    EXPECT_TRUE(blobs().unclaimed(kAtOnce).empty()) << "claimed";
}

// On another server transactions have other numbers: the cursor of the log tells nothing there.
TEST_F(EvidenceSweep, waits_for_a_log_that_another_server_wrote) {
    const FreshDatabase database;
    const auto store = take_in(database.address(), put("bukti"));
    const auto parsed = postgres::parse_address(database.address(), postgres::Role::writer);
    const auto connection = postgres::Connection::open(*parsed);
    (*connection)->script("UPDATE logs SET cluster = '1', xid = '99999999'");
    ASSERT_FALSE((*connection)->failed());
    EXPECT_FALSE(store::all_placed(database.address()).value_or(true));
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(store->sequence(1'000));
    EXPECT_TRUE(store::all_placed(database.address()).value_or(false));
    (*connection)->script("UPDATE logs SET cluster = '1'");
    EXPECT_TRUE(store::all_placed(database.address()).value_or(false)) << "they have their places";
}

TEST_F(EvidenceSweep, waits_for_nothing_where_places_come_with_the_commit) {
    const Digest nobodys = put("lain"), of_case = put("bukti");
    const auto store = take_in("sqlite:" + folder_.at("x.db"), of_case);
    EXPECT_TRUE(sweep(*store).value_or(false));
    EXPECT_FALSE(has(nobodys));
    EXPECT_TRUE(has(of_case));
    EXPECT_EQ(store::all_placed("apa://x").error().code, "ST011");
}

}  // namespace
}  // namespace pintu::cli
