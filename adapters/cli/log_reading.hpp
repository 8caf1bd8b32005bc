// Reads an agency's whole log, a page at a time.
#pragma once

#include <vector>

#include "adapters/cli/io.hpp"
#include "engine/ports/store.hpp"

namespace pintu::cli {

constexpr std::size_t kLogPage = 2'000;

// The one that Options name, or every agency that has a log.
inline Result<std::vector<AgencyCode>> agencies_of(const Options& options,
                                                   ports::EventStore& store) {
    if (!options.agency.empty()) return std::vector{AgencyCode(options.agency)};
    return store.agencies();
}

// Calls `each` for every row of an agency's log, in order.
template <class Each>
Result<void> read_log(ports::EventStore& store, const AgencyCode& agency, Each each) {
    std::uint64_t from = 0;
    for (;;) {
        const auto rows = store.log(agency, from, kLogPage);
        if (!rows) return rows.unexpected();
        for (const auto& row : *rows) each(row);
        if (rows->size() < kLogPage) return {};
        from = rows->back().position + 1;
    }
}

}  // namespace pintu::cli
