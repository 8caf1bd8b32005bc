// Ids as columns, for statements that each ask one agency.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "adapters/store/postgres/parameters.hpp"
#include "engine/base/ids.hpp"

namespace pintu::postgres {

// Each once, in order.
template <class Tag>
std::map<AgencyCode, Column> by_agency(const std::vector<Id<Tag>>& ids) {
    const std::set<Id<Tag>> distinct(ids.begin(), ids.end());
    std::map<AgencyCode, Column> columns;
    for (const auto& id : distinct)
        columns.try_emplace(agency_of(id), texts()).first->second.add(id);
    return columns;
}

}  // namespace pintu::postgres
