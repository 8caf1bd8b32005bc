// One agency's working days: which dates count, and why. Holidays are decree data, never computed
// (domain.md section 8). A value; the zone is shared because it never changes.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/instant.hpp"
#include "engine/calendar/zone.hpp"

namespace pintu::calendar {

struct Holiday {
    std::string name;    // "Nyepi"
    std::string source;  // "SKB 2025"
    std::string kind;    // "nasional", "cuti_bersama", "daerah"
    bool operator==(const Holiday&) const = default;
};

// Why a date counts or not.
enum class Reason {
    working_day,
    provisional,     // a working day so far, of a year without a decree
    closed_weekday,  // "Saturday"
    holiday,
    worked_holiday,  // of a kind that counts here
    every_day,       // C5: of a clock in days, every date counts
    every_hour,      // C5: of a clock in hours
    day_zero,        // C1
    paused,          // C3: the clock did not run at any moment of it
    before,          // counted, or not, by a calendar that was in force before (C10)
};

// One date of an explanation. `words` of the code and args are in engine/messages (CA1xx):
// `messages::render(day.code(), day.args(), language).message`.
struct DayWhy {
    Date date;
    bool counted = false;
    Reason reason = Reason::working_day;
    std::optional<Holiday> holiday;  // of Reason::holiday and worked_holiday
    bool operator==(const DayWhy&) const = default;
    std::string code() const;
    std::vector<std::string> args() const;
};

class Calendar {
  public:
    struct Parts {
        AgencyCode agency;
        std::shared_ptr<const Zone> zone = std::make_shared<const Zone>();
        std::int32_t opens_minute = 0;  // minute of the local day, 0 to 1439
        std::set<Weekday> closed;       // at most six
        std::map<Date, Holiday> holidays;
        std::set<std::int32_t> provisional;   // years without a decree yet
        std::set<std::string> working_kinds;  // holidays of these kinds count all the same
    };
    Calendar() = default;  // UTC, every day counts
    // Precondition: a zone, and at least one weekday open.
    explicit Calendar(Parts parts);

    const AgencyCode& agency() const { return parts_.agency; }
    const Zone& zone() const { return *parts_.zone; }
    std::int32_t opens_minute() const { return parts_.opens_minute; }
    const Parts& parts() const { return parts_; }

    // Is it a working day?
    bool counts(Date date) const;
    // Working days of (after, upto]; 0 where upto <= after. Constant time but for the holidays'
    // binary search.
    std::int64_t count(Date after, Date upto) const;
    // The n-th working day after `date`, n >= 1.
    Date nth_after(Date date, std::int64_t n) const;
    // counted and reason as of the calendar alone.
    DayWhy why(Date date) const;
    // A year that is listed as provisional, or of which no holiday is known.
    bool provisional(Date date) const;
    // The same dates count, at the same hours; names and sources may differ.
    bool same_days(const Calendar& other) const;

  private:
    std::int64_t open_weekdays(Date date) const;
    Date open_weekday(std::int64_t number) const;
    std::int64_t lost(Date after, Date upto) const;

    Parts parts_;
    std::array<bool, 7> open_{true, true, true, true, true, true, true};
    std::int32_t open_per_week_ = 7;
    std::vector<Date> lost_;  // holidays on open weekdays, by date
};

}  // namespace pintu::calendar
