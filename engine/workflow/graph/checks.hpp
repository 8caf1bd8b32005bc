// What must hold of a workflow as a whole before it loads (language.md section 4, "On load"): no
// case can be lost in it. Needs nothing but the workflow.
#pragma once

#include "engine/base/diagnostic.hpp"
#include "engine/workflow/model/model.hpp"

namespace pintu::workflow {

// WF201 to WF2xx, each with the shortest way that shows it ("diterima -> terverifikasi -> ...").
// Precondition: read() gave the workflow, so every state that it names exists. True without errors.
bool check_graph(const Workflow& workflow, Diagnostics& diagnostics);

}  // namespace pintu::workflow
