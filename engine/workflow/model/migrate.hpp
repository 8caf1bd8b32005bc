// How running cases move from an older version of a workflow to a newer one.
#pragma once

#include <string>

#include "engine/base/diagnostic.hpp"
#include "engine/workflow/model/model.hpp"

namespace pintu::workflow {

// Total: each state of `older` is in `newer` or is mapped to one that is (WF401; the reader
// saw to the latter); no mapping of a state that never was (WF403). Each clock that is in both but
// not the same says keep, recompute or restart (WF404); no move for a clock that is not in both
// (WF405). A clock that is gone ends when the case moves; a new one begins at the next entry of its
// start.
void check_migration(const Migration& migration, const Workflow& older, const Workflow& newer,
                     Diagnostics& diagnostics);

// Where a case in `state` of the older version stands after the move.
const std::string& moved_state(const Migration& migration, const std::string& state);
// What becomes of a clock that is in both versions; an unchanged one is kept.
ClockMove clock_move(const Migration& migration, const std::string& clock);

// The same start, stop, pauses, resumptions, length, calendar and ladder.
bool same_clock(const ClockSpec& left, const ClockSpec& right);

}  // namespace pintu::workflow
