// The parts of compile(), each in its own file. Private to compile/.
#pragma once

#include "engine/workflow/compile/compile.hpp"

namespace pintu::workflow {

// Tells fields from texts; WF116 a text whose name is nearly a field's.
void resolve_asks(Workflow& workflow, const Surroundings& surroundings, Diagnostics& diagnostics);

// WF101, WF102 unknown decision; WF103 of the wrong type; WF104, WF105 outcomes of `choose`;
// WF109 unknown attribute of `similar`.
void check_decisions(const Workflow& workflow, const Surroundings& surroundings,
                     Diagnostics& diagnostics);

// WF106 unknown unit; WF110 unknown message.
void check_names(const Workflow& workflow, const Surroundings& surroundings,
                 Diagnostics& diagnostics);

// WF107 a role that nobody holds anywhere; WF108 nobody in a unit that can be meant; WF111, WF112
// separation of duties that cannot be met; WF113 separation from a state in which nobody acts.
void check_duties(const Workflow& workflow, const Surroundings& surroundings,
                  Diagnostics& diagnostics);

}  // namespace pintu::workflow
