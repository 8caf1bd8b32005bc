// Lengths of time as people write them: "5 working days", "72 hours", "30 days".
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pintu::calendar {

enum class DurationUnit { hours, days, working_days };

struct Duration {
    std::int32_t count = 0;  // 0 to 100,000
    DurationUnit unit = DurationUnit::working_days;
    bool operator==(const Duration&) const = default;
};

// language.md R11: within one unit by count; h hours <= d days if h <= 24 d; d days <= n working
// days if d <= n; h hours <= n working days if h <= 24 n; equal only within one unit; else
// unordered.
std::partial_ordering compare(const Duration& a, const Duration& b);

// "5 working days", "5 hari kerja", "72 hours", "72 jam", "30 days", "30 hari"; one space or more
// between words; singular forms too.
std::optional<Duration> parse_duration(std::string_view text);
// English, as definitions and JSON show it: "5 working days", "1 working day".
std::string to_string(const Duration& duration);

}  // namespace pintu::calendar
