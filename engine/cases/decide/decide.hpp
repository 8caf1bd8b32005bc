// The heart: what a command does to a case. Pure: the same state, command and context give the same
// answer, bit for bit. Nothing here performs anything.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/cases/command/command.hpp"
#include "engine/cases/decide/context.hpp"
#include "engine/cases/effect/effect.hpp"
#include "engine/cases/effect/wake.hpp"
#include "engine/cases/state/state.hpp"

namespace pintu::cases {

struct Accepted {
    std::vector<Event> events;  // `previous` is left to whoever encodes them
    std::vector<PersonalValue> personal;
    std::vector<Effect> effects;
    std::vector<Command> follow_ups;  // to other cases; their ids are functions of this command's
    std::optional<Wake> wake;
    std::vector<Incident> incidents;  // for operators
    std::vector<Error> notes;         // for whoever sent the report
    bool opened = false;              // a new case: its key is in `key`
    SubjectKey key;
    bool erased = false;  // destroy personal values and key
};

struct Rejected {
    std::string code;  // CS...; engine/messages
    std::vector<std::string> args;
    std::vector<std::string> allowed;  // events that this actor could do now
};

// Something that only the store or a plugin knows; ask them, add the answers to the context, decide
// again.
struct Needs {
    std::vector<Question> questions;
    std::vector<FactQuestion> facts;
    std::vector<std::string> names;  // of cases: tracking ids or case ids
};

using Decision = std::variant<Accepted, Rejected, Needs>;

// Where it is accepted `state` becomes what it is after the events; else it stays as it was.
Decision decide(State& state, const Command& command, const Context& context);

// Events that this actor could do now, in the workflow's order; then "approve" and "refuse" where
// one waits for this actor.
std::vector<std::string> allowed_events(const State& state, const Actor& actor,
                                        const Context& context);

}  // namespace pintu::cases
