// Which people an office of a workflow means: the one answer for checks and for running cases.
#pragma once

#include <string>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/instant.hpp"
#include "engine/base/small_map.hpp"
#include "engine/registry/registry.hpp"
#include "engine/workflow/model/model.hpp"

namespace pintu::workflow {

// The registries and people of an agency and of those above it, own first (L9). Same length.
struct Offices {
    SmallVector<const registry::Registry*, 4> registries;
    SmallVector<const registry::People*, 4> people;
};

// A unit's absolute id: "dpupr" is looked for in the agency, then above it; "64/dpupr" is itself.
// Empty where there is none.
UnitId resolve_unit(const std::string& unit, const Offices& offices);

// The unit that `who` speaks of: `owner` is the case's, `agency` the front desk. Empty for pelapor.
UnitId unit_of(const Who& who, const UnitId& owner, const Offices& offices);

// Everyone active on `date` who holds the office (deputies where none is active). `of agency`
// means the agency's own people (unit `agency`) and those of its front desk. Empty for pelapor.
registry::Persons holders(const Who& who, const UnitId& owner, const Offices& offices, Date date);

}  // namespace pintu::workflow
