// Every office that a workflow names, with what for.
#pragma once

#include <cstddef>
#include <vector>

#include "engine/workflow/model/model.hpp"

namespace pintu::workflow {

struct Duty {
    enum class Kind { act, approve, be_told, climb };  // climb: a rung of a clock's ladder
    Kind kind = Kind::act;
    Who who;
    std::size_t at = 0;                // position of the state; of climb: of the clock
    const EventSpec* event = nullptr;  // of act and approve
};

// States first, as written, then clocks. The task of a state counts once for each event that
// leaves its `by` to it; events that the reporter may do count too.
std::vector<Duty> duties_of(const Workflow& workflow);

}  // namespace pintu::workflow
