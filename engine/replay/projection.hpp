// Rows of cases as a store keeps them against what their histories say.
#pragma once

#include "engine/cases/state/projection.hpp"
#include "engine/history/verify.hpp"

namespace pintu::replay {

// HI050 for each field of the stored row that differs from the one that the history gives.
void compare_rows(const cases::CaseRow& stored, const cases::CaseRow& replayed,
                  history::Findings& findings);

}  // namespace pintu::replay
