// A workflow as a picture, in the DOT language; Graphviz outside makes SVG of it.
#pragma once

#include <string>

#include "engine/messages/messages.hpp"
#include "engine/workflow/model/model.hpp"

namespace pintu::workflow {

// States with their titles and actors, moves with their names and bounds. Deterministic.
std::string to_dot(const Workflow& workflow, messages::Language language);

}  // namespace pintu::workflow
