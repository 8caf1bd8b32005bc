#include "engine/cases/decide/decide.hpp"

#include <gtest/gtest.h>

#include <new>

#include "engine/cases/decide/turn.hpp"
#include "engine/runtime/runtime.hpp"
#include "tests/support/world.hpp"

namespace pintu::cases {
namespace {

using namespace testing;

// A case of a month ago whose reminders are due: whatever is decided on it begins with events.
class Undo : public ::testing::Test {
  protected:
    Context context() const {
        Context context;
        context.now = *parse_instant("2026-04-02T09:00:00+08:00");
        context.pinned = kasus().library->bundles.at(before_.agency).get();
        context.current = kasus().library.get();
        context.key = key_;
        return context;
    }
    Command command(Body body) const {
        return {CommandId(before_.id.value + "-x"), before_.id, person("p-001"), std::move(body)};
    }

    const SubjectKey key_ = SubjectKey(32, 'k');
    World world_{kasus()};
    const State before_ = world_.state(world_.report(road_hole("a"), "2026-03-02"));
    State state_ = before_;
};

TEST_F(Undo, is_not_done_to_what_is_accepted) {
    const auto decision = decide(state_, command(Comment{"x"}), context());
    ASSERT_TRUE(std::holds_alternative<Accepted>(decision));
    const auto& events = std::get<Accepted>(decision).events;
    EXPECT_GT(events.size(), 1U) << "what was due";
    EXPECT_EQ(state_.sequence, before_.sequence + events.size());
}

TEST_F(Undo, leaves_a_case_as_it_was_after_a_rejection) {
    const auto decision = decide(state_, command(Act{"terbang", {}}), context());
    ASSERT_TRUE(std::holds_alternative<Rejected>(decision));
    EXPECT_EQ(std::get<Rejected>(decision).code, "CS010");
    EXPECT_EQ(state_, before_);
    decide(state_, command(Act{"teruskan", {}}), context());
    EXPECT_EQ(state_, before_) << "and again";
}

TEST_F(Undo, leaves_a_case_as_it_was_where_it_must_ask) {
    const Act merge{"gabungkan", {{"kasus_induk", "64.09-other"}}};
    const auto decision = decide(state_, command(merge), context());
    ASSERT_TRUE(std::holds_alternative<Needs>(decision));
    EXPECT_EQ(std::get<Needs>(decision).names, std::vector<std::string>{"64.09-other"});
    EXPECT_EQ(state_, before_);
}

TEST_F(Undo, leaves_no_case_where_none_was) {
    State none;
    const Command receive{
        CommandId("64.09-r"), {}, {Actor::Kind::channel, "web"}, ReceiveReport{road_hole("b"), ""}};
    EXPECT_TRUE(std::holds_alternative<Rejected>(decide(none, receive, context())));
    EXPECT_EQ(none, State());
    auto named = receive;
    std::get<ReceiveReport>(named.body).workflow = "pengaduan";
    EXPECT_TRUE(std::holds_alternative<Needs>(decide(none, named, context())));
    EXPECT_EQ(none, State());
}

TEST_F(Undo, leaves_a_case_as_it_was_where_an_exception_ends_the_turn) {
    const auto now = context();
    const auto comment = command(Comment{"x"});
    try {
        Turn turn(state_, comment, now);
        turn.emit(EvidenceAdded{"foto", {}});
        EXPECT_NE(state_, before_);
        throw std::bad_alloc();
    } catch (const std::bad_alloc&) {
        EXPECT_EQ(state_, before_);
    }
    State none;
    try {
        Turn turn(none, comment, now);
        turn.open(CaseId("64.09-new"), before_.agency, "key");
        throw std::bad_alloc();
    } catch (const std::bad_alloc&) {
        EXPECT_EQ(none, State());
    }
}

}  // namespace
}  // namespace pintu::cases
