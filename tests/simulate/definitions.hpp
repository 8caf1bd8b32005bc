// Random definitions: workflows with clocks, waits, transfers, loops and approvals, and the rules
// that they need. All that is made is loaded and proved as an admin's would be; what does not load
// is never used, so that the engine's own checks bound every case.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/runtime/definitions.hpp"
#include "tests/simulate/chance.hpp"

namespace pintu::simulate {

// What a world begins with, and what is published later.
struct DefinitionPair {
    runtime::Loadout first;
    runtime::Loadout second;
    std::vector<AgencyCode> agencies;
};

// The same number gives the same pair. Those of one number serve several seeds: loading one costs
// more than a seed may.
std::shared_ptr<const DefinitionPair> definitions_of(std::uint64_t number);
// Of all that were made in this process, how many loaded at the first attempt.
struct Made {
    std::uint64_t loaded = 0;
    std::uint64_t refused = 0;
    std::string last_refusal;
};
const Made& made();

}  // namespace pintu::simulate
