#include "engine/calendar/duration.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace pintu::calendar {
namespace {

constexpr std::int32_t kMostCount = 100'000;

// Is a known to be at most b, for a of a finer unit than b?
bool at_most(const Duration& a, const Duration& b) {
    const auto days_of_b = a.unit == DurationUnit::hours ? std::int64_t{24} * b.count : b.count;
    return a.count <= days_of_b;
}

std::string_view take_word(std::string_view& text) {
    const auto end = std::min(text.find(' '), text.size());
    const auto word = text.substr(0, end);
    text.remove_prefix(std::min(text.find_first_not_of(' ', end), text.size()));
    return word;
}

std::optional<std::int32_t> read_count(std::string_view word) {
    if (word.empty() || word.size() > 6) return std::nullopt;
    std::int32_t count = 0;
    for (const char c : word) {
        if (c < '0' || c > '9') return std::nullopt;
        count = count * 10 + (c - '0');
    }
    return count <= kMostCount ? std::optional(count) : std::nullopt;
}

std::optional<DurationUnit> read_unit(std::string_view first, std::string_view second) {
    using enum DurationUnit;
    struct Name {
        std::string_view first, second;
        DurationUnit unit;
    };
    static constexpr std::array kNames = {Name{"working", "days", working_days},
                                          Name{"working", "day", working_days},
                                          Name{"hari", "kerja", working_days},
                                          Name{"days", "", days},
                                          Name{"day", "", days},
                                          Name{"hari", "", days},
                                          Name{"hours", "", hours},
                                          Name{"hour", "", hours},
                                          Name{"jam", "", hours}};
    for (const auto& name : kNames)
        if (name.first == first && name.second == second) return name.unit;
    return std::nullopt;
}

}  // namespace

std::partial_ordering compare(const Duration& a, const Duration& b) {
    if (a.unit == b.unit) return a.count <=> b.count;
    if (a.unit < b.unit)
        return at_most(a, b) ? std::partial_ordering::less : std::partial_ordering::unordered;
    return at_most(b, a) ? std::partial_ordering::greater : std::partial_ordering::unordered;
}

std::optional<Duration> parse_duration(std::string_view text) {
    const auto count = read_count(take_word(text));
    const auto first = take_word(text);
    const auto second = take_word(text);
    const auto unit = read_unit(first, second);
    if (!count || !unit || !text.empty()) return std::nullopt;
    return Duration{*count, *unit};
}

std::string to_string(const Duration& duration) {
    static constexpr std::array kNames = {" hour", " day", " working day"};
    auto text = std::to_string(duration.count) + kNames[static_cast<std::size_t>(duration.unit)];
    return duration.count == 1 ? text : text + "s";
}

}  // namespace pintu::calendar
