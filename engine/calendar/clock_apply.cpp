// Folding: no calendar, no clock, no I/O.
#include <algorithm>

#include "engine/calendar/clock.hpp"

namespace pintu::calendar {
namespace {

using Phase = ClockState::Phase;

// From its first date on `later` replaces what is there. Marks that leave a gap are left out: then
// the calendar in force answers for those dates.
void extend(DayMarks& days, const DayMarks& later) {
    if (later.marks.empty()) return;
    if (days.marks.empty() || later.from <= days.from) {
        days = later;
        return;
    }
    if (later.from > days.end()) return;
    days.marks.resize(static_cast<std::size_t>(later.from.days - days.from.days));
    days.marks += later.marks;
}

void close_pause(ClockState& state, Instant at) {
    if (!state.pauses.empty() && !state.pauses.back().to) state.pauses.back().to = at;
}

// C8: a move to a future due re-arms 100 % and its repeats.
void move_due(ClockState& state, Instant due, Instant at) {
    state.due = due;
    if (due > at) std::erase_if(state.fired, [](const FiredRung& f) { return f.percent == 100; });
}

}  // namespace

bool ClockState::has_fired(std::int32_t percent, std::int32_t repeat) const {
    return std::any_of(fired.begin(), fired.end(), [&](const FiredRung& f) {
        return f.percent == percent && f.repeat >= repeat;
    });
}

void apply(ClockState& state, const Started& record) {
    state = ClockState{};
    state.phase = Phase::running;
    state.run = record.run;
    state.started_at = record.started_at;
    state.lasts = record.lasts;
    state.calendar = record.calendar;
    state.due = record.due;
    state.days = record.days;
}

void apply(ClockState& state, const Paused& record, Instant at) {
    if (state.phase == Phase::paused) return;
    state.phase = Phase::paused;
    state.pauses.push_back({at, std::nullopt});
    state.counted_at_pause = record.counted;
}

void apply(ClockState& state, const Resumed& record, Instant at) {
    if (state.phase == Phase::stopped) state.reopened_at = at;
    close_pause(state, at);
    state.phase = Phase::running;
    extend(state.days, record.days);
    move_due(state, record.due, at);
}

void apply(ClockState& state, const Recomputed& record, Instant at) {
    if (record.lasts != state.lasts) state.moved_at = at;
    state.lasts = record.lasts;
    state.calendar = record.calendar;
    extend(state.days, record.days);
    move_due(state, record.due, at);
}

void apply(ClockState& state, const Fired& record) {
    const auto later = std::find_if(state.fired.begin(), state.fired.end(),
                                    [&](const auto& f) { return f.percent >= record.percent; });
    if (later != state.fired.end() && later->percent == record.percent)
        later->repeat = std::max(later->repeat, record.repeat);
    else
        state.fired.insert(later, {record.percent, record.repeat});
}

void apply(ClockState& state, const Stopped& record, Instant at) {
    close_pause(state, at);
    state.phase = Phase::stopped;
    state.stopped_at = at;
    state.on_time = record.on_time;
}

}  // namespace pintu::calendar
