// Parsed rule files of one agency's stack of layers -> checked programs, one for each interval of
// dates on which the same files are in force.
//
// language.md section 2 (R1 to R14) and section 3 (L1 to L9): all that can be said without looking
// at every report. Completeness, overlap and dead rules are engine/rules/analyse.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/base/diagnostic.hpp"
#include "engine/base/ids.hpp"
#include "engine/base/instant.hpp"
#include "engine/base/source.hpp"
#include "engine/registry/registry.hpp"
#include "engine/registry/schema.hpp"
#include "engine/registry/tree.hpp"
#include "engine/rules/model.hpp"
#include "engine/rules/syntax/ast.hpp"

namespace pintu::rules {

// The files of one folder below rules/.
struct LayerFiles {
    std::string code;                        // "nasional", "64", "64.09"
    std::vector<const syntax::File*> files;  // parsed without errors; in path order
    std::vector<const Source*> tables;       // *.csv; found by the last part of their name
};

// What a check reads; everything pointed to outlives the call, and `sources` outlives nothing else.
struct Stack {
    AgencyCode agency;
    std::vector<LayerFiles> layers;  // uppermost first (L1)
    // The agency's own, then its parents' (L9). Empty for a stack that has no registry (nasional
    // alone, to run its tests): then every unit name is taken on trust and office_for has no rows.
    std::vector<const registry::Registry*> registries;
    std::shared_ptr<const registry::Tree> categories;
    std::shared_ptr<const registry::Tree> regions;
    const registry::Schema* schema = nullptr;
    Date today;  // programs reach from the earliest `from` to a year after this day (R13)
    const SourceSet* sources = nullptr;
};

// In order of date, without holes. Where `diagnostics` has errors afterwards the programs are not
// for use. A program's tests are those of the stack's last layer (and its overlays): a test runs in
// the stack of its own file's layer, so the tests of nasional are run by checking nasional alone.
std::vector<Program> check(const Stack& stack, Diagnostics& diagnostics);

}  // namespace pintu::rules
