#include "engine/workflow/load.hpp"

#include "engine/workflow/graph/checks.hpp"
#include "engine/workflow/model/read.hpp"

namespace pintu::workflow {

std::optional<Workflow> load(const yaml::Node& document, const Surroundings& surroundings,
                             Diagnostics& diagnostics) {
    auto workflow = read(document, diagnostics);
    if (!workflow) return std::nullopt;
    const bool sound = check_graph(*workflow, diagnostics);
    const bool fits = compile(*workflow, surroundings, diagnostics);
    if (!sound || !fits) return std::nullopt;
    return workflow;
}

}  // namespace pintu::workflow
