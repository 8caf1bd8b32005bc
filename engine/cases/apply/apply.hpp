// The only thing that changes a case. No context: replay needs no clock, no rules, no plugin.
#pragma once

#include <vector>

#include "engine/cases/event/event.hpp"
#include "engine/cases/state/state.hpp"

namespace pintu::cases {

// Precondition: the event's sequence follows the state's.
void apply(State& state, const Event& event);

State fold(const std::vector<Event>& events);

// Waits end with the state that they belong to.
void drop_waits(State& state);

// One for each event, each in a file of its own.
void apply(State& state, const Event& event, const Received& received);
void apply(State& state, const Event& event, const FactRecorded& fact);
void apply(State& state, const Event& event, const Decided& decided);
void apply(State& state, const Event& event, const Transitioned& transitioned);
void apply(State& state, const Event& event, const ApprovalAsked& asked);
void apply(State& state, const Event& event, const ApprovalRefused& refused);
void apply(State& state, const Event& event, const Assigned& assigned);
void apply(State& state, const Event& event, const ClockStarted& started);
void apply(State& state, const Event& event, const ClockPaused& paused);
void apply(State& state, const Event& event, const ClockResumed& resumed);
void apply(State& state, const Event& event, const ClockRecomputed& recomputed);
void apply(State& state, const Event& event, const ClockFired& fired);
void apply(State& state, const Event& event, const ClockStopped& stopped);
void apply(State& state, const Event& event, const EvidenceAdded& added);
void apply(State& state, const Event& event, const Commented& commented);
void apply(State& state, const Event& event, const Linked& linked);
void apply(State& state, const Event& event, const Merged& merged);
void apply(State& state, const Event& event, const PrivacyChanged& changed);
void apply(State& state, const Event& event, const Corrected& corrected);
void apply(State& state, const Event& event, const Transferred& transferred);
void apply(State& state, const Event& event, const EffectRequested& requested);
void apply(State& state, const Event& event, const EffectDone& done);
void apply(State& state, const Event& event, const EffectFailed& failed);
void apply(State& state, const Event& event, const Rated& rated);
void apply(State& state, const Event& event, const Migrated& migrated);
void apply(State& state, const Event& event, const Erased& erased);
void apply(State& state, const Event& event, const PersonalRead& read);

}  // namespace pintu::cases
