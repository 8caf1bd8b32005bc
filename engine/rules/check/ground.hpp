// Inside the check room: what stands before any decision: units, the registry's table, fields,
// lexicons, facts.
#pragma once

#include "engine/rules/check/scope.hpp"

namespace pintu::rules {

void add_units_and_offices(StackScope& scope);  // L9, R12, R17
void add_fields(StackScope& scope);             // R1
void add_lexicons(StackScope& scope);           // L3
void declare_facts(StackScope& scope);          // R6; names and types only
void resolve_facts(StackScope& scope);  // what they are called with, once decisions are known

}  // namespace pintu::rules
