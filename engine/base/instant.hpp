// Moments and civil dates. An Instant is UTC; zones live in engine/calendar.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pintu {

// Microseconds since 1970-01-01T00:00:00Z, leap seconds ignored (POSIX).
struct Instant {
    std::int64_t micros = 0;
    auto operator<=>(const Instant&) const = default;
};

constexpr std::int64_t kMicrosPerSecond = 1'000'000;
constexpr std::int64_t kSecondsPerDay = 86'400;

constexpr Instant plus_seconds(Instant at, std::int64_t seconds) {
    return {at.micros + seconds * kMicrosPerSecond};
}

// A day of the proleptic Gregorian calendar, as days since 1970-01-01.
struct Date {
    std::int32_t days = 0;
    auto operator<=>(const Date&) const = default;
};

struct YearMonthDay {
    std::int32_t year;
    std::int32_t month;  // 1 to 12
    std::int32_t day;    // 1 to 31
    bool operator==(const YearMonthDay&) const = default;
};

enum class Weekday { monday, tuesday, wednesday, thursday, friday, saturday, sunday };

constexpr Date next(Date date, std::int32_t days = 1) {
    return {date.days + days};
}
YearMonthDay year_month_day(Date date);
// Nothing where no such day exists (2026-02-30).
std::optional<Date> make_date(std::int32_t year, std::int32_t month, std::int32_t day);
Weekday weekday(Date date);

// "2026-03-13"; nothing where the text has another shape or the day does not exist.
std::optional<Date> parse_date(std::string_view text);
std::string to_string(Date date);

// RFC 3339 with an offset or Z, up to microseconds: "2026-03-13T09:30:00+08:00".
std::optional<Instant> parse_instant(std::string_view text);
// RFC 3339 at the given offset from UTC in seconds; fractions only where there are any.
std::string to_string(Instant at, std::int32_t offset_s = 0);

}  // namespace pintu
