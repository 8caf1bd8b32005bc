// The one door of the workflow room for those who load definitions.
#pragma once

#include <optional>

#include "engine/base/diagnostic.hpp"
#include "engine/workflow/compile/compile.hpp"
#include "engine/workflow/model/model.hpp"
#include "engine/yaml/node.hpp"

namespace pintu::workflow {

// Reads the merged document, checks it as a graph and against the bundle. Nothing where anything
// is wrong; the diagnostics say what.
std::optional<Workflow> load(const yaml::Node& document, const Surroundings& surroundings,
                             Diagnostics& diagnostics);

}  // namespace pintu::workflow
