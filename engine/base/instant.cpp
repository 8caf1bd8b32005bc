#include "engine/base/instant.hpp"

#include <array>
#include <charconv>
#include <cstdio>

namespace pintu {
namespace {

bool number(std::string_view text, std::size_t at, std::size_t digits, std::int32_t& out) {
    if (at + digits > text.size()) return false;
    out = 0;
    for (const char c : text.substr(at, digits)) {
        if (c < '0' || c > '9') return false;
        out = out * 10 + (c - '0');
    }
    return true;
}

// Reads ".123456" at `at`; moves `at` past it. False where a dot has no digit after it.
bool fraction(std::string_view text, std::size_t& at, std::int64_t& micros) {
    micros = 0;
    if (at >= text.size() || text[at] != '.') return true;
    std::int64_t unit = kMicrosPerSecond / 10;
    const std::size_t first = ++at;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, unit /= 10)
        micros += (text[at] - '0') * unit;
    return at > first;
}

// Reads "Z" or "+08:00" at `at`, which must end the text.
std::optional<std::int32_t> offset_seconds(std::string_view text, std::size_t at) {
    if (at + 1 == text.size() && (text[at] == 'Z' || text[at] == 'z')) return 0;
    std::int32_t hours = 0;
    std::int32_t minutes = 0;
    if (at + 6 != text.size() || (text[at] != '+' && text[at] != '-') || text[at + 3] != ':' ||
        !number(text, at + 1, 2, hours) || !number(text, at + 4, 2, minutes) || hours > 18 ||
        minutes > 59)
        return std::nullopt;
    const std::int32_t seconds = hours * 3600 + minutes * 60;
    return text[at] == '-' ? -seconds : seconds;
}

}  // namespace

// Both directions: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
YearMonthDay year_month_day(Date date) {
    const std::int32_t z = date.days + 719468;
    const std::int32_t era = (z >= 0 ? z : z - 146096) / 146097;
    const std::int32_t doe = z - era * 146097;
    const std::int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    const std::int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    const std::int32_t mp = (5 * doy + 2) / 153;
    const std::int32_t month = mp < 10 ? mp + 3 : mp - 9;
    return {yoe + era * 400 + (month <= 2 ? 1 : 0), month, doy - (153 * mp + 2) / 5 + 1};
}

std::optional<Date> make_date(std::int32_t year, std::int32_t month, std::int32_t day) {
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31)
        return std::nullopt;
    const std::int32_t y = year - (month <= 2 ? 1 : 0);
    const std::int32_t era = (y >= 0 ? y : y - 399) / 400;
    const std::int32_t yoe = y - era * 400;
    const std::int32_t doy = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    const std::int32_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    const Date date{era * 146097 + doe - 719468};
    if (year_month_day(date) != YearMonthDay{year, month, day}) return std::nullopt;
    return date;
}

Weekday weekday(Date date) {
    const std::int32_t since_monday = (date.days + 3) % 7;  // 1970-01-01 was a Thursday
    return static_cast<Weekday>(since_monday < 0 ? since_monday + 7 : since_monday);
}

std::optional<Date> parse_date(std::string_view text) {
    std::int32_t year = 0;
    std::int32_t month = 0;
    std::int32_t day = 0;
    if (text.size() != 10 || text[4] != '-' || text[7] != '-' || !number(text, 0, 4, year) ||
        !number(text, 5, 2, month) || !number(text, 8, 2, day))
        return std::nullopt;
    return make_date(year, month, day);
}

std::string to_string(Date date) {
    const auto [year, month, day] = year_month_day(date);
    std::array<char, 32> out{};
    std::snprintf(out.data(), out.size(), "%04d-%02d-%02d", year, month, day);
    return out.data();
}

std::optional<Instant> parse_instant(std::string_view text) {
    if (text.size() < 20 || (text[10] != 'T' && text[10] != 't' && text[10] != ' '))
        return std::nullopt;
    const auto date = parse_date(text.substr(0, 10));
    std::int32_t hour = 0;
    std::int32_t minute = 0;
    std::int32_t second = 0;
    if (!date || text[13] != ':' || text[16] != ':' || !number(text, 11, 2, hour) ||
        !number(text, 14, 2, minute) || !number(text, 17, 2, second) || hour > 23 || minute > 59 ||
        second > 59)
        return std::nullopt;
    std::size_t at = 19;
    std::int64_t micros = 0;
    if (!fraction(text, at, micros)) return std::nullopt;
    const auto offset = offset_seconds(text, at);
    if (!offset) return std::nullopt;
    const std::int64_t seconds =
        date->days * kSecondsPerDay + hour * 3600 + minute * 60 + second - *offset;
    return Instant{seconds * kMicrosPerSecond + micros};
}

std::string to_string(Instant at, std::int32_t offset_s) {
    const std::int64_t local = at.micros + offset_s * kMicrosPerSecond;
    std::int64_t micros = local % kMicrosPerSecond;
    if (micros < 0) micros += kMicrosPerSecond;
    const std::int64_t seconds = (local - micros) / kMicrosPerSecond;
    std::int64_t second_of_day = seconds % kSecondsPerDay;
    if (second_of_day < 0) second_of_day += kSecondsPerDay;
    const Date date{static_cast<std::int32_t>((seconds - second_of_day) / kSecondsPerDay)};
    std::array<char, 48> out{};
    std::snprintf(out.data(), out.size(), "T%02d:%02d:%02d", static_cast<int>(second_of_day / 3600),
                  static_cast<int>(second_of_day / 60 % 60), static_cast<int>(second_of_day % 60));
    std::string text = to_string(date) + out.data();
    if (micros != 0) {
        std::snprintf(out.data(), out.size(), ".%06d", static_cast<int>(micros));
        text += out.data();
    }
    if (offset_s == 0) return text + "Z";
    const int minutes = (offset_s < 0 ? -offset_s : offset_s) / 60;
    std::snprintf(out.data(), out.size(), "%c%02d:%02d", offset_s < 0 ? '-' : '+', minutes / 60,
                  minutes % 60);
    return text + out.data();
}

}  // namespace pintu
