// A case as lists, boards and reports show it: one row, a pure function of the state, so that a row
// that somebody edited is found by computing it again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/instant.hpp"
#include "engine/cases/event/payload.hpp"

namespace pintu::cases {

struct State;

struct ClockRow {
    std::string clock;
    std::int32_t run = 1;
    std::string status;  // "running" | "paused" | "ended"
    std::optional<Instant> due;
    bool late = false;       // ended or running past its due (of a running one: 100 % has fired)
    std::int32_t fired = 0;  // rungs and repeats that fired in this run
    bool operator==(const ClockRow&) const = default;
};

struct CaseRow {
    CaseId id;
    AgencyCode agency;
    std::uint32_t sequence = 0;  // of the case's last event
    TrackingId tracking_id;
    std::string workflow;
    std::string state;
    bool closed = false;     // in a final state, merged or transferred
    bool withdrawn = false;  // R7: closed by the reporter before any answer was published
    UnitId owner;            // empty until one is decided: the front desk's then
    std::string channel;
    std::string external_id;
    Instant received_at;
    Instant recorded_at;
    Instant changed_at;  // last event
    std::optional<Instant> closed_at;
    std::string region;
    std::optional<std::int32_t> lat_udeg;
    std::optional<std::int32_t> lon_udeg;
    bool anonim = false;
    bool rahasia = false;
    bool erased = false;
    std::int32_t supporters = 0;   // other reports of the same thing
    std::int32_t escalations = 0;  // rungs that escalated and notified
    std::int32_t hops = 0;
    bool waits_for_approval = false;
    Values values;  // known fields and decided values by name; a decision hides a field
    std::vector<ClockRow> clocks;  // of the workflow's clocks; the last run of each
    bool operator==(const CaseRow&) const = default;
};

CaseRow project(const State& state);

}  // namespace pintu::cases
