// A clock of a case as its events left it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/instant.hpp"

namespace pintu::cases {

struct ClockState {
    enum class Status { running, paused, ended };
    struct Span {
        Instant from;
        std::optional<Instant> until;  // nothing: still
        bool operator==(const Span&) const = default;
    };
    struct Fired {
        std::int32_t percent = 0;
        std::int32_t repeat = 0;
        bool operator==(const Fired&) const = default;
    };
    // C10: from this date on the days of this calendar count.
    struct CalendarFrom {
        Date from;
        AgencyCode calendar;
        bool operator==(const CalendarFrom&) const = default;
    };

    std::int32_t run = 1;
    Status status = Status::running;
    Instant started_at;
    std::string lasts;  // "14 working days"
    AgencyCode calendar;
    std::optional<Instant> due;  // nothing while paused
    Instant last_due;            // the latest due that there was
    std::vector<Span> pauses;    // C6: they do not count; ended time does (C2)
    std::vector<Fired> fired;    // of this run
    bool late = false;           // C4: it ended past its due, or 100 % fired
    std::int64_t counted = 0;    // at the last pause
    bool operator==(const ClockState&) const = default;
};

}  // namespace pintu::cases
