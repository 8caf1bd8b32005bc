// The parts of check_graph(), each in its own file. Private to graph/.
#pragma once

#include "engine/base/diagnostic.hpp"
#include "engine/workflow/model/model.hpp"

namespace pintu::workflow {

// WF201 unreachable, WF202 dead end, WF203 no way to an end, WF206 only ways that run out.
void check_ways(const Workflow& workflow, Diagnostics& diagnostics);
// WF207 a circle without a bound, WF208 a circle that takes no time.
void check_loops(const Workflow& workflow, Diagnostics& diagnostics);
// WF204 a state that means two things to one clock, WF213 a pause without an end (C6).
void check_clock_words(const Workflow& workflow, Diagnostics& diagnostics);
// WF210 no 100 % that escalates, WF211 escalation to the citizen, WF212 escalation in a circle.
void check_ladders(const Workflow& workflow, Diagnostics& diagnostics);
// WF205 a wait that nothing ends and nobody watches, WF209 a stop that cannot be entered while the
// clock runs, WF215 budget spent.
void check_waits(const Workflow& workflow, Diagnostics& diagnostics);
// WF214 a decision is used on a way on which it was never decided.
void check_decided(const Workflow& workflow, Diagnostics& diagnostics);
// WF216 a transfer or merge whose answer a way into the state does not ask for.
void check_answers(const Workflow& workflow, Diagnostics& diagnostics);

}  // namespace pintu::workflow
