#include "adapters/store/sql/lists.hpp"

#include <charconv>

namespace pintu::store {
namespace {

std::int64_t to_number(const std::string& text) {
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

}  // namespace

void append_item(std::string& list, std::string_view item) {
    list += Digits(static_cast<std::int64_t>(item.size())).text();
    list += ':';
    list += item;
}

Digits::Digits(std::int64_t number)
    : size_(static_cast<std::size_t>(std::to_chars(digits_, digits_ + sizeof digits_, number).ptr -
                                     digits_)) {}

std::string take_item(std::string_view& list) {
    std::size_t size = 0;
    const auto* end = list.data() + list.size();
    const auto [rest, error] = std::from_chars(list.data(), end, size);
    const auto left = static_cast<std::size_t>(end - rest);
    if (error != std::errc{} || left == 0 || *rest != ':' || size > left - 1) {
        list = {};
        return {};
    }
    const std::string item(rest + 1, size);
    list.remove_prefix(static_cast<std::size_t>(rest - list.data()) + 1 + size);
    return item;
}

void append_list(std::string& list, const std::vector<std::string>& items) {
    for (const auto& item : items) append_item(list, item);
}

std::vector<std::string> from_list(std::string_view list) {
    std::vector<std::string> items;
    while (!list.empty()) items.push_back(take_item(list));
    return items;
}

void append_list(std::string& list, const cases::Values& values) {
    for (const auto& [name, value] : values) {
        append_item(list, name);
        append_item(list, value);
    }
}

cases::Values values_from_list(std::string_view list) {
    cases::Values values;
    while (!list.empty()) {
        std::string name = take_item(list);
        std::string value = take_item(list);
        values.emplace_back(std::move(name), std::move(value));
    }
    return values;
}

void append_list(std::string& list, const std::vector<cases::ClockRow>& clocks) {
    for (const auto& clock : clocks) {
        append_item(list, clock.clock);
        append_item(list, Digits(clock.run).text());
        append_item(list, clock.status);
        append_item(list, clock.due ? Digits(clock.due->micros).text() : std::string_view());
        append_item(list, clock.late ? "1" : "0");
        append_item(list, Digits(clock.fired).text());
    }
}

std::vector<cases::ClockRow> clocks_from_list(std::string_view list) {
    std::vector<cases::ClockRow> clocks;
    while (!list.empty()) {
        cases::ClockRow& clock = clocks.emplace_back();
        clock.clock = take_item(list);
        clock.run = static_cast<std::int32_t>(to_number(take_item(list)));
        clock.status = take_item(list);
        const std::string due = take_item(list);
        if (!due.empty()) clock.due = Instant{to_number(due)};
        clock.late = take_item(list) == "1";
        clock.fired = static_cast<std::int32_t>(to_number(take_item(list)));
    }
    return clocks;
}

}  // namespace pintu::store
