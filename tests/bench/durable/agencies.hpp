// The definitions of the durable workload of the peers: a case goes received, verified,
// dispositioned, in_progress, answered, closed; one clock runs from the first to the last. Any
// number of agencies, alike.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/runtime/runtime.hpp"

namespace pintu::bench {

// "11.01", "11.02", ...: 16 to a province.
std::vector<AgencyCode> agency_codes(std::size_t count);

// Loaded and proved as of today; ends the program where they have errors. `effects`: each case also
// asks for an acknowledgement to its reporter.
runtime::Loadout load_agencies(std::size_t count, Date today, bool effects = false);

// The events that take a case from its first state to its last, in order.
const std::vector<std::string>& steps();

// Who may do all of them.
cases::Actor officer();

}  // namespace pintu::bench
