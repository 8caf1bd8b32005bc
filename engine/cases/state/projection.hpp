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
    template <class V, class Self>
    static void fields(V& v, Self& s) {
        v("clock", s.clock);
        v("run", s.run);
        v("status", s.status);
        v("due", s.due);
        v("late", s.late);
        v("fired", s.fired);
    }
};

struct CaseRow {
    CaseId id;
    AgencyCode agency;
    std::uint32_t sequence = 0;  // of the case's last event
    TrackingId tracking_id;
    std::string workflow;
    std::string state;
    bool closed = false;     // in a final state, merged or transferred
    bool withdrawn = false;  // R7: the reporter took it back, or never answered
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
    // Names are those of stores' columns.
    template <class V, class Self>
    static void fields(V& v, Self& s) {
        v("agency", s.agency);
        v("case_id", s.id);
        v("sequence", s.sequence);
        v("tracking_id", s.tracking_id);
        v("workflow", s.workflow);
        v("state", s.state);
        v("closed", s.closed);
        v("withdrawn", s.withdrawn);
        v("owner", s.owner);
        v("channel", s.channel);
        v("external_id", s.external_id);
        v("received_at", s.received_at);
        v("recorded_at", s.recorded_at);
        v("changed_at", s.changed_at);
        v("closed_at", s.closed_at);
        v("region", s.region);
        v("lat_udeg", s.lat_udeg);
        v("lon_udeg", s.lon_udeg);
        v("anonim", s.anonim);
        v("rahasia", s.rahasia);
        v("erased", s.erased);
        v("supporters", s.supporters);
        v("escalations", s.escalations);
        v("hops", s.hops);
        v("waits_for_approval", s.waits_for_approval);
        v("value_list", s.values);
        v("clock_list", s.clocks);
    }
};

CaseRow project(const State& state);
// The same, over what stood in `row`.
void project(const State& state, CaseRow& row);

}  // namespace pintu::cases
