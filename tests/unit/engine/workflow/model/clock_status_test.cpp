#include "engine/workflow/model/clock_status.hpp"

#include <gtest/gtest.h>

namespace pintu::workflow {
namespace {

State state_named(const std::string& name, bool final = false) {
    State state;
    state.name = name;
    state.final = final;
    return state;
}

TEST(ClockTurn, is_what_the_clock_calls_the_state_and_a_final_state_stops) {
    ClockSpec clock;
    clock.start = {"diterima"};
    clock.stop = {"ditindaklanjuti"};
    clock.paused_in = {"menunggu"};
    clock.resumes_in = {"diproses"};
    EXPECT_EQ(turn_of(clock, state_named("diterima")), ClockTurn::start);
    EXPECT_EQ(turn_of(clock, state_named("ditindaklanjuti")), ClockTurn::stop);
    EXPECT_EQ(turn_of(clock, state_named("menunggu")), ClockTurn::pause);
    EXPECT_EQ(turn_of(clock, state_named("diproses")), ClockTurn::resume);
    EXPECT_EQ(turn_of(clock, state_named("terdisposisi")), ClockTurn::pass);
    EXPECT_EQ(turn_of(clock, state_named("diproses", true)), ClockTurn::stop);
}

// Rows: status before. Columns: pass, start, stop, pause, resume. C1, C2 and C6.
TEST(ClockStatus, follows_the_table_of_the_language) {
    using S = ClockStatus;
    const S expected[4][5] = {{S::unstarted, S::running, S::unstarted, S::unstarted, S::unstarted},
                              {S::running, S::running, S::ended, S::paused, S::running},
                              {S::running, S::running, S::ended, S::paused, S::running},
                              {S::ended, S::running, S::ended, S::ended, S::running}};
    for (int before = 0; before < 4; ++before)
        for (int turn = 0; turn < 5; ++turn)
            EXPECT_EQ(entered(static_cast<S>(before), static_cast<ClockTurn>(turn)),
                      expected[before][turn])
                << before << " " << turn;
}

}  // namespace
}  // namespace pintu::workflow
