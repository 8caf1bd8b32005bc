// Clock arithmetic, language.md section 5 (C1 to C12). Pure functions over a ClockState.
//
// Two halves. What a command may do to a clock gives a *record* (Started, Paused, ...): the fields
// that the event keeps. `apply` folds records into the state and needs no calendar: due dates are
// stored, never computed on reading. The calendar handed in is always the one in force now; what
// earlier ones counted is kept in DayMarks.
//
// A wait (`after`, `within`; C12) is a clock without a ladder that is never paused.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/instant.hpp"
#include "engine/calendar/calendar.hpp"
#include "engine/calendar/duration.hpp"

namespace pintu::calendar {

// Which dates were working days when a clock was computed, from `from` on: '1' or '0' each. They
// reach to the end of the ladder (at most kMost dates), so that a later calendar changes nothing
// before its date (C10) and an auditor needs no old calendar. One limit: dates past the end of the
// ladder of a clock that is long overdue have no mark; should such a clock get a longer length
// (C11), they go by the calendar in force then. Text: "2026-03-13:0001111", or "".
struct DayMarks {
    static constexpr std::int32_t kMost = 4'000;
    Date from;
    std::string marks;
    Date end() const { return next(from, static_cast<std::int32_t>(marks.size())); }
    bool operator==(const DayMarks&) const = default;
};
std::string to_string(const DayMarks& days);
std::optional<DayMarks> parse_day_marks(std::string_view text);

// One rung of a clock's ladder, as far as time is concerned. Rungs are known by their percent.
struct RungTimes {
    std::int32_t percent = 100;           // 1 to 100
    std::optional<Duration> again_every;  // C9
    std::int32_t at_most = 0;             // repeats
    bool operator==(const RungTimes&) const = default;
};
using Ladder = std::vector<RungTimes>;  // by percent

// The last firing of a rung in this run. repeat: 0 the rung itself; 1, 2, ... its repeats;
// at_most + 1: `then`.
struct FiredRung {
    std::int32_t percent = 100;
    std::int32_t repeat = 0;
    bool operator==(const FiredRung&) const = default;
};

struct Pause {
    Instant from;
    std::optional<Instant> to;  // absent: paused now
    bool operator==(const Pause&) const = default;
};

struct ClockState {
    enum class Phase { idle, running, paused, stopped };
    Phase phase = Phase::idle;
    std::int32_t run = 0;  // 1, 2, ... once started
    Instant started_at;
    Duration lasts;
    AgencyCode calendar;        // in force for it
    Instant due;                // the stored one; while paused it stands still, see due_of_clock
    std::vector<Pause> pauses;  // of this run, in order
    std::int64_t counted_at_pause = 0;   // C6
    Instant stopped_at;                  // of Phase::stopped
    bool on_time = true;                 // of Phase::stopped
    std::optional<Instant> reopened_at;  // last resumption after an end (C2)
    std::optional<Instant> moved_at;     // last change of length (C11)
    DayMarks days;
    std::vector<FiredRung> fired;  // by percent
    bool operator==(const ClockState&) const = default;

    bool runs() const { return phase == Phase::running; }
    // Has that firing happened in this run?
    bool has_fired(std::int32_t percent, std::int32_t repeat) const;
};

// The records. Fields as in the Clock* payloads of engine/cases/event/payload.hpp; `days` is what
// to_string(DayMarks) writes there.
struct Started {
    std::int32_t run = 1;
    Instant started_at;
    Duration lasts;
    AgencyCode calendar;
    Instant due;
    DayMarks days;
    bool operator==(const Started&) const = default;
};
struct Paused {
    std::int64_t counted = 0;  // days, or seconds of an hours clock, that have counted so far
    bool operator==(const Paused&) const = default;
};
struct Resumed {
    Instant due;
    DayMarks days;  // dates that were not known yet
    bool operator==(const Resumed&) const = default;
};
struct Recomputed {
    Duration lasts;
    AgencyCode calendar;
    Instant old_due;
    Instant due;
    DayMarks days;  // replaces the marks from its first date on
    bool operator==(const Recomputed&) const = default;
};
struct Fired {
    std::int32_t percent = 100;
    std::int32_t repeat = 0;
    bool operator==(const Fired&) const = default;
};
struct Stopped {
    bool on_time = true;
    bool operator==(const Stopped&) const = default;
};

// Folding. `at` is the event's time. Total: a record that does not fit the phase (which decide
// never makes) is folded as far as it makes sense, never asserted on, since histories are input.
void apply(ClockState& state, const Started& record);
void apply(ClockState& state, const Paused& record, Instant at);
void apply(ClockState& state, const Resumed& record, Instant at);
void apply(ClockState& state, const Recomputed& record, Instant at);
void apply(ClockState& state, const Fired& record);
void apply(ClockState& state, const Stopped& record, Instant at);

// Deciding. Each gives the record to keep, the state stays as it is.

// C1: a first run, or the next one (`again: restart`). started_at may lie before now (receipt,
// recorded late).
Started start(const ClockState& state, const Ladder& ladder, const Calendar& calendar,
              const Duration& lasts, Instant started_at);
// C6. Precondition: running.
Paused pause(const ClockState& state, const Calendar& calendar, Instant at);
// C6 from a pause, C2 after an end. Precondition: paused or stopped.
Resumed resume(const ClockState& state, const Ladder& ladder, const Calendar& calendar, Instant at);
// C2, C4. Precondition: running or paused.
Stopped stop(const ClockState& state, Instant at);
// C10: `calendar` is in force from the date of `at` on. Nothing where nothing moves: same calendar
// code, same dates ahead, same due. For running, paused and stopped clocks.
std::optional<Recomputed> change_calendar(const ClockState& state, const Ladder& ladder,
                                          const Calendar& calendar, Instant at);
// C11. Nothing where the length is the same, or where a due that has passed would not move later.
std::optional<Recomputed> change_length(const ClockState& state, const Ladder& ladder,
                                        const Calendar& calendar, const Duration& lasts,
                                        Instant at);

// Asking.

// The due in force: nothing while idle or paused (C6), except that a due which had passed stays.
std::optional<Instant> due_of_clock(const ClockState& state);
// C4: before the due instant; a paused clock is on time unless its due had passed before.
bool on_time(const ClockState& state, Instant at);
// Days (seconds of an hours clock) that have counted up to and with `at`.
std::int64_t counted(const ClockState& state, const Calendar& calendar, Instant at);

struct Firing {
    std::size_t rung = 0;  // index in the ladder
    std::int32_t percent = 100;
    std::int32_t repeat = 0;  // as in FiredRung
    Instant at;
    bool notifies = true;  // C8
    bool operator==(const Firing&) const = default;
};
// The earliest firing that has not happened; the clock's one timer. It may lie in the past: then it
// is due at once. Nothing unless the clock runs.
std::optional<Firing> next_firing(const ClockState& state, const Ladder& ladder,
                                  const Calendar& calendar);
// C8: after a start, a resumption or a move that was folded in: what is already past at `now` and
// must be recorded, in order of time; only the last of each rung notifies.
std::vector<Firing> already_past(const ClockState& state, const Ladder& ladder,
                                 const Calendar& calendar, Instant now);

// Each date from day 0 to the due date, or to `upto` while paused: counted or not, and why.
std::vector<DayWhy> explain(const ClockState& state, const Calendar& calendar, Instant upto);

// C12, and `pintu calendar due`: a clock that starts at `from` and is never paused.
struct Due {
    Instant due;
    Date due_date;  // the last day; of an hours clock the local date just before the due instant
    std::vector<DayWhy> days;  // from day 0 to due_date
    bool operator==(const Due&) const = default;
};
Due due_of(const Calendar& calendar, Instant from, const Duration& lasts);
// Only the instant.
Instant due_instant(const Calendar& calendar, Instant from, const Duration& lasts);
// The local date that ends with, or holds, a due instant.
Date due_date(const Calendar& calendar, Instant due);

}  // namespace pintu::calendar
