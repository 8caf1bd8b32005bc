#include "engine/cases/decide/turn.hpp"
#include "engine/replay/again.hpp"
#include "engine/workflow/model/clock_status.hpp"

namespace pintu::replay {
namespace {

using calendar::ClockState;
using calendar::Ladder;

// A clock of the workflow or a wait, as it stood before the event.
struct Clock {
    const ClockState& state;
    const workflow::ClockSpec* spec = nullptr;  // nullptr: a wait
    Ladder ladder;
    const calendar::Calendar& calendar;
};

const ClockState& state_of(const Past& past, const std::string& name) {
    static const ClockState kIdle;
    const auto found = past.state.clocks.find(name);
    return found == past.state.clocks.end() ? kIdle : found->second;
}

// C1: the agency's calendar until an owner is known.
const calendar::Calendar& calendar_of(const Past& past, const workflow::ClockSpec* spec) {
    const UnitId& owner = past.state.owner;
    const bool of_owner = spec != nullptr && spec->calendar_of_owner && !owner.empty();
    return past.current(of_owner ? cases::agency_of(owner) : past.state.agency).calendar;
}

std::optional<Clock> clock_of(const Past& past, const std::string& name) {
    const auto* flow = past.workflow();
    const auto* spec = flow == nullptr ? nullptr : flow->find_clock(name);
    if (spec == nullptr && !cases::is_wait(name)) return std::nullopt;
    Ladder ladder;
    if (spec != nullptr) {
        for (const auto& rung : spec->rungs) {
            ladder.push_back({rung.percent, rung.again_every, rung.at_most});
        }
    }
    return Clock{state_of(past, name), spec, std::move(ladder), calendar_of(past, spec)};
}

// What a wait lasts: "STATE.after" or "STATE.EVENT" of the state that the case is in.
std::optional<calendar::Duration> length_of_wait(const Past& past, const std::string& name) {
    const auto* state = past.workflow_state();
    if (state == nullptr) return std::nullopt;
    if (name == state->name + ".after" && state->after) return state->after->wait;
    for (const auto& event : state->on) {
        if (name == state->name + "." + event.name) return event.within;
    }
    return std::nullopt;
}

std::optional<calendar::Duration> length_of(const Past& past, const std::string& name,
                                            const workflow::ClockSpec* spec) {
    if (spec == nullptr) return length_of_wait(past, name);
    if (const auto* fixed = std::get_if<calendar::Duration>(&spec->lasts)) return *fixed;
    const auto decided = past.state.decisions.find(std::get<std::string>(spec->lasts));
    if (decided == past.state.decisions.end()) return std::nullopt;
    return calendar::parse_duration(decided->second.value);
}

}  // namespace

std::optional<cases::ClockStarted> again(const Past& past, const cases::ClockStarted& recorded) {
    const auto clock = clock_of(past, recorded.clock);
    if (!clock) return std::nullopt;
    const auto length = length_of(past, recorded.clock, clock->spec);
    if (!length) return std::nullopt;
    const bool at_receipt = clock->spec != nullptr && recorded.started_at == past.state.received_at;
    const Instant from = at_receipt ? past.state.received_at : past.event.at;
    const auto started =
        calendar::start(clock->state, clock->ladder, clock->calendar, *length, from);
    return cases::ClockStarted{recorded.clock,
                               started.run,
                               started.started_at,
                               calendar::to_string(started.lasts),
                               started.calendar,
                               started.due,
                               calendar::to_string(started.days)};
}

std::optional<cases::ClockPaused> again(const Past& past, const cases::ClockPaused& recorded) {
    const auto clock = clock_of(past, recorded.clock);
    if (!clock || !clock->state.runs()) return std::nullopt;
    const auto paused = calendar::pause(clock->state, clock->calendar, past.event.at);
    return cases::ClockPaused{recorded.clock, paused.counted};
}

std::optional<cases::ClockResumed> again(const Past& past, const cases::ClockResumed& recorded) {
    using Phase = ClockState::Phase;
    const auto clock = clock_of(past, recorded.clock);
    if (!clock || clock->state.runs() || clock->state.phase == Phase::idle) return std::nullopt;
    const auto resumed =
        calendar::resume(clock->state, clock->ladder, clock->calendar, past.event.at);
    return cases::ClockResumed{recorded.clock, resumed.due, calendar::to_string(resumed.days)};
}

std::optional<cases::ClockRecomputed> again(const Past& past,
                                            const cases::ClockRecomputed& recorded) {
    const auto clock = clock_of(past, recorded.clock);
    if (!clock || clock->state.phase == ClockState::Phase::idle) return std::nullopt;
    std::optional<calendar::Recomputed> moved;
    if (recorded.why == "calendar" || recorded.why == "owner") {
        moved =
            calendar::change_calendar(clock->state, clock->ladder, clock->calendar, past.event.at);
    } else {
        const auto length = length_of(past, recorded.clock, clock->spec);
        if (!length) return std::nullopt;
        moved = calendar::change_length(clock->state, clock->ladder, clock->calendar, *length,
                                        past.event.at);
    }
    cases::ClockRecomputed expected = recorded;
    expected.old_due = expected.due = clock->state.due;
    if (!moved) return expected;
    return cases::ClockRecomputed{
        recorded.clock, recorded.why, calendar::to_string(moved->lasts), moved->calendar,
        moved->old_due, moved->due,   calendar::to_string(moved->days)};
}

// Whom it reached is a matter of that day's people, not of the clock.
std::optional<cases::ClockFired> again(const Past& past, const cases::ClockFired& recorded) {
    const auto clock = clock_of(past, recorded.clock);
    if (!clock) return std::nullopt;
    const auto next = calendar::next_firing(clock->state, clock->ladder, clock->calendar);
    if (!next) return std::nullopt;
    cases::ClockFired fired = recorded;
    fired.run = clock->state.run;
    fired.percent = next->percent;
    fired.repeat = next->repeat;
    fired.due = next->at;
    return fired;
}

std::optional<cases::ClockStopped> again(const Past& past, const cases::ClockStopped& recorded) {
    const auto& clock = state_of(past, recorded.clock);
    using Phase = ClockState::Phase;
    if (clock.phase != Phase::running && clock.phase != Phase::paused) return std::nullopt;
    return cases::ClockStopped{recorded.clock, calendar::stop(clock, past.event.at).on_time};
}

}  // namespace pintu::replay
