#include <gtest/gtest.h>

#include <functional>

#include "engine/runtime/runtime.hpp"
#include "tests/support/world.hpp"

namespace pintu::runtime {
namespace {

using namespace testing;
using Outcomes = std::vector<ports::CommandOutcome>;

// Counts what it is asked for; somebody else may be quicker with a commit; it may not be readable.
class WatchedStore : public MemoryStore {
  public:
    std::size_t asked = 0;
    std::size_t loaded = 0;
    bool unreadable = false;
    bool damaged = false;
    bool fails_once = false;
    bool unwritable = false;
    std::function<void()> before_commit;

    Result<std::vector<std::optional<ports::CommandOutcome>>> outcomes(
        const std::vector<CommandId>& ids) override {
        ++asked;
        return MemoryStore::outcomes(ids);
    }
    Result<std::vector<ports::StoredCase>> load(const std::vector<CaseId>& cases) override {
        if (unreadable || std::exchange(fails_once, false)) return fail("ST004");
        if (damaged) return fail("HI014", cases.front().value);
        loaded += cases.size();
        return MemoryStore::load(cases);
    }
    Result<ports::CommitAnswer> commit(const ports::Commit& commit) override {
        if (unwritable) return fail("ST022");
        if (const auto quicker = std::exchange(before_commit, nullptr)) quicker();
        return MemoryStore::commit(commit);
    }
};

class Performing : public ::testing::Test {
  protected:
    cases::Command command(const std::string& name, cases::Body body) {
        return {CommandId(id_.value + name), id_, person("p-001"), std::move(body)};
    }
    Outcomes perform(World& world, const std::vector<cases::Command>& commands,
                     const std::string& on) {
        auto outcomes = world.runtime.perform(commands, at(on));
        EXPECT_TRUE(outcomes.has_value());
        return outcomes ? *outcomes : Outcomes(commands.size());
    }
    Outcomes perform(const std::vector<cases::Command>& commands, const std::string& on) {
        return perform(world_, commands, on);
    }

    std::shared_ptr<WatchedStore> store_ = std::make_shared<WatchedStore>();
    World world_{kasus(), {}, store_};
    const CaseId id_ = world_.report(road_hole("a"), "2026-03-02");
    const cases::Command forward_ = command("-f", cases::Act{"teruskan", {{"kelas", "ringan"}}});
    const cases::Command comment_ = command("-c", cases::Comment{"x"});
};

TEST_F(Performing, many_is_one_commit_and_each_sees_what_those_before_it_did) {
    const auto before = store_->commits();
    auto again = forward_;
    again.id = CommandId(id_.value + "-2");
    const std::vector<cases::Command> commands = {forward_, again, forward_, comment_};
    const auto outcomes = perform(commands, "2026-03-03");
    ASSERT_EQ(outcomes.size(), 4U);
    EXPECT_TRUE(outcomes[0].accepted);
    EXPECT_EQ(outcomes[1].code, "CS010");
    EXPECT_EQ(outcomes[2], outcomes[0]) << "the same id is the same command";
    EXPECT_TRUE(outcomes[3].accepted);
    EXPECT_EQ(store_->commits(), before + 1);
    EXPECT_EQ(store_->asked, 0U);
    EXPECT_EQ(perform(commands, "2026-03-09"), outcomes);
    EXPECT_EQ(perform({}, "2026-03-09").size(), 0U);
}

TEST_F(Performing, again_answers_what_was_answered_whatever_would_be_decided_now) {
    const auto answer = command("-j", cases::Act{"jawab", {{"jawaban", "beres"}}});
    const auto first = perform({answer, forward_}, "2026-03-03");
    EXPECT_FALSE(first[0].accepted);
    EXPECT_TRUE(first[1].accepted);
    const auto again = perform({forward_, comment_, answer, comment_, forward_}, "2026-03-09");
    EXPECT_EQ(again[0], first[1]) << "would be refused now";
    EXPECT_EQ(again[2], first[0]);
    EXPECT_EQ(again[4], first[1]);
    EXPECT_TRUE(again[1].accepted) << "is new";
    EXPECT_EQ(again[1].at, at("2026-03-09"));
    EXPECT_EQ(again[3], again[1]);
    EXPECT_EQ(again[1].sequence, world_.state(id_).sequence);
}

TEST_F(Performing, again_answers_the_same_where_there_is_no_case) {
    auto nobody = comment_;
    nobody.case_id = CaseId("64.09-nobody");
    auto nothing = comment_;
    nothing.case_id = CaseId();
    nothing.id = CommandId("64.09-nothing");
    const auto first = perform({nobody, nothing}, "2026-03-03");
    EXPECT_EQ(first[0].code, "CS001");
    EXPECT_EQ(first[1].code, "CS001");
    EXPECT_EQ(perform({nothing}, "2026-03-09"), Outcomes{first[1]});
    EXPECT_EQ(perform({nobody}, "2026-03-09"), Outcomes{first[0]});
}

TEST_F(Performing, again_answers_though_the_case_can_no_longer_be_read) {
    const auto first = perform({forward_}, "2026-03-03");
    World other(kasus(), {}, store_);
    store_->unreadable = true;
    EXPECT_EQ(perform(other, {forward_}, "2026-03-09"), first);
    EXPECT_EQ(other.runtime.perform(comment_, at("2026-03-09")).error().code, "ST004");
}

TEST_F(Performing, again_answers_though_nothing_can_be_written) {
    const auto first = command("-1", cases::Act{"teruskan", {}});
    const auto answer = perform({first}, "2026-03-03T09:00:00");
    store_->unwritable = true;
    EXPECT_EQ(perform({first}, "2026-03-03T10:00:00"), answer);
    const auto other = command("-2", cases::Act{"teruskan", {}});
    const auto refused = world_.runtime.perform({first, other}, at("2026-03-03T10:00:00"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "ST022");
}

TEST_F(Performing, is_asked_for_first_while_commands_come_again) {
    const auto first = command("-1", cases::Act{"teruskan", {}});
    perform({first}, "2026-03-03T09:00:00");
    EXPECT_EQ(store_->asked, 0U);
    perform({first}, "2026-03-03T10:00:00");
    const auto loaded = store_->loaded;
    perform({first}, "2026-03-03T10:00:00");
    EXPECT_EQ(store_->asked, 2U);
    EXPECT_EQ(store_->loaded, loaded) << "nothing was decided";
    perform({command("-2", cases::Comment{})}, "2026-03-03T10:00:00");
    perform({command("-3", cases::Comment{})}, "2026-03-03T10:00:00");
    EXPECT_EQ(store_->asked, 3U) << "nobody asks where none came again";
}

TEST_F(Performing, what_somebody_else_has_performed_meanwhile_answers_that) {
    World other(kasus(), {}, store_);
    Outcomes theirs;
    store_->before_commit = [&] { theirs = perform(other, {forward_}, "2026-03-04"); };
    const auto outcomes = perform({forward_, comment_}, "2026-03-03");
    EXPECT_EQ(outcomes[0], theirs.at(0));
    EXPECT_TRUE(outcomes[0].accepted);
    EXPECT_TRUE(outcomes[1].accepted);
    EXPECT_EQ(outcomes[1].sequence, outcomes[0].sequence + 1) << "decided on what they did";
}

TEST_F(Performing, again_leaves_the_cache_its_trust) {
    perform({forward_}, "2026-03-03");
    EXPECT_EQ(store_->loaded, 0U) << "nobody else changes the case";
    perform({forward_}, "2026-03-03");
    const auto loaded = store_->loaded;
    perform({comment_}, "2026-03-03");
    EXPECT_EQ(store_->loaded, loaded + 1) << "what was decided on in vain is read again";
    perform({command("-d", cases::Comment{"y"})}, "2026-03-03");
    EXPECT_EQ(store_->loaded, loaded + 1);
}

TEST_F(Performing, an_error_that_passes_leaves_the_cache_its_trust) {
    auto nobody = comment_;
    nobody.case_id = CaseId("64.09-nobody");
    store_->fails_once = true;
    EXPECT_EQ(perform({nobody}, "2026-03-03")[0].code, "CS001");
    const auto loaded = store_->loaded;
    perform({forward_}, "2026-03-03");
    EXPECT_EQ(store_->loaded, loaded) << "nobody else changes the case";
}

TEST_F(Performing, tells_the_damage_where_the_history_can_no_longer_be_read_again) {
    store_->damaged = true;
    const auto outcomes = perform({command("-x", cases::Act{"terbang", {}})}, "2026-03-03");
    EXPECT_EQ(outcomes[0].code, "HI014") << "not that there is no such case";
    EXPECT_EQ(store_->incidents({})->size(), 1U);
}

}  // namespace
}  // namespace pintu::runtime
