#include "engine/cases/state/state.hpp"

#include <gtest/gtest.h>

#include "engine/cases/apply/apply.hpp"
#include "tests/support/sample_events.hpp"

namespace pintu::cases {
namespace {

Step step(const char* state, const char* event, std::int32_t times, const char* by,
          std::uint32_t by_event) {
    return {state, event, times, PersonId(by), by_event};
}

TEST(State, an_event_is_counted_in_the_state_that_it_led_out_of) {
    State state;
    state.steps = {step("diterima", "kembalikan", 2, "p-001", 4),
                   step("diperiksa", "kembalikan", 1, "p-001", 6)};
    EXPECT_EQ(times_taken(state, "diterima", "kembalikan"), 2);
    EXPECT_EQ(times_taken(state, "diperiksa", "kembalikan"), 1);
    EXPECT_EQ(times_taken(state, "diperiksa", "teruskan"), 0);
}

TEST(State, was_left_by_whoever_led_out_of_it_last_by_whatever_event) {
    State state;
    state.steps = {step("diterima", "teruskan", 2, "p-002", 9),
                   step("diterima", "kembalikan", 1, "p-001", 5),
                   Step{"ditutup", "after", 1, std::nullopt, 0}};
    EXPECT_EQ(*left_by(state, "diterima"), PersonId("p-002"));
    EXPECT_EQ(left_by(state, "ditutup"), nullptr);
    EXPECT_EQ(left_by(state, "diperiksa"), nullptr);
}

// Whoever puts a case back leaves its receipt as it is.
TEST(State, no_event_but_the_first_writes_the_receipt) {
    const CaseId id = testing::sample_case("receipt");
    std::uint32_t sequence = 0;
    State state;
    Receipt first;
    for (const auto& payload : testing::filled_payloads()) {
        apply(state, testing::sample_event(id, ++sequence, payload, {sequence}, {}));
        if (sequence == 1) first = state;
        EXPECT_EQ(static_cast<const Receipt&>(state), first) << "payload " << payload.index();
    }
    EXPECT_FALSE(first == Receipt());
}

}  // namespace
}  // namespace pintu::cases
