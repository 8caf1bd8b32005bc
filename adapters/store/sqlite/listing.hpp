// How cases are listed.
#pragma once

#include <string>

namespace pintu::store {

// A planner chooses one way through a table for a statement, whatever its arguments: so there are
// two, an agency's own cases by its key, and all of them by id.
enum class Cases { of_agency, of_all };

// Rows by id, their fields in order. Arguments: agency, state, owner, closed, late, id after which
// to begin, most rows; those that are NULL do not count.
std::string select_cases(Cases which);

}  // namespace pintu::store
