#include <algorithm>

#include "engine/calendar/clock.hpp"

namespace pintu::calendar {

std::string to_string(const DayMarks& days) {
    return days.marks.empty() ? "" : to_string(days.from) + ":" + days.marks;
}

std::optional<DayMarks> parse_day_marks(std::string_view text) {
    if (text.empty()) return DayMarks{};
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto from = parse_date(text.substr(0, colon));
    const auto marks = text.substr(colon + 1);
    const bool clean = marks.find_first_not_of("01") == std::string_view::npos;
    if (!from || !clean || marks.empty() || marks.size() > DayMarks::kMost) return std::nullopt;
    return DayMarks{*from, std::string(marks)};
}

}  // namespace pintu::calendar
