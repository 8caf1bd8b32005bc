// An audit of many cases: what it asks of the store, what it tells of its progress, and that one
// damaged history hides no other.
#include "engine/runtime/audit.hpp"

#include <gtest/gtest.h>

#include <map>

#include "engine/runtime/readable.hpp"
#include "tests/support/world.hpp"

namespace pintu::runtime {
namespace {

using namespace testing;

const AgencyCode kAgency("64.09");
constexpr std::size_t kCases = 2 * kReadTogether + 3;

// Counts what is loaded, and finds one case's pages damaged.
class Observed : public MemoryStore {
  public:
    Result<std::vector<ports::StoredCase>> load(const std::vector<CaseId>& cases) override {
        ++loads;
        most = std::max(most, cases.size());
        for (const auto& id : cases)
            if (id == damaged) return fail(code);
        return MemoryStore::load(cases);
    }
    Result<std::vector<std::vector<cases::PersonalValue>>> personal_of(
        const std::vector<CaseId>& cases) override {
        ++personal_loads;
        return MemoryStore::personal_of(cases);
    }
    std::size_t loads = 0, personal_loads = 0, most = 0;
    CaseId damaged;
    std::string code = "HI014";
};

class Audits : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        lived_ = std::make_shared<Observed>();
        World world(kasus(), {}, lived_);
        for (std::size_t i = 0; i < kCases; ++i)
            world.report(road_hole(std::to_string(i)), "2026-03-02");
        world.play("2026-03-05");
        lived_->loads = lived_->personal_loads = lived_->most = 0;
    }
    static void TearDownTestSuite() { lived_.reset(); }

    static std::shared_ptr<Observed> lived_;
    Observed store_ = *lived_;
};
std::shared_ptr<Observed> Audits::lived_;

TEST_F(Audits, read_many_cases_at_one_go_and_never_more_than_some) {
    const auto done = audit(store_, kAgency, {});
    ASSERT_TRUE(done);
    EXPECT_TRUE(done->findings.empty());
    EXPECT_EQ(done->cases, kCases);
    EXPECT_EQ(store_.loads, 3U);
    EXPECT_EQ(store_.personal_loads, 3U);
    EXPECT_EQ(store_.most, kReadTogether);
}

TEST_F(Audits, tell_how_far_they_are) {
    std::uint64_t events = 0, cases = 0;
    const auto done = audit(store_, kAgency, {}, [&](AuditStage stage, auto at, auto of) {
        EXPECT_LE(at, of);
        auto& before = stage == AuditStage::events ? events : cases;
        EXPECT_GE(at, before);
        before = at;
        EXPECT_EQ(of,
                  stage == AuditStage::events ? store_.log(kAgency, 0, 1U << 30)->size() : kCases);
    });
    ASSERT_TRUE(done);
    EXPECT_GT(events, 0U);
    EXPECT_EQ(cases, kCases);
}

TEST_F(Audits, look_at_all_others_where_one_history_is_damaged) {
    const auto rows = *store_.list({});
    store_.damaged = rows[10].id;
    const auto all = load_readable(store_, {rows[9].id, rows[10].id, CaseId("none")});
    ASSERT_TRUE(all);
    ASSERT_EQ(all->size(), 3U);
    EXPECT_EQ((*all)[0]->events, (*store_.load({rows[9].id}))[0].events);
    EXPECT_FALSE((*all)[1]);
    EXPECT_TRUE((*all)[2]->events.empty());

    ports::Commit edited;
    edited.cases.push_back({rows[11], std::nullopt, {}});
    edited.cases[0].row.state = "dikarang";
    ASSERT_TRUE(store_.commit(edited)->kept());
    const auto done = audit(store_, kAgency, {});
    ASSERT_TRUE(done);
    std::map<std::string, CaseId> found;
    for (const auto& finding : done->findings.items()) found[finding.code] = finding.case_id;
    const std::map<std::string, CaseId> expected{
        {"HI014", rows[10].id}, {"HI050", rows[11].id}, {"HI055", rows[11].id}};
    EXPECT_EQ(found, expected);
    EXPECT_EQ(done->cases, kCases);
}

TEST_F(Audits, end_where_the_store_fails) {
    store_.damaged = store_.list({})->back().id;
    store_.code = "ST020";
    const auto done = audit(store_, kAgency, {});
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, "ST020");
}

}  // namespace
}  // namespace pintu::runtime
