// What the commands about histories share: whose logs they read, and how a finding is told.
#pragma once

#include <iosfwd>
#include <vector>

#include "adapters/cli/io.hpp"
#include "engine/history/verify.hpp"
#include "engine/ports/store.hpp"

namespace pintu::cli {

// The one that Options name, or every agency that has a log.
Result<std::vector<AgencyCode>> agencies_of(const Options& options, ports::EventStore& store);

// Its place, what is wrong there, and below it what to do.
void print_finding(std::ostream& out, const Options& options, const AgencyCode& agency,
                   const history::Finding& finding);

}  // namespace pintu::cli
