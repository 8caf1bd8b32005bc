// The closed lists of the workflow language. docs/workflow.md prints them, and a test compares.
#pragma once

#include <string>
#include <vector>

namespace pintu::workflow {

using Names = std::vector<std::string>;

const Names& workflow_keys();  // of the document
const Names& state_keys();
const Names& event_keys();  // below `on:`
const Names& clock_keys();
const Names& rung_keys();      // below `at:`
const Names& intake_keys();    // what `intake: {key: [...]}` may name
const Names& action_forms();   // of `do:`, as they are written: "decide D", "assign UNIT", ...
const Names& message_names();  // what `notify` may send
const Names& reserved_event_names();  // what histories call the moves that nobody does

}  // namespace pintu::workflow
