// Inside the check room: conditions and answers, names resolved and types checked (R1 to R5, R12).
#pragma once

#include <optional>

#include "engine/rules/check/scope.hpp"

namespace pintu::rules {

// Nothing where something was reported.
std::optional<Condition> resolve_condition(StackScope& scope, const syntax::Condition& condition);
// An absent condition is `always`.
std::optional<Condition> resolve_when(StackScope& scope,
                                      const std::optional<syntax::Condition>& condition);

// R4, R14: one attribute against values: `in` for trees, one of them for the rest.
std::optional<Atom> value_atom(StackScope& scope, AttributeId attribute,
                               const std::vector<syntax::Literal>& values, const Span& span);

// What stands after `->` of a rule that fires when `when` is T.
std::optional<Answer> resolve_answer(StackScope& scope, const Decision& decision,
                                     const syntax::Answer& answer, const Condition& when);

// Is the attribute surely known wherever the condition is T? Reads the shape alone, so it may say
// no where another attribute would rule the unknown out.
bool implies_known(const Condition& condition, AttributeId attribute);

}  // namespace pintu::rules
