#include "engine/workflow/graph/checks.hpp"

#include "engine/workflow/graph/all_checks.hpp"

namespace pintu::workflow {

bool check_graph(const Workflow& workflow, Diagnostics& diagnostics) {
    const auto before = diagnostics.count(Severity::error);
    check_ways(workflow, diagnostics);
    check_loops(workflow, diagnostics);
    check_clock_words(workflow, diagnostics);
    check_ladders(workflow, diagnostics);
    check_waits(workflow, diagnostics);
    check_decided(workflow, diagnostics);
    check_answers(workflow, diagnostics);
    return diagnostics.count(Severity::error) == before;
}

}  // namespace pintu::workflow
