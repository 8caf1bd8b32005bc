// Inside the check room: what rule files claim (`prove`) and what they try (`test`).
#pragma once

#include "engine/rules/check/scope.hpp"

namespace pintu::rules {

// Reports RU152 to RU155. Needs Program::decisions with their rules.
void resolve_proofs(StackScope& scope);
// Tests of the stack's last layer and its overlays whose date lies in this program. Reports RU156,
// RU163, RU165, RU166.
void resolve_tests(StackScope& scope);

}  // namespace pintu::rules
