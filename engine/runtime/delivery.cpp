#include "engine/runtime/delivery.hpp"

#include <algorithm>
#include <string>

#include "engine/base/hash.hpp"

namespace pintu::runtime {
namespace {

constexpr std::int64_t kMostRetrySeconds = 3600;
constexpr std::uint32_t kLeastAttempts = 5;
constexpr std::int32_t kMinutesOfDay = 24 * 60;

// "HH:MM"
std::optional<std::int32_t> minute_of(std::string_view text) {
    const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
    if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4))
        return std::nullopt;
    const std::int32_t hour = (text[0] - '0') * 10 + text[1] - '0';
    const std::int32_t minute = (text[3] - '0') * 10 + text[4] - '0';
    if (hour > 23 || minute > 59) return std::nullopt;
    return hour * 60 + minute;
}

// 0 to 9,999
std::int64_t lot(const EffectKey& key, std::uint32_t attempts) {
    const Digest digest = sha256({"pintu retry 1\n", key.value, "\n", std::to_string(attempts)});
    return ((digest[0] << 16U) | (digest[1] << 8U) | digest[2]) % 10'000;
}

}  // namespace

std::optional<QuietHours> parse_quiet_hours(std::string_view text) {
    constexpr std::size_t kHalf = 5;
    if (text.size() != 2 * kHalf + 1 || text[kHalf] != '-') return std::nullopt;
    const auto from = minute_of(text.substr(0, kHalf));
    const auto until = minute_of(text.substr(kHalf + 1));
    if (!from || !until || *from == *until) return std::nullopt;
    return QuietHours{*from, *until};
}

std::optional<Instant> quiet_until(const QuietHours& hours, const calendar::Zone& zone,
                                   Instant now) {
    const std::int32_t minute = zone.minute(now);
    const bool over_midnight = hours.until_minute < hours.from_minute;
    const bool within = over_midnight ? minute >= hours.from_minute || minute < hours.until_minute
                                      : minute >= hours.from_minute && minute < hours.until_minute;
    if (!within) return std::nullopt;
    const bool tomorrow = over_midnight && minute >= hours.from_minute;
    const Date day = next(zone.date(now), tomorrow ? 1 : 0);
    return zone.instant(day, std::min(hours.until_minute, kMinutesOfDay));
}

Instant retry_at(const EffectKey& key, Instant now, std::int64_t first_s, std::uint32_t attempts,
                 std::int64_t jitter_percent) {
    std::int64_t wait = std::max<std::int64_t>(first_s, 1);
    for (std::uint32_t i = 0; i < attempts && wait < kMostRetrySeconds; ++i) wait *= 2;
    wait = std::min(wait, kMostRetrySeconds);
    const std::int64_t more =
        wait * kMicrosPerSecond / 100 * jitter_percent / 10'000 * lot(key, attempts);
    return {plus_seconds(now, wait).micros + more};
}

bool is_given_up(const Patience& patience, std::uint32_t attempts, Instant decided, Instant now) {
    if (attempts >= patience.most_attempts) return true;
    return attempts >= kLeastAttempts && now > plus_seconds(decided, patience.most_age_s);
}

}  // namespace pintu::runtime
