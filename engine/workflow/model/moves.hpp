// Every way from one state to another, by number: what the checks, the drawing and the owner's
// travels have in common.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/workflow/model/model.hpp"

namespace pintu::workflow {

struct Move {
    enum class Kind {
        event,  // somebody does it
        spent,  // the same, when its at_most is used up: `then`
        after,  // time passes
        choose  // a decision's outcome; takes no time
    };
    Kind kind = Kind::event;
    std::size_t from = 0;  // positions in Workflow::states
    std::size_t to = 0;
    const EventSpec* event = nullptr;  // of event and spent
    std::string label;                 // the event's name, the wait, the outcome
    Span span;
};

// In the order of the states, and within one as written: events, then after, then choose.
// Precondition: every state that is named exists (read() saw to it).
std::vector<Move> moves_of(const Workflow& workflow);

std::size_t position_of(const Workflow& workflow, const std::string& state);

}  // namespace pintu::workflow
