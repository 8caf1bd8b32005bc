#include "adapters/store/postgres/id_order.hpp"

#include <algorithm>

namespace pintu::postgres {
namespace {

struct Entry {
    std::uint64_t key = 0;
    std::uint32_t place = 0;
};

// How many bytes all of them begin with.
std::size_t common_of(const std::vector<std::string_view>& ids) {
    std::string_view common = ids.front();
    for (const auto id : ids) {
        const auto end = std::mismatch(common.begin(), common.end(), id.begin(), id.end()).first;
        common = common.substr(0, static_cast<std::size_t>(end - common.begin()));
    }
    return common.size();
}

// Orders as the bytes do; zeros behind the end.
std::uint64_t key_of(std::string_view rest) {
    std::uint64_t key = 0;
    for (std::size_t i = 0; i < sizeof key; ++i)
        key = key << 8 | (i < rest.size() ? static_cast<std::uint8_t>(rest[i]) : 0U);
    return key;
}

}  // namespace

std::vector<std::uint32_t> places_by_id(const std::vector<std::string_view>& ids) {
    std::vector<Entry> entries;
    entries.reserve(ids.size());
    const std::size_t common = ids.empty() ? 0 : common_of(ids);
    for (const auto id : ids)
        entries.push_back({key_of(id.substr(common)), static_cast<std::uint32_t>(entries.size())});
    const auto less = [&](const Entry& a, const Entry& b) {
        if (a.key != b.key) return a.key < b.key;
        const int differs = ids[a.place].compare(ids[b.place]);
        return differs != 0 ? differs < 0 : a.place < b.place;
    };
    if (!std::is_sorted(entries.begin(), entries.end(), less))
        std::sort(entries.begin(), entries.end(), less);
    std::vector<std::uint32_t> places;
    places.reserve(ids.size());
    for (const auto& entry : entries) places.push_back(entry.place);
    return places;
}

}  // namespace pintu::postgres
