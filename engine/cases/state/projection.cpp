#include "engine/cases/state/projection.hpp"

#include <algorithm>

#include "engine/cases/state/state.hpp"

namespace pintu::cases {
namespace {

const char* status_of(calendar::ClockState::Phase phase) {
    using Phase = calendar::ClockState::Phase;
    switch (phase) {
        case Phase::idle:
        case Phase::running: return "running";
        case Phase::paused: return "paused";
        case Phase::stopped: return "ended";
    }
    return "ended";
}

ClockRow clock_row(const std::string& name, const calendar::ClockState& clock) {
    ClockRow row;
    row.clock = name;
    row.run = clock.run;
    row.status = status_of(clock.phase);
    row.due = calendar::due_of_clock(clock);
    const bool ended = clock.phase == calendar::ClockState::Phase::stopped;
    if (ended) row.due = clock.due;
    row.late = ended ? !clock.on_time : clock.has_fired(100, 0);
    for (const auto& fired : clock.fired) row.fired += 1 + fired.repeat;
    return row;
}

// Both are sorted by name.
Values values_of(const State& state) {
    Values values;
    values.reserve(state.fields.size() + state.decisions.size());
    auto field = state.fields.begin();
    for (const auto& [name, decision] : state.decisions) {
        if (decision.value == "unknown") continue;
        for (; field != state.fields.end() && field->first < name; ++field)
            values.emplace_back(field->first, field->second);
        if (field != state.fields.end() && field->first == name) ++field;
        values.emplace_back(name, decision.value);
    }
    for (; field != state.fields.end(); ++field) values.emplace_back(field->first, field->second);
    return values;
}

}  // namespace

void project(const State& state, CaseRow& row) {
    row.id = state.id;
    row.agency = state.agency;
    row.sequence = state.sequence;
    row.tracking_id = state.tracking_id;
    row.workflow = state.workflow;
    row.state = state.name;
    row.closed = state.closed;
    row.withdrawn = state.withdrawn;
    row.owner = state.owner;
    row.channel = state.channel;
    row.external_id = state.external_id;
    row.received_at = state.received_at;
    row.recorded_at = state.recorded_at;
    row.changed_at = state.changed_at;
    row.closed_at = state.closed_at;
    row.region = state.region;
    row.lat_udeg = state.lat_udeg;
    row.lon_udeg = state.lon_udeg;
    row.anonim = state.anonim;
    row.rahasia = state.rahasia;
    row.erased = state.erased;
    row.supporters = state.supporters;
    row.escalations = state.escalations;
    row.hops = state.hops;
    row.waits_for_approval = state.approval.has_value();
    row.values = values_of(state);
    row.clocks.clear();
    row.clocks.reserve(state.clocks.size());
    for (const auto& [name, clock] : state.clocks)
        if (!is_wait(name)) row.clocks.push_back(clock_row(name, clock));
}

CaseRow project(const State& state) {
    CaseRow row;
    project(state, row);
    return row;
}

}  // namespace pintu::cases
