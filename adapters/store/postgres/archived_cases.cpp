#include "adapters/store/postgres/archived_cases.hpp"

#include <algorithm>
#include <functional>

#include "adapters/store/postgres/packed.hpp"
#include "adapters/store/postgres/page.hpp"

namespace pintu::postgres {
namespace {

std::uint64_t hash_of(std::string_view case_id) {
    return std::hash<std::string_view>()(case_id);
}

// Of all cases that have events in it, each once.
std::uint64_t hash_of_cases(std::string_view page) {
    std::vector<std::string_view> ids;
    while (const auto run = take_run(page)) ids.push_back(run->case_id);
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::uint64_t sum = 0;
    for (const auto id : ids) sum += hash_of(id);
    return sum;
}

const std::optional<std::string_view>& field_of(std::string_view columns, const Fields& fields,
                                                std::string_view name) {
    const auto before = columns.substr(0, columns.find(name));
    return fields[static_cast<std::size_t>(std::count(before.begin(), before.end(), ','))];
}

}  // namespace

std::optional<CaseRow> case_row(std::string_view columns, const Fields& fields) {
    if (std::count(columns.begin(), columns.end(), ',') + 1 != std::ssize(fields))
        return std::nullopt;
    const auto& agency = field_of(columns, fields, "agency");
    const auto& case_id = field_of(columns, fields, "case_id");
    const auto& page_list = field_of(columns, fields, "page_list");
    const auto& shown = field_of(columns, fields, "shown");
    if (!agency || !case_id || !page_list || !shown) return std::nullopt;
    return CaseRow{*agency, *case_id, *page_list, sequence_in(*shown)};
}

void HistoryCheck::add(const LogRow& row) {
    auto& of = agencies_[AgencyCode(std::string(row.agency))];
    of.pages.push_back({row.id, hash_of_cases(row.bytes)});
    of.events += static_cast<std::int64_t>(row.leaves.size() / sizeof(Digest));
}

void HistoryCheck::end_pages() {
    for (auto& [agency, of] : agencies_)
        std::sort(of.pages.begin(), of.pages.end(),
                  [](const Page& one, const Page& other) { return one.id < other.id; });
}

std::optional<std::int64_t> HistoryCheck::missing(const CaseRow& row) {
    auto& of = agencies_[AgencyCode(std::string(row.agency))];
    of.events -= row.sequence;
    for (const auto id : page_ids(row.page_list)) {
        const auto found = std::lower_bound(
            of.pages.begin(), of.pages.end(), id,
            [](const Page& page, std::int64_t wanted) { return page.id < wanted; });
        if (found == of.pages.end() || found->id != id) return id;
        found->unnamed -= hash_of(row.case_id);
    }
    return std::nullopt;
}

std::optional<AgencyCode> HistoryCheck::disagrees() const {
    for (const auto& [agency, of] : agencies_) {
        const bool named = std::all_of(of.pages.begin(), of.pages.end(),
                                       [](const Page& page) { return page.unnamed == 0; });
        if (!named || of.events != 0) return agency;
    }
    return std::nullopt;
}

}  // namespace pintu::postgres
