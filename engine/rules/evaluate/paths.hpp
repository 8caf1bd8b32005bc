// Inside explanations: what made one condition or rule what it is.
#pragma once

#include <vector>

#include "engine/rules/evaluate/why.hpp"

namespace pintu::rules {

// The atoms that alone make the condition what it is: all of a true `and`, the first true one of
// an `or`, the first failing one of a false `and`.
std::vector<const Atom*> deciding_atoms(const Program& program, const Condition& condition,
                                        const Input& input);

RuleWhy rule_why(const Program& program, RuleId rule, const Input& input);

}  // namespace pintu::rules
