// Time played forward: reports come in at their times, an office acts as its file says, clocks run.
#pragma once

#include "adapters/cli/commands.hpp"

namespace pintu::cli {

// To `until`, on a virtual clock that jumps from one thing to the next; ends with a board and three
// commands that look deeper at one real case.
int play_year(const Options& options, const RunArgs& args, Instant until, Io& io);

}  // namespace pintu::cli
