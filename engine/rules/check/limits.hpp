// Inside the check room: limits and accepted gaps (L4, R16).
#pragma once

#include "engine/rules/check/scope.hpp"

namespace pintu::rules {

// Lower layers' limits first. Reports RU135, RU136.
void resolve_limits(StackScope& scope);
// A constant that a lower layer answers beyond an upper layer's limit, where both can hold: RU137,
// an error if the limit is not younger than the rule, else a warning.
void check_breaches(StackScope& scope);
// Gaps whose last day is past are left out; RU151 says so of files that are in force today.
void resolve_accepted_gaps(StackScope& scope);

}  // namespace pintu::rules
