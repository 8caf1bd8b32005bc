// What the commands about histories share: whose logs they read, and how a finding is told.
#pragma once

#include <iosfwd>
#include <vector>

#include "adapters/cli/io.hpp"
#include "engine/history/verify.hpp"
#include "engine/ports/store.hpp"
#include "engine/runtime/audit.hpp"

namespace pintu::cli {

// The one that Options name, or every agency that has a log.
Result<std::vector<AgencyCode>> agencies_of(const Options& options, ports::EventStore& store);

// Its place, what is wrong there, and below it what to do.
void print_finding(std::ostream& out, const Options& options, const AgencyCode& agency,
                   const history::Finding& finding);

// What was found in an agency's log, and in what words it ends: sound, not sound, or, where a case
// moved at each look, that not all was judged. As JSON one object on one line.
void print_audit(const Options& options, const runtime::Audit& audit, Io& io);

}  // namespace pintu::cli
