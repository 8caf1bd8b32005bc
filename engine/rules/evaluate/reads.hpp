// What the parts of a program read: for orders of evaluation, explanations and proofs.
#pragma once

#include <functional>
#include <set>

#include "engine/rules/model.hpp"

namespace pintu::rules {

// Every atom of the condition, in written order.
void for_each_atom(const Condition& condition, const std::function<void(const Atom&)>& visit);

// Attributes that have values (so no text fields) in the rule's condition and answer.
std::set<AttributeId> attributes_read(const Rule& rule);
std::set<AttributeId> attributes_read(const Condition& condition);

// Those that some rule of the decision tests with `is known` or `is unknown` (R13).
std::set<AttributeId> tested_for_unknown(const Program& program, const Decision& decision);

// All that a decision reads directly: rules, limits and accepted gaps of every layer.
std::set<AttributeId> attributes_read(const Program& program, const Decision& decision);

}  // namespace pintu::rules
