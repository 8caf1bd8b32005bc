// Checks a workflow against the rest of its bundle: decisions, fields, units, roles, messages.
#pragma once

#include <vector>

#include "engine/base/diagnostic.hpp"
#include "engine/base/instant.hpp"
#include "engine/registry/schema.hpp"
#include "engine/registry/tree.hpp"
#include "engine/rules/model.hpp"
#include "engine/workflow/compile/holders.hpp"
#include "engine/workflow/model/model.hpp"

namespace pintu::workflow {

// What stands beside the workflow in the bundle. Nothing is owned; all must outlive the call.
struct Surroundings {
    const registry::Schema* schema = nullptr;
    Offices offices;
    std::vector<const rules::Program*> programs;  // of each date interval; at least one
    Date today;                                   // on which people must be in office
};

// Tells asked fields from asked texts (the one thing that it changes) and reports what is unknown,
// of the wrong type or held by nobody: WF101 to WF1xx. True without errors.
bool compile(Workflow& workflow, const Surroundings& surroundings, Diagnostics& diagnostics);

}  // namespace pintu::workflow
