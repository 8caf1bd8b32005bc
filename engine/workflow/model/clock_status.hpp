// What entering a state does to a clock: C1, C2 and C6 of language.md section 5, in one place for
// the checks that run before and for the cases that run later.
#pragma once

#include "engine/workflow/model/model.hpp"

namespace pintu::workflow {

enum class ClockStatus { unstarted, running, paused, ended };

// What a state means to a clock. A final state stops every clock. No state means two things to
// one clock: the checks refuse it (WF204).
enum class ClockTurn { pass, start, stop, pause, resume };

ClockTurn turn_of(const ClockSpec& clock, const State& state);
// The status after a state of that turn was entered. Whether a run that begins again after its end
// goes on or is new (`again: restart`) is the clock's affair, not the status'.
ClockStatus entered(ClockStatus before, ClockTurn turn);

}  // namespace pintu::workflow
