// A rule's condition as a conjunction: what an index can use, and what is left.
#pragma once

#include <vector>

#include "engine/rules/compile/cells.hpp"
#include "engine/rules/compile/compiled.hpp"
#include "engine/rules/model.hpp"

namespace pintu::rules {

struct SetClause {
    std::vector<AttributeId> attributes;  // sorted; one to three
    Condition condition;
};

struct Clauses {
    std::vector<SetClause> sets;
    bool has_literals = false;
    std::vector<ProbeId> literals;  // any of them; lexicons too
    std::vector<Condition> checks;
};

// The conjunction is T, U or F where the condition is: strong Kleene `and` splits exactly.
Clauses split(const Condition& condition, const std::vector<AttributeCells>& cells);

// Conditions between which there is an `and`, with `not` pushed down to them.
std::vector<Condition> conjuncts(const Condition& condition);

// Joint cells of an axis where the condition, which reads only the axis' attributes, is T or U.
TruthSets truth_sets(const Program& program, const Condition& condition, const Axis& axis,
                     const std::vector<AttributeCells>& cells);

}  // namespace pintu::rules
