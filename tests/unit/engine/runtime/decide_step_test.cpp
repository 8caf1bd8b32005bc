#include <gtest/gtest.h>

#include <functional>

#include "engine/cases/command/codec.hpp"
#include "engine/runtime/runtime.hpp"
#include "tests/support/crashing_store.hpp"
#include "tests/support/world.hpp"

namespace pintu::runtime {
namespace {

using namespace testing;

// A node that may be stopped whenever it is about to commit, and may not hear the answer.
class StoppingStore : public CrashingStore {
  public:
    explicit StoppingStore(ports::EventStore& disk) : CrashingStore(disk, {}) {}
    std::function<void()> before_commit;
    bool loses_answers = false;

    Result<ports::CommitAnswer> commit(const ports::Commit& commit) override {
        if (const auto stopped = std::exchange(before_commit, nullptr)) stopped();
        auto answer = CrashingStore::commit(commit);
        if (!std::exchange(loses_answers, false)) return answer;
        return fail("ST021");
    }
};

class TwoNodes : public ::testing::Test {
  protected:
    cases::Command command(const CaseId& id, const std::string& name, cases::Body body) {
        return {CommandId(id.value + "-" + name), id, person("p-001"), std::move(body)};
    }
    void submit(const cases::Command& command) {
        ASSERT_TRUE(disk_
                        ->submit({command.id, agency_of(command.id), command.case_id,
                                  at("2026-03-03"), cases::encode(command)})
                        .has_value());
    }

    std::shared_ptr<MemoryStore> disk_ = std::make_shared<MemoryStore>();
    std::shared_ptr<StoppingStore> stopping_ = std::make_shared<StoppingStore>(*disk_);
    World one_{kasus(), {}, disk_};
    World stopped_{kasus(), {}, stopping_};
    const Instant now_ = at("2026-03-03");
    const cases::Act forward_{"teruskan", {{"kelas", "ringan"}}};
};

TEST_F(TwoNodes, of_which_one_was_stopped_too_long_keep_what_the_other_did) {
    const CaseId id = one_.report(road_hole("a"), "2026-03-02");
    submit(command(id, "forward", forward_));
    stopping_->before_commit = [&] {
        disk_->pass(30'000);
        EXPECT_EQ(one_.runtime.decide_step(now_)->commands, 1U);
    };
    const auto late = stopped_.runtime.decide_step(now_);
    ASSERT_TRUE(late.has_value());
    EXPECT_EQ(late->stale, 1U);
    EXPECT_EQ(late->events, 0U);
    EXPECT_EQ(disk_->load({id})->front().events.size(), one_.state(id).sequence);
    EXPECT_EQ(stopped_.state(id).name, "diproses") << "nothing outdated is left with it";
    EXPECT_TRUE(stopped_.runtime.run_until_idle(now_)->idle);
}

TEST_F(TwoNodes, that_were_both_asked_decide_a_command_once) {
    const CaseId id = one_.report(road_hole("a"), "2026-03-02");
    const auto asked = command(id, "forward", forward_);
    submit(asked);
    stopping_->before_commit = [&] { EXPECT_TRUE(one_.runtime.perform(asked, now_)->accepted); };
    const auto stepped = stopped_.runtime.decide_step(now_);
    ASSERT_TRUE(stepped.has_value());
    EXPECT_EQ(stepped->events, 0U);
    EXPECT_TRUE((*disk_->outcome(asked.id))->accepted);
    EXPECT_TRUE(disk_->pending(10)->empty());
}

TEST_F(TwoNodes, never_refuse_by_what_was_true_before) {
    const CaseId id = one_.report(road_hole("a"), "2026-03-02");
    EXPECT_TRUE(stopped_.perform(id, person("p-001"), cases::Comment{"x"}, "2026-03-02").accepted);
    EXPECT_TRUE(one_.act(id, "p-001", "teruskan", {{"kelas", "ringan"}}, "2026-03-03").accepted);
    // The other node's cache has the case before it was forwarded, where nobody could answer it.
    const auto answered =
        stopped_.act(id, "p-011", "jawab", {{"jawaban", "beres"}, {"foto", "a.jpg"}}, "2026-03-04");
    EXPECT_TRUE(answered.accepted) << answered.code;
}

TEST_F(TwoNodes, tell_the_truth_about_a_commit_whose_answer_was_lost) {
    stopping_->loses_answers = true;
    const auto lost = stopped_.runtime.intake({road_hole("a")}, {}, at("2026-03-02"));
    ASSERT_FALSE(lost.has_value());
    EXPECT_EQ(lost.error().code, "ST021");
    EXPECT_EQ(stopped_.answer(road_hole("a"), "2026-03-02").status, IntakeAnswer::Status::repeated);
    const CaseId id = disk_->all_cases().at(0);
    const auto asked = command(id, "forward", forward_);
    stopping_->loses_answers = true;
    EXPECT_EQ(stopped_.runtime.perform(asked, now_).error().code, "ST021");
    const auto again = one_.runtime.perform(asked, at("2026-03-09"));
    EXPECT_TRUE(again->accepted);
    EXPECT_EQ(again->at, now_) << "decided then";
    EXPECT_EQ(again->sequence, one_.state(id).sequence);
    submit(command(id, "tanya", cases::Act{"tanya", {{"alasan", "x"}}}));
    stopping_->loses_answers = true;
    EXPECT_EQ(stopped_.runtime.decide_step(now_).error().code, "ST021");
    EXPECT_TRUE(stopped_.runtime.run_until_idle(now_).has_value());
    EXPECT_TRUE(disk_->pending(10)->empty());
}

TEST_F(TwoNodes, keep_an_erasure_that_the_other_does_not_know_of) {
    const CaseId id = one_.report(road_hole("a"), "2026-03-02");
    EXPECT_EQ(stopped_.answer(road_hole("a"), "2026-03-02").status, IntakeAnswer::Status::repeated);
    EXPECT_TRUE(one_.perform(id, person("p-001"), cases::Erase{"minta"}, "2026-03-03").accepted);
    auto other = road_hole("a");
    other.isi = "lain";
    EXPECT_EQ(stopped_.answer(other, "2026-03-03").status, IntakeAnswer::Status::repeated)
        << "nobody can tell any more what it said";
}

TEST_F(TwoNodes, take_turns_at_an_agency_whose_store_had_an_error) {
    const CaseId id = one_.report(road_hole("a"), "2026-03-02");
    submit(command(id, "forward", forward_));
    class Failing : public CrashingStore {
      public:
        using CrashingStore::CrashingStore;
        Result<std::vector<ports::StoredCase>> load(const std::vector<CaseId>&) override {
            return fail("ST004");
        }
    };
    World failing(kasus(), {}, std::make_shared<Failing>(*disk_, Crash{}));
    EXPECT_EQ(failing.runtime.decide_step(now_).error().code, "ST004");
    EXPECT_EQ(one_.runtime.decide_step(now_)->commands, 1U) << "its turn was given back";
}

// One node decides, another sends: what the first has cached is outdated by the second each time.
TEST(Caches, that_others_outdate_are_not_trusted_for_long) {
    class Counting : public CrashingStore {
      public:
        using CrashingStore::CrashingStore;
        int lost = 0;
        Result<ports::CommitAnswer> commit(const ports::Commit& commit) override {
            auto answer = CrashingStore::commit(commit);
            lost += !answer->kept();
            return answer;
        }
    };
    auto disk = std::make_shared<MemoryStore>();
    auto counting = std::make_shared<Counting>(*disk, Crash{});
    World decides(kasus(), {}, counting);
    World sends(kasus(), {}, disk);
    const CaseId id = decides.report(road_hole("a"), "2026-03-02");
    const auto comment = [&] {
        return decides.perform(id, person("p-001"), cases::Comment{"x"}, "2026-03-02").accepted;
    };
    const auto elsewhere = [&] {
        return sends.perform(id, person("p-001"), cases::Comment{"y"}, "2026-03-02").accepted;
    };
    for (int i = 0; i < 10; ++i) EXPECT_TRUE(comment() && elsewhere());
    EXPECT_EQ(counting->lost, 1) << "the first one tells";
    for (int i = 0; i < 10; ++i) EXPECT_TRUE(comment());
    EXPECT_EQ(counting->lost, 1);
}

TEST(Trouble, of_the_engines_own_commands_is_an_incident_that_can_be_tried_again) {
    World world(kasus());
    const CaseId id = world.report(road_hole("a"), "2026-03-02");
    const CaseId nobody("64.09-nobody");
    const cases::Command link{CommandId(nobody.value + "-support"), nobody, {}, cases::Support{id}};
    ASSERT_TRUE(
        world.store
            ->submit({link.id, AgencyCode("64.09"), nobody, at("2026-03-02"), cases::encode(link)})
            .has_value());
    world.play("2026-03-02");
    EXPECT_TRUE(world.log.has("RT029"));
    auto incidents = *world.store->incidents({});
    ASSERT_EQ(incidents.size(), 1U);
    EXPECT_EQ(incidents[0].what, "command");
    EXPECT_EQ(incidents[0].subject, link.id.value);
    EXPECT_EQ(incidents[0].code, "RT029");
    ASSERT_TRUE(*world.store->retry_incident(incidents[0].id, at("2026-03-03")));
    world.play("2026-03-03");
    incidents = *world.store->incidents({});
    ASSERT_EQ(incidents.size(), 1U) << "the same trouble again";
    EXPECT_EQ(incidents[0].times, 2U);
    EXPECT_TRUE(incidents[0].open);
}

// Bytes that are no events any more.
class Damaged : public MemoryStore {
  public:
    CaseId damaged;
    Result<std::vector<ports::StoredCase>> load(const std::vector<CaseId>& ids) override {
        if (!damaged.empty() && std::find(ids.begin(), ids.end(), damaged) != ids.end())
            return fail("HI003", damaged.value);
        return MemoryStore::load(ids);
    }
};

TEST(Trouble, of_one_damaged_history_does_not_stop_the_other_cases) {
    auto store = std::make_shared<Damaged>();
    World before(kasus(), {}, store);
    const CaseId damaged = before.report(road_hole("a"), "2026-03-02");
    const CaseId sound = before.report(road_hole("b"), "2026-03-02");
    before.play("2026-03-02");
    store->damaged = damaged;
    World world(kasus(), {}, store);
    const Instant late = at("2026-05-01");
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(world.runtime.run_until_idle(late).has_value());
    EXPECT_NE(world.story(sound).find("ClockFired"), std::string::npos);
    const auto incidents = *store->incidents({});
    ASSERT_EQ(incidents.size(), 1U);
    EXPECT_EQ(incidents[0].what, "history");
    EXPECT_EQ(incidents[0].code, "HI003");
    EXPECT_EQ(incidents[0].case_id, damaged);
    EXPECT_EQ(incidents[0].times, 1U);
    EXPECT_EQ(world.perform(damaged, person("p-001"), cases::Comment{"x"}, "2026-05-01").code,
              "HI003");
    EXPECT_EQ(world.runtime.find(damaged).error().code, "HI003");
    EXPECT_TRUE(world.perform(sound, person("p-001"), cases::Comment{"x"}, "2026-05-01").accepted);
}

// It is in memory when it cannot be read again for a while.
TEST(Trouble, of_a_history_that_can_be_read_again_is_over) {
    auto store = std::make_shared<Damaged>();
    World world(kasus(), {}, store);
    const CaseId id = world.report(road_hole("a"), "2026-03-02");
    store->damaged = id;
    EXPECT_EQ(world.runtime.find(id).error().code, "HI003");
    store->damaged = CaseId();
    EXPECT_TRUE(world.perform(id, person("p-001"), cases::Comment{"x"}, "2026-03-03").accepted);
    store->damaged = id;
    EXPECT_EQ(world.runtime.find(id).error().code, "HI003");
    store->damaged = CaseId();
    auto changed = road_hole("a");
    changed.isi = "Lain.";
    EXPECT_EQ(world.runtime.intake({changed}, {}, at("2026-03-03"))->front().status,
              IntakeAnswer::Status::conflict)
        << "what could not be read is not taken for one that was erased";
}

TEST(Trouble, of_people_is_told_to_them_alone) {
    World world(kasus());
    const CaseId id = world.report(road_hole("a"), "2026-03-02");
    EXPECT_FALSE(world.act(id, "p-011", "jawab", {}, "2026-03-02").accepted);
    EXPECT_TRUE(world.store->incidents({})->empty());
}

}  // namespace
}  // namespace pintu::runtime
