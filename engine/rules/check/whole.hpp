// Inside the check room: what can be said only of the whole program.
#pragma once

#include "engine/rules/check/scope.hpp"

namespace pintu::rules {

// R6: Program::order, or RU164 with the circle.
void order_by_reading(StackScope& scope);
// R12: RU167 for two units of the registry that one office_for can reach at once.
void check_office_ties(StackScope& scope);
// R11: RU168 for two constants of `shortest` or `longest`, a constant and a limit, or a constant
// and an atom, that have no order and that one report can meet; RU169 where the search ran out.
void check_incomparable(StackScope& scope);

}  // namespace pintu::rules
