#include <gtest/gtest.h>

#include "tests/support/world.hpp"

namespace pintu::runtime {
namespace {

using namespace testing;
using Outcome = ports::Performed::Outcome;

void take_in(World& world, int from, int until, const std::string& now) {
    for (int i = from; i < until; ++i) {
        cases::Report report = road_hole("r" + std::to_string(i));
        report.lat_udeg = -1'000'000 - i * 5000;
        world.report(report, now);
    }
}

TEST(Sending, is_limited_by_channel_for_all_nodes_together) {
    auto store = std::make_shared<MemoryStore>();
    const Settings settings{.per_minute = {{"sms", 2}}};
    World one(kasus(), settings, store);
    World two(kasus(), settings, store);
    take_in(one, 0, 5, "2026-03-02T09:00:00");
    const auto sent = [&] {
        return one.connector.took_effect.size() + two.connector.took_effect.size();
    };
    const auto step = [&](const char* now) {
        EXPECT_TRUE(one.runtime.run_until_idle(at(now)).has_value());
        EXPECT_TRUE(two.runtime.run_until_idle(at(now)).has_value());
    };
    step("2026-03-02T09:00:00");
    EXPECT_EQ(sent(), 1U);
    EXPECT_EQ(*one.runtime.next_due(), at("2026-03-02T09:00:30"));
    step("2026-03-02T09:00:29");
    EXPECT_EQ(sent(), 1U);
    step("2026-03-02T09:00:30");
    EXPECT_EQ(sent(), 2U);
    take_in(two, 5, 6, "2026-03-02T09:00:40");
    step("2026-03-02T09:02:00");
    EXPECT_EQ(sent(), 5U) << "those that waited have their slots; the new one comes after them";
    step("2026-03-02T09:02:30");
    EXPECT_EQ(sent(), 6U);
    EXPECT_TRUE(store->unsent(10)->empty());
}

class CountsTexts : public MemoryStore {
  public:
    Result<std::vector<std::vector<cases::PersonalValue>>> personal_of(
        const std::vector<CaseId>& cases) override {
        asked.push_back(cases.size());
        return MemoryStore::personal_of(cases);
    }
    std::vector<std::size_t> asked;
};

TEST(Sending, reads_the_texts_of_a_turn_at_one_go) {
    auto store = std::make_shared<CountsTexts>();
    World world(kasus(), {}, store);
    take_in(world, 0, 5, "2026-03-02");
    store->asked.clear();
    world.play("2026-03-02");
    EXPECT_EQ(world.connector.took_effect.size(), 5U);
    EXPECT_EQ(store->asked, std::vector<std::size_t>{5});
}

TEST(Sending, leaves_other_channels_alone_where_one_is_limited) {
    World world(kasus(), {.per_minute = {{"wa", 1}}});
    take_in(world, 0, 5, "2026-03-02");
    world.play("2026-03-02");
    EXPECT_EQ(world.connector.took_effect.size(), 5U);
}

TEST(Sending, is_tried_again_after_twice_as_long_and_at_least_every_hour) {
    World world(kasus(), {.retry_s = 600, .jitter_percent = 0});
    world.connector.answer = Outcome::later;
    const CaseId id = world.report(road_hole("a"), "2026-03-02T09:00:00");
    const auto tries = [&] { return world.connector.asked.begin()->second; };
    world.play("2026-03-02T09:00:00");
    EXPECT_EQ(tries(), 1);
    world.play("2026-03-02T09:09:59");
    EXPECT_EQ(tries(), 1);
    world.play("2026-03-02T09:10:00");
    EXPECT_EQ(tries(), 2);
    world.play("2026-03-02T09:30:00");
    EXPECT_EQ(tries(), 3) << "20 minutes";
    world.play("2026-03-02T10:10:00");
    EXPECT_EQ(tries(), 4) << "40 minutes";
    world.play("2026-03-02T13:10:00");
    EXPECT_EQ(tries(), 7) << "an hour each";
    world.connector.answer = Outcome::done;
    world.play("2026-03-02T14:10:00");
    EXPECT_TRUE(world.state(id).unsettled.empty());
}

TEST(Sending, is_given_up_in_the_end_and_stays_where_a_person_sees_it) {
    World world(kasus(), {.jitter_percent = 0, .patience = {3, 1'000'000}});
    world.connector.answer = Outcome::later;
    const CaseId id = world.report(road_hole("a"), "2026-03-02T09:00:00");
    world.play("2026-03-02T09:00:00");
    world.play("2026-03-02T12:00:00");
    const auto key = world.connector.asked.begin()->first;
    EXPECT_EQ(world.connector.asked.begin()->second, 3);
    const auto rows = *world.store->outbox({.dead = true});
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].why, "test");
    EXPECT_TRUE(world.state(id).unsettled.contains(key));
    const auto incidents = *world.store->incidents({});
    ASSERT_EQ(incidents.size(), 1U);
    EXPECT_EQ(incidents[0].code, "DL001");
    EXPECT_EQ(incidents[0].args, (std::vector<std::string>{key.value, "3", "test"}));
    ASSERT_TRUE(*world.store->retry_effect(key, at("2026-03-02T12:00:00")));
    world.connector.answer = Outcome::done;
    world.play("2026-03-02T12:00:00");
    EXPECT_TRUE(world.state(id).unsettled.empty());
    EXPECT_TRUE(world.store->outbox({})->empty());
}

TEST(Sending, to_reporters_waits_through_the_quiet_hours_of_the_agencys_zone) {
    Settings settings;
    settings.quiet["sms"] = {21 * 60, 6 * 60};
    World world(kasus(), settings);
    take_in(world, 0, 2, "2026-03-02T22:00:00");
    world.play("2026-03-03T05:59:59");
    EXPECT_TRUE(world.connector.took_effect.empty());
    EXPECT_EQ(*world.runtime.next_due(), at("2026-03-03T06:00:00"));
    world.play("2026-03-03T06:00:00");
    EXPECT_EQ(world.connector.took_effect.size(), 2U);
    EXPECT_EQ(world.connector.messages.at(0).attempt, 1U) << "waiting is no attempt";
}

TEST(Sending, remembers_whom_an_attempt_reached) {
    World world(kasus(), {.jitter_percent = 0});
    world.connector.answer = Outcome::later;
    world.connector.reaches = {PersonId("p-1")};
    world.report(road_hole("a"), "2026-03-02T09:00:00");
    world.play("2026-03-02T09:00:00");
    world.connector.reaches = {PersonId("p-1"), PersonId("p-2")};
    world.play("2026-03-02T09:03:00");
    ASSERT_EQ(world.connector.messages.size(), 3U);
    EXPECT_TRUE(world.connector.messages[0].reached.empty());
    EXPECT_EQ(world.connector.messages[1].reached, (std::vector{PersonId("p-1")}));
    EXPECT_EQ(world.connector.messages[2].reached, (std::vector{PersonId("p-1"), PersonId("p-2")}));
    EXPECT_EQ(world.connector.messages[2].attempt, 3U);
}

TEST(Sending, that_nobody_got_to_goes_with_the_next_turn_and_is_no_attempt) {
    World world(kasus());
    world.connector.answer = Outcome::untried;
    world.connector.reaches = {PersonId("p-1")};
    world.report(road_hole("a"), "2026-03-02T09:00:00");
    ASSERT_TRUE(world.runtime.send_step(at("2026-03-02T09:00:00")));
    world.connector.answer = Outcome::done;
    world.play("2026-03-02T09:00:00");
    ASSERT_EQ(world.connector.messages.size(), 2U);
    EXPECT_EQ(world.connector.messages[1].attempt, 1U);
    EXPECT_EQ(world.connector.messages[1].reached, std::vector{PersonId("p-1")});
    EXPECT_TRUE(world.store->outbox({})->empty());
}

TEST(Sending, that_is_refused_for_good_is_an_incident) {
    World world(kasus());
    world.connector.answer = Outcome::refused;
    const CaseId id = world.report(road_hole("a"), "2026-03-02");
    world.play("2026-03-02");
    const auto incidents = *world.store->incidents({});
    ASSERT_EQ(incidents.size(), 1U);
    EXPECT_EQ(incidents[0].what, "effect");
    EXPECT_EQ(incidents[0].code, "RT033");
    EXPECT_EQ(incidents[0].case_id, id);
    EXPECT_EQ(agency_of(incidents[0].id), AgencyCode("64.09"));
    EXPECT_EQ(incidents[0].args.at(1), "test");
}

// Another node gets the turn while this one's connector takes its time.
class Slow : public RememberingConnector {
  public:
    std::function<void()> meanwhile;
    std::vector<std::size_t> sizes;
    std::vector<ports::Performed> perform(const std::vector<ports::Message>& given) override {
        sizes.push_back(given.size());
        if (meanwhile) meanwhile();
        return RememberingConnector::perform(given);
    }
};

class SlowNode : public ::testing::Test {
  protected:
    SlowNode() { EXPECT_TRUE(slow_.publish(kasus()).has_value()); }

    std::shared_ptr<MemoryStore> store_ = std::make_shared<MemoryStore>();
    World other_{kasus(), {}, store_};
    Slow connector_;
    CountingEntropy entropy_{"slow"};
    CollectingLog log_;
    Runtime slow_{{*store_, entropy_, connector_, log_}, {.batch = 4, .lease_ms = 1000}};
};

TEST_F(SlowNode, that_was_too_late_records_nothing) {
    take_in(other_, 0, 2, "2026-03-02");
    const Instant now = at("2026-03-02");
    connector_.meanwhile = [&] {
        store_->pass(1000);
        EXPECT_EQ(other_.runtime.send_step(now)->effects, 2U);
    };
    const auto stepped = slow_.send_step(now);
    ASSERT_TRUE(stepped.has_value());
    EXPECT_EQ(stepped->stale, 1U);
    EXPECT_EQ(stepped->effects, 0U);
    EXPECT_FALSE(stepped->idle);
    EXPECT_TRUE(log_.has("RT034"));
    for (const auto& id : store_->all_cases()) {
        const auto story = other_.story(id);
        EXPECT_EQ(story.find("EffectDone"), story.rfind("EffectDone"));
        EXPECT_TRUE(other_.state(id).unsettled.empty());
    }
}

TEST_F(SlowNode, keeps_its_turn_while_its_connector_may_take) {
    Runtime patient({*store_, entropy_, connector_, log_},
                    {.batch = 4, .lease_ms = 1000, .send_lease_ms = 60'000});
    ASSERT_TRUE(patient.publish(kasus()).has_value());
    const Instant now = at("2026-03-02");
    connector_.meanwhile = [&] {
        store_->pass(59'000);
        EXPECT_EQ(other_.runtime.send_step(now)->effects, 0U);
    };
    for (int i = 0; i < 3; ++i) {
        take_in(other_, 2 * i, 2 * i + 2, "2026-03-02");
        const auto stepped = patient.send_step(now);
        ASSERT_TRUE(stepped.has_value());
        EXPECT_EQ(stepped->stale, 0U);
        EXPECT_EQ(stepped->effects, 2U);
    }
    EXPECT_TRUE(other_.connector.asked.empty());
}

TEST_F(SlowNode, takes_less_at_a_time_until_it_gets_through) {
    take_in(other_, 0, 4, "2026-03-02");
    const Instant now = at("2026-03-02");
    connector_.meanwhile = [&] {
        // A second and a half for each effect.
        store_->pass(1500 * static_cast<std::int64_t>(connector_.sizes.back()));
    };
    for (int i = 0; i < 20 && !store_->unsent(10)->empty(); ++i)
        ASSERT_TRUE(slow_.send_step(now).has_value());
    EXPECT_TRUE(store_->unsent(10)->empty());
    EXPECT_EQ(connector_.sizes[0], 4U);
    EXPECT_EQ(connector_.sizes[1], 2U);
    EXPECT_EQ(connector_.sizes[2], 1U);
    EXPECT_EQ(connector_.took_effect.size(), 4U);
}

TEST_F(SlowNode, is_overtaken_by_a_command_and_does_not_perform_again) {
    take_in(other_, 0, 1, "2026-03-02");
    const CaseId id = store_->all_cases().at(0);
    connector_.meanwhile = [&] {
        const auto said = other_.perform(id, person("p-001"), cases::Comment{"x"}, "2026-03-02");
        EXPECT_TRUE(said.accepted);
    };
    EXPECT_EQ(slow_.send_step(at("2026-03-02"))->effects, 1U);
    EXPECT_EQ(connector_.asked.begin()->second, 1);
    EXPECT_TRUE(other_.state(id).unsettled.empty());
}

}  // namespace
}  // namespace pintu::runtime
