// When a message may go, and when it is given up.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/base/ids.hpp"
#include "engine/base/instant.hpp"
#include "engine/calendar/zone.hpp"

namespace pintu::runtime {

// Of each day, in the agency's zone; `until` before `from`: over midnight. Minutes of the day.
struct QuietHours {
    std::int32_t from_minute = 0;
    std::int32_t until_minute = 0;
    bool operator==(const QuietHours&) const = default;
};
// "21:00-06:00"; nothing for another text, or where both are the same.
std::optional<QuietHours> parse_quiet_hours(std::string_view text);
// The moment at which they are over, where `now` is within them.
std::optional<Instant> quiet_until(const QuietHours& hours, const calendar::Zone& zone,
                                   Instant now);

// Twice as long after each attempt, an hour at most, and up to so many percent longer, by the key:
// what failed together is not tried again together. The same key and attempt give the same time.
Instant retry_at(const EffectKey& key, Instant now, std::int64_t first_s, std::uint32_t attempts,
                 std::int64_t jitter_percent);

// How often and how long it is tried. An old one that was asked for again still has some attempts.
struct Patience {
    std::uint32_t most_attempts = 80;
    std::int64_t most_age_s = 3 * kSecondsPerDay;
};
bool is_given_up(const Patience& patience, std::uint32_t attempts, Instant decided, Instant now);

}  // namespace pintu::runtime
