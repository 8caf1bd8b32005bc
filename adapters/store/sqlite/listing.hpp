// How cases, messages and incidents are listed. A planner chooses one way through a table for a
// statement, whatever its arguments: so there is one for each key by which rows are sought.
#pragma once

#include <string>

namespace pintu::store {

enum class Cases { of_agency, of_all };

// Rows by id, their fields in order. Arguments: agency, state, owner, closed, late, id after which
// to begin, most rows; those that are NULL do not count.
std::string select_cases(Cases which);

enum class Sought { one, of_agency, all };

Sought sought_by(const auto& key, const auto& agency) {
    if (key) return Sought::one;
    return agency ? Sought::of_agency : Sought::all;
}

// Messages, the oldest first. Arguments: agency, key, dead, most rows; those that are NULL do not
// count.
std::string select_outbox(Sought sought);
// Incidents, the latest first. Arguments: agency, id, open, most rows; as above.
std::string select_incidents(Sought sought);

}  // namespace pintu::store
