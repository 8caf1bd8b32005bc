#include <gtest/gtest.h>

#include "engine/cases/apply/apply.hpp"

namespace pintu::cases {
namespace {

Event by(const char* person, Payload payload) {
    Event event;
    event.actor = {Actor::Kind::person, person};
    event.payload = std::move(payload);
    return event;
}

State waiting_for_approval() {
    State state;
    state.name = "diterima";
    ApprovalAsked asked;
    asked.name = "arsipkan";
    apply(state, by("p-001", asked));
    return state;
}

Transitioned leaving(const char* event) {
    Transitioned move;
    move.name = event;
    move.from = "diterima";
    move.to = "diarsipkan";
    return move;
}

// not_done_by speaks of whoever did the work, not of the second person who agreed.
TEST(ApplyTransitioned, an_approved_event_was_done_by_whoever_asked_for_it) {
    State state = waiting_for_approval();
    Transitioned move = leaving("arsipkan");
    move.approved_by = "p-002";
    apply(state, by("p-002", move));
    EXPECT_EQ(*left_by(state, "diterima"), PersonId("p-001"));
    EXPECT_FALSE(state.approval.has_value());
}

TEST(ApplyTransitioned, what_nobody_had_to_approve_was_done_by_its_actor) {
    State state = waiting_for_approval();
    apply(state, by("p-004", leaving("teruskan")));
    EXPECT_EQ(*left_by(state, "diterima"), PersonId("p-004"));
}

}  // namespace
}  // namespace pintu::cases
