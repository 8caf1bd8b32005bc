// What becomes of an effect that does not go at once: whom it reached, why it failed, when it was
// given up, and that a person may ask for it again.
#include "tests/contract/contract.hpp"

namespace pintu::testing {
namespace {

class Outbox : public StoreContract {
  protected:
    void SetUp() override {
        StoreContract::SetUp();
        for (const char* name : {"a", "b"}) receive(name);
    }
    ports::Claimed turn(Instant now) {
        auto claimed = got(store_->claim({"node", Work::send, now, 3'600'000, 10}));
        EXPECT_TRUE(claimed);
        return claimed.value_or(ports::Claimed{});
    }
    void defer(const ports::Lease& lease, std::vector<ports::Deferred> deferred) {
        Commit commit;
        commit.deferred = std::move(deferred);
        commit.turns = {{lease}};
        keep(commit);
    }
    // A turn that finds only then that there is nothing is over.
    std::vector<ports::Outgoing> waiting(Instant now) {
        const auto claimed = got(store_->claim({"node", Work::send, now, 3'600'000, 10}));
        if (!claimed) return {};
        defer(claimed->lease, {});
        return claimed->effects;
    }
    std::vector<ports::OutboxRow> rows(const ports::OutboxFilter& filter = {}) {
        return got(store_->outbox(filter));
    }
};

TEST_P(Outbox, tells_of_what_is_not_sent_the_oldest_first) {
    const auto all = rows();
    ASSERT_EQ(all.size(), 2U);
    const auto unsent = got(store_->unsent(10));
    EXPECT_EQ(all[0], (ports::OutboxRow{{unsent[0], 0, false, {}}, Instant{}, false, ""}));
    EXPECT_EQ(all[1].outgoing.effect, unsent[1]);
    EXPECT_EQ(rows({.key = unsent[1].key}).at(0), all[1]);
    EXPECT_EQ(rows({.limit = 1}).size(), 1U);
    EXPECT_TRUE(rows({.agency = AgencyCode("64.74")}).empty());
    EXPECT_TRUE(rows({.dead = true}).empty());
}

TEST_P(Outbox, remembers_whom_an_effect_reached_and_why_it_waits) {
    const auto claimed = turn(later(1));
    const std::string why("surel: \xC3\xA9\n\"x\"");
    defer(claimed.lease, {{claimed.effects.at(0).effect.key,
                           later(60),
                           1,
                           false,
                           {PersonId("p-014"), PersonId("p-015")},
                           why}});
    const auto row = rows().at(0);
    EXPECT_EQ(row.why, why);
    EXPECT_EQ(row.next_at, later(60));
    EXPECT_EQ(row.outgoing.attempts, 1U);
    ASSERT_EQ(waiting(later(60)).size(), 2U);
    EXPECT_EQ(waiting(later(60)).at(1).reached,
              (std::vector{PersonId("p-014"), PersonId("p-015")}));
}

TEST_P(Outbox, keeps_a_dead_letter_that_no_turn_is_given) {
    const auto claimed = turn(later(1));
    const auto& first = claimed.effects.at(0).effect;
    const auto& second = claimed.effects.at(1).effect;
    defer(claimed.lease,
          {{first.key, later(60), 80, false, {}, "mati", true}, {second.key, later(90), 1, false}});
    EXPECT_EQ(got(store_->next_due()), later(90));
    EXPECT_TRUE(waiting(later(89)).empty());
    EXPECT_EQ(waiting(later(1'000'000)).size(), 1U);
    const auto dead = rows({.dead = true});
    ASSERT_EQ(dead.size(), 1U);
    EXPECT_EQ(dead[0], (ports::OutboxRow{{first, 80, false, {}}, Instant{}, true, "mati"}));
    EXPECT_EQ(rows({.dead = false}).size(), 1U);
    EXPECT_EQ(rows().size(), 2U);
    EXPECT_EQ(got(store_->unsent(10)).size(), 2U) << "it was not sent";
}

TEST_P(Outbox, gives_a_dead_letter_again_when_somebody_asks_for_it) {
    const auto claimed = turn(later(1));
    const auto& effect = claimed.effects.at(0).effect;
    Commit commit;
    commit.sent = {claimed.effects.at(1).effect.key};
    commit.deferred = {{effect.key, later(60), 80, true, {PersonId("p-014")}, "mati", true}};
    commit.turns = {{claimed.lease}};
    keep(commit);
    EXPECT_TRUE(waiting(later(1'000'000)).empty());
    EXPECT_FALSE(got(store_->retry_effect(EffectKey("64.09-none-1"), later(100))));
    EXPECT_TRUE(got(store_->retry_effect(effect.key, later(100))));
    EXPECT_TRUE(waiting(later(99)).empty());
    const auto again = waiting(later(100));
    ASSERT_EQ(again.size(), 1U);
    EXPECT_EQ(again[0], (ports::Outgoing{effect, 0, false, {PersonId("p-014")}}));
    EXPECT_FALSE(rows().at(0).dead);
}

INSTANTIATE_TEST_SUITE_P(On, Outbox, ::testing::ValuesIn(kinds()), name_of);

}  // namespace
}  // namespace pintu::testing
