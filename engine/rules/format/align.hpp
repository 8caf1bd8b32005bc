// Columns: `when` and `->` below each other in a decision, cells below each other in a table.
#pragma once

#include "engine/rules/format/layout.hpp"

namespace pintu::rules {

constexpr std::size_t kWidest = 100;  // columns of a line

// Sets Statement::pad where a statement fits on one line with it.
void align(Layout& layout);

}  // namespace pintu::rules
