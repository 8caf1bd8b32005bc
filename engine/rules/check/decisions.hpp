// Inside the check room: decisions of all layers, their rules, rows and `otherwise` (R8, R14, L2,
// L3).
#pragma once

#include "engine/rules/check/scope.hpp"

namespace pintu::rules {

// Names, types and policies; so that rules may read decisions that are written later.
void declare_decisions(StackScope& scope);
// Their rules, most local layer first.
void resolve_decisions(StackScope& scope);

}  // namespace pintu::rules
