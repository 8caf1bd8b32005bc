#include "engine/workflow/compile/compile.hpp"

#include "engine/workflow/compile/all_checks.hpp"

namespace pintu::workflow {

bool compile(Workflow& workflow, const Surroundings& surroundings, Diagnostics& diagnostics) {
    const auto before = diagnostics.count(Severity::error);
    resolve_asks(workflow, surroundings, diagnostics);
    check_decisions(workflow, surroundings, diagnostics);
    check_names(workflow, surroundings, diagnostics);
    // Who can own a case is known only once units and decisions are.
    if (diagnostics.count(Severity::error) == before)
        check_duties(workflow, surroundings, diagnostics);
    return diagnostics.count(Severity::error) == before;
}

}  // namespace pintu::workflow
