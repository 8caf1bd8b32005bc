// Reads a workflow document.
#pragma once

#include <optional>
#include <string_view>

#include "engine/base/diagnostic.hpp"
#include "engine/workflow/model/model.hpp"
#include "engine/yaml/node.hpp"

namespace pintu::workflow {

// `document` is the whole tree after the layers were merged (L6); its parts may come from several
// files, each part's span names its own. Reports every wrong key, type, duration, office, state
// name and rung (WF001 to WF0xx, and YA0xx for plain values) and goes on. A workflow comes back
// only if it could be read without an error.
std::optional<Workflow> read(const yaml::Node& document, Diagnostics& diagnostics);

// "pejabat_penghubung of owner" (also `dari`), "koordinator of agency", "kepala of inspektorat",
// "pelapor". Nothing where the text is no office.
std::optional<Who> parse_who(std::string_view text);

}  // namespace pintu::workflow
