// Which units can own a case in each state.
#pragma once

#include <vector>

#include "engine/workflow/compile/compile.hpp"

namespace pintu::workflow {

// The units that the rules can answer for the owner's decision, in every program; sorted.
std::vector<UnitId> choosable_units(const Surroundings& surroundings);

// For each state (by position) the possible owners after its `do`; sorted, without repeats. The
// front desk until one is decided, and where the rules give none.
std::vector<std::vector<UnitId>> owners_by_state(const Workflow& workflow,
                                                 const Surroundings& surroundings);

}  // namespace pintu::workflow
