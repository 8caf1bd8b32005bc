// What a case is now: the fold of its events and nothing else. Only apply/ writes it.
//
// Ten thousands of cases do not fit the processor's caches: what is kept of each decides what a
// command on it takes. So texts that repeat are not kept twice, and what only the first event says
// stands apart: whoever wants a case back as it was a moment ago needs no copy of that.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/instant.hpp"
#include "engine/base/small_map.hpp"
#include "engine/calendar/clock.hpp"
#include "engine/cases/event/event.hpp"

namespace pintu::cases {

struct DecisionState {
    std::string value;       // "unknown" where there is none
    std::string status;      // Decided::status
    bool by_person = false;  // R18: stays until decided explicitly
    bool operator==(const DecisionState&) const = default;
};

struct FactState {
    std::string definition;
    std::string value;
    bool assumed = false;
    bool operator==(const FactState&) const = default;
};

// An event that waits for its second person.
struct PendingApproval {
    std::string name;
    Values answers;
    std::vector<std::pair<std::string, Sealed>> texts;
    Actor asked_by;
    bool operator==(const PendingApproval&) const = default;
};

// An event that led out of a state, however often.
struct Step {
    std::string state;
    std::string event;  // Transitioned::name
    std::int32_t times = 0;
    std::optional<PersonId> by;  // the last person who did it
    std::uint32_t by_event = 0;  // the sequence of that
    bool operator==(const Step&) const = default;
};

// A clock's name that stands for a wait: "state.after".
inline bool is_wait(const std::string& clock) {
    return clock.find('.') != std::string::npos;
}

// What the first event says once and for all.
struct Receipt {
    CaseId id;
    AgencyCode agency;
    TrackingId tracking_id;
    std::string workflow;
    std::string channel;
    std::string external_id;
    Instant received_at;
    Instant recorded_at;
    std::string region;
    std::optional<std::int32_t> lat_udeg;
    std::optional<std::int32_t> lon_udeg;
    std::int32_t hops = 0;
    std::optional<CaseId> transferred_from;
    SmallMap<std::string, std::string> probes;
    bool operator==(const Receipt&) const = default;
};

// What later events change.
struct Progress {
    std::uint32_t sequence = 0;  // of the last event; 0: no case yet
    Instant changed_at;
    std::optional<Instant> closed_at;
    BundleHash pinned;   // of the last event
    BundleHash current;  // of the last event
    bool anonim = false;
    bool rahasia = false;

    SmallMap<std::string, std::string> fields;  // known schema fields, and answers that are no text
    SmallMap<std::string, FactState> facts;
    SmallMap<std::string, DecisionState> decisions;

    std::string name;  // of the state it is in; "" before the first
    Instant entered_at;
    bool closed = false;
    bool published = false;  // an answer was published
    bool withdrawn = false;  // R7
    bool erased = false;
    UnitId owner;                     // empty: nobody yet (the front desk then)
    std::vector<UnitId> past_owners;  // in order, without repeats
    std::vector<Step> steps;          // in the order in which each was first taken
    std::optional<PendingApproval> approval;

    // The workflow's clocks by name, and waits (C12): "state.after" and "state.event" for `within`.
    SmallMap<std::string, calendar::ClockState> clocks;

    SmallSet<std::string> evidence;                     // kinds that were added
    std::vector<std::pair<CaseId, std::string>> links;  // other case, relation
    std::optional<CaseId> merged_into;
    std::int32_t supporters = 0;
    std::int32_t escalations = 0;
    std::optional<std::int32_t> stars;
    SmallSet<EffectKey> unsettled;  // effects asked for and neither done nor failed
    std::uint32_t effects = 0;      // asked for so far

    bool operator==(const Progress&) const = default;
};

struct State : Receipt, Progress {
    bool operator==(const State&) const = default;
};

// How often that event led out of that state.
std::int32_t times_taken(const State& state, std::string_view from, std::string_view event);
// The person who last led out of that state; nullptr: nobody did.
const PersonId* left_by(const State& state, std::string_view from);

}  // namespace pintu::cases
