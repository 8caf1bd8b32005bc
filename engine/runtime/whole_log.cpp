#include "engine/runtime/whole_log.hpp"

#include <algorithm>
#include <limits>

namespace pintu::runtime {

Result<bool> read_rows(ports::EventStore& store, const AgencyCode& agency, std::uint64_t from,
                       std::uint64_t until, const VisitLogged& visit) {
    constexpr std::uint64_t kPage = 1'000;
    while (from < until) {
        const auto page = store.log(agency, from, std::min(kPage, until - from));
        if (!page) return page.unexpected();
        if (page->empty()) return true;
        for (const auto& row : *page) {
            if (row.position >= until) return true;
            if (auto visited = visit(row); !visited || !*visited) return visited;
        }
        from = page->back().position + 1;
    }
    return true;
}

Result<history::Findings> read_log(ports::EventStore& store, const AgencyCode& agency,
                                   const VisitLogged& visit) {
    const auto roots = store.roots(agency);
    if (!roots) return roots.unexpected();
    history::Findings lacking;
    std::uint64_t next = 0, there = 0;
    const auto read =
        read_rows(store, agency, 0, std::numeric_limits<std::int64_t>::max(), [&](const auto& row) {
            if (row.position > next)
                lacking.add({"HI023",
                             row.position,
                             row.case_id,
                             row.sequence,
                             {std::to_string(next), std::to_string(row.position - 1)}});
            next = row.position + 1;
            ++there;
            return visit(row);
        });
    if (!read) return read.unexpected();
    const std::uint64_t size = roots->empty() ? 0 : roots->back().size;
    if (*read && next < size)
        lacking.add({"HI030", std::nullopt, {}, 0, {std::to_string(size), std::to_string(there)}});
    return lacking;
}

}  // namespace pintu::runtime
