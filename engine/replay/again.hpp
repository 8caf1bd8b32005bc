// What an event should have been: worked out from the state before it and the definitions of that
// moment. One function for each kind of event that follows from something.
#pragma once

#include <optional>

#include "engine/cases/event/event.hpp"
#include "engine/cases/state/state.hpp"
#include "engine/replay/archive.hpp"

namespace pintu::replay {

struct Past {
    const cases::State& state;  // before the event
    const cases::Event& event;
    const Definitions& definitions;

    const workflow::Workflow* workflow() const;     // nullptr where there is none
    const workflow::State* workflow_state() const;  // that the case is in
    const rules::Ruleset* ruleset() const;          // in force at receipt (L8)
    const bundle::Bundle& current(const AgencyCode& agency) const;
};

// Nothing: the event follows from nothing that could be worked out (somebody did it, or the
// definitions do not know it any more).
std::optional<cases::Decided> again(const Past& past, const cases::Decided& recorded);
std::optional<cases::Transitioned> again(const Past& past, const cases::Transitioned& recorded);
std::optional<cases::Assigned> again(const Past& past, const cases::Assigned& recorded);
std::optional<cases::ClockStarted> again(const Past& past, const cases::ClockStarted& recorded);
std::optional<cases::ClockPaused> again(const Past& past, const cases::ClockPaused& recorded);
std::optional<cases::ClockResumed> again(const Past& past, const cases::ClockResumed& recorded);
std::optional<cases::ClockRecomputed> again(const Past& past,
                                            const cases::ClockRecomputed& recorded);
std::optional<cases::ClockFired> again(const Past& past, const cases::ClockFired& recorded);
std::optional<cases::ClockStopped> again(const Past& past, const cases::ClockStopped& recorded);

}  // namespace pintu::replay
