// Reads a messages document.
#pragma once

#include <optional>

#include "engine/base/diagnostic.hpp"
#include "engine/workflow/templates/template.hpp"
#include "engine/yaml/node.hpp"

namespace pintu::workflow {

// `document` is the whole tree after the layers were merged. DL101 unknown slot, DL106 a brace
// without its other half, DL107 `:` after a slot that takes none; YA0xx for keys and plain values.
// Nothing comes back where there was an error.
std::optional<Templates> read_templates(const yaml::Node& document, Diagnostics& diagnostics);

}  // namespace pintu::workflow
