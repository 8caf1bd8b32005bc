#include "engine/calendar/calendar.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace pintu::calendar {
namespace {

constexpr std::int32_t kDaysFromMonday = 3;  // 1970-01-01 was a Thursday

constexpr std::int64_t floor_div(std::int64_t a, std::int64_t b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

}  // namespace

Calendar::Calendar(Parts parts) : parts_(std::move(parts)) {
    assert(parts_.zone && parts_.closed.size() < 7);
    for (const auto day : parts_.closed) open_[static_cast<std::size_t>(day)] = false;
    open_per_week_ = 7 - static_cast<std::int32_t>(parts_.closed.size());
    for (const auto& [date, holiday] : parts_.holidays)
        if (open_[static_cast<std::size_t>(weekday(date))] &&
            !parts_.working_kinds.contains(holiday.kind))
            lost_.push_back(date);
}

bool Calendar::counts(Date date) const {
    return open_[static_cast<std::size_t>(weekday(date))] &&
           !std::binary_search(lost_.begin(), lost_.end(), date);
}

std::int64_t Calendar::lost(Date after, Date upto) const {
    return std::upper_bound(lost_.begin(), lost_.end(), upto) -
           std::upper_bound(lost_.begin(), lost_.end(), after);
}

// Open weekdays from a fixed Monday to `date`, both included; negative before it.
std::int64_t Calendar::open_weekdays(Date date) const {
    const auto days = std::int64_t{date.days} + kDaysFromMonday;
    const auto weeks = floor_div(days, 7);
    const auto last = static_cast<std::ptrdiff_t>(days - weeks * 7);
    return weeks * open_per_week_ + std::count(open_.begin(), open_.begin() + last + 1, true);
}

// The date at which open_weekdays() reaches `number`.
Date Calendar::open_weekday(std::int64_t number) const {
    const auto weeks = floor_div(number - 1, open_per_week_);
    auto left = number - 1 - weeks * open_per_week_;
    std::int64_t day = 0;
    while (!open_[static_cast<std::size_t>(day)] || left-- > 0) ++day;
    return {static_cast<std::int32_t>(weeks * 7 + day - kDaysFromMonday)};
}

std::int64_t Calendar::count(Date after, Date upto) const {
    if (upto <= after) return 0;
    return open_weekdays(upto) - open_weekdays(after) - lost(after, upto);
}

Date Calendar::nth_after(Date date, std::int64_t n) const {
    const auto base = open_weekdays(date) + n;
    auto found = open_weekday(base);
    // Each holiday on the way pushes the day on, perhaps past further holidays.
    for (;;) {
        const auto pushed = open_weekday(base + lost(date, found));
        if (pushed == found) return found;
        found = pushed;
    }
}

bool Calendar::provisional(Date date) const {
    const auto year = year_month_day(date).year;
    if (parts_.provisional.contains(year)) return true;
    const auto new_year = make_date(year, 1, 1);
    const auto first = parts_.holidays.lower_bound(new_year.value_or(date));
    return first == parts_.holidays.end() || year_month_day(first->first).year != year;
}

DayWhy Calendar::why(Date date) const {
    const auto holiday = parts_.holidays.find(date);
    if (holiday != parts_.holidays.end() && counts(date))
        return {date, true, Reason::worked_holiday, holiday->second};
    const bool closed = !open_[static_cast<std::size_t>(weekday(date))];
    if (holiday != parts_.holidays.end() && !parts_.working_kinds.contains(holiday->second.kind))
        return {date, false, Reason::holiday, holiday->second};
    if (closed) return {date, false, Reason::closed_weekday, std::nullopt};
    return {date, true, provisional(date) ? Reason::provisional : Reason::working_day,
            std::nullopt};
}

bool Calendar::same_days(const Calendar& other) const {
    return *parts_.zone == *other.parts_.zone && open_ == other.open_ && lost_ == other.lost_ &&
           parts_.opens_minute == other.parts_.opens_minute;
}

std::string DayWhy::code() const {
    static constexpr std::array kClosed = {"CA120", "CA121", "CA122", "CA123",
                                           "CA124", "CA125", "CA126"};
    switch (reason) {
        case Reason::working_day: return "CA101";
        case Reason::provisional: return "CA102";
        case Reason::closed_weekday: return kClosed[static_cast<std::size_t>(weekday(date))];
        case Reason::holiday: return holiday && !holiday->source.empty() ? "CA103" : "CA104";
        case Reason::worked_holiday: return "CA110";
        case Reason::every_day: return "CA105";
        case Reason::every_hour: return "CA111";
        case Reason::day_zero: return "CA106";
        case Reason::paused: return "CA107";
        case Reason::before: return counted ? "CA108" : "CA109";
    }
    return "CA101";
}

std::vector<std::string> DayWhy::args() const {
    if (reason == Reason::provisional) return {std::to_string(year_month_day(date).year)};
    if (holiday) return {holiday->name, holiday->source};
    return {};
}

}  // namespace pintu::calendar
