// A node that runs until it is stopped: two threads, each with its own connection to the store and
// its own runtime. One decides; the other performs effects, which may take as long as their
// channels do.
#pragma once

#include <optional>
#include <string>

#include "adapters/cli/commands.hpp"
#include "adapters/cli/settings.hpp"

namespace pintu::cli {

// "HOST:PID", for people: who holds a turn.
std::string default_node_name();

// Until a signal asks to stop (kInterrupted), `until` has come (kDone), or the store gives an error
// that does not pass. Errors that pass are said once, and it goes on trying.
int serve(const Options& options, const RunArgs& args, const Settings& settings,
          std::optional<Instant> until, const Io& io);

}  // namespace pintu::cli
