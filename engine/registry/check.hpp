// What documents say about one another: units, categories, regions, deputies. Codes RG0xx.
#pragma once

#include <vector>

#include "engine/base/diagnostic.hpp"
#include "engine/registry/registry.hpp"
#include "engine/registry/schema.hpp"
#include "engine/registry/tree.hpp"

namespace pintu::registry {

// Defaults lie in their types; a required field without a default is a note (such reports are
// refused at intake).
void check_schema(const Schema& schema, const Tree& categories, const Tree& regions,
                  Diagnostics& diagnostics);

// Parents exist and make no circle, exactly one unit receives all, competence names categories and
// regions that exist and lie in the agency. `above`: registries of the upper layers, nearest first.
void check_registry(const Registry& registry, const std::vector<const Registry*>& above,
                    const Tree& categories, const Tree& regions, Diagnostics& diagnostics);

// Units and deputies exist, deputies make no circle.
void check_people(const People& people, const Registry& registry, Diagnostics& diagnostics);

}  // namespace pintu::registry
