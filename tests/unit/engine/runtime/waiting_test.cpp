// Queues that somebody edited outside the engine are found by an audit.
#include "engine/runtime/waiting.hpp"

#include <gtest/gtest.h>

#include "engine/runtime/audit.hpp"
#include "tests/support/world.hpp"

namespace pintu::runtime {
namespace {

using namespace testing;

class Queues : public ::testing::Test {
  protected:
    void edit(const ports::Commit& commit) { EXPECT_TRUE(world_.store->commit(commit)->kept()); }
    std::vector<history::Finding> findings() {
        return audit(*world_.store, AgencyCode("64.09"), {})->findings.items();
    }
    // Its row, with another timer or none.
    ports::CaseUpdate row() { return {world_.store->list({})->front(), std::nullopt, {}}; }

    World world_{loadout_of(read_fixture("tests/fixtures/kasus"), *make_date(2026, 1, 1))};
    const CaseId id_ = world_.report(road_hole("a"), "2026-03-02");
};

TEST_F(Queues, of_a_running_engine_are_sound) {
    EXPECT_TRUE(findings().empty()) << "an effect waits";
    world_.play("2026-03-05");
    EXPECT_TRUE(findings().empty()) << "it is sent";
    world_.connector.answer = ports::Performed::Outcome::later;
    world_.play("2026-03-20");
    EXPECT_TRUE(findings().empty()) << "effects are tried again later";
    EXPECT_TRUE(world_.perform(id_, reporter(), cases::Act{"cabut", {}}, "2026-03-20").accepted);
    EXPECT_TRUE(findings().empty());
}

TEST_F(Queues, without_a_timer_that_a_case_needs_are_found) {
    ports::Commit commit;
    commit.cases.push_back(row());
    edit(commit);
    const auto found = findings();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].code, "HI055");
    EXPECT_EQ(found[0].case_id, id_);
    EXPECT_FALSE(found[0].args.at(0).empty());
}

TEST_F(Queues, of_a_case_that_waits_for_nothing_need_no_timer) {
    EXPECT_TRUE(world_.perform(id_, reporter(), cases::Act{"cabut", {}}, "2026-03-03").accepted);
    world_.play("2026-06-03");
    ASSERT_FALSE(*world_.store->next_due());
    EXPECT_TRUE(findings().empty());
}

TEST_F(Queues, without_an_effect_that_was_asked_for_are_found) {
    ports::Commit commit;
    commit.sent.push_back(world_.store->unsent(1)->front().key);
    edit(commit);
    const auto found = findings();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].code, "HI053");
    EXPECT_EQ(found[0].args.at(0), commit.sent[0].value);
}

TEST_F(Queues, with_an_effect_that_nobody_asked_for_are_found) {
    ports::Commit commit;
    commit.outbox.push_back(world_.store->unsent(1)->front());
    commit.outbox[0].key = EffectKey(id_.value + "-99");
    edit(commit);
    const auto found = findings();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].code, "HI054");
    EXPECT_EQ(found[0].case_id, id_);
    EXPECT_EQ(found[0].args.at(0), id_.value + "-99");
}

}  // namespace
}  // namespace pintu::runtime
