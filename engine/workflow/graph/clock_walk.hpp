// Where clocks can be while a case moves: all states together with the status of every clock.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "engine/workflow/model/clock_status.hpp"

namespace pintu::workflow {

using Way = std::vector<std::size_t>;  // positions of states, from the first

struct ClockWalk {
    // A wait that no clock watches, with the shortest way into it.
    struct Unwatched {
        std::size_t state = 0;
        Way way;
    };
    std::vector<std::vector<bool>> alive;    // [clock][state]: can run or be paused there
    std::vector<std::vector<bool>> stopped;  // [clock][state]: entering it can end the clock
    std::vector<Unwatched> unwatched;        // each state once, in order of discovery
    bool complete = true;                    // false: the budget was spent, nothing is certain
};

// Follows every move; at_most is not counted, so a way may be one that a real case could go only
// while its bounds last. A clock watches where it runs and has a 100 % rung that escalates.
// `budget`: how many different situations are looked at.
ClockWalk walk_clocks(const Workflow& workflow, std::size_t budget = 50'000);

// Does the last word of the clock's ladder go to somebody? (C9)
bool escalates(const ClockSpec& clock);

// "diterima -> terverifikasi -> inspektorat"
std::string show_way(const Workflow& workflow, const Way& way);

}  // namespace pintu::workflow
