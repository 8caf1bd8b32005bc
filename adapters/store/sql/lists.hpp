// Lists of texts as one text column, the same in every SQL store: each text as its length in bytes,
// a colon and itself ("5:isian3:ada"), which needs no escapes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/cases/event/payload.hpp"
#include "engine/cases/state/projection.hpp"

namespace pintu::store {

void append_item(std::string& list, std::string_view item);
// Takes the first item off; empty where the list is at its end or is not one.
std::string take_item(std::string_view& list);

std::string to_list(const std::vector<std::string>& items);
std::vector<std::string> from_list(std::string_view list);

std::string to_list(const cases::Values& values);
cases::Values values_from_list(std::string_view list);

std::string to_list(const std::vector<cases::ClockRow>& clocks);
std::vector<cases::ClockRow> clocks_from_list(std::string_view list);

template <class Tag>
std::string to_list(const std::vector<Id<Tag>>& ids) {
    std::string list;
    for (const auto& id : ids) append_item(list, id.value);
    return list;
}
template <class Tag>
std::vector<Id<Tag>> ids_from_list(std::string_view list) {
    std::vector<Id<Tag>> ids;
    while (!list.empty()) ids.emplace_back(take_item(list));
    return ids;
}

}  // namespace pintu::store
