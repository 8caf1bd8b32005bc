// Builds the cell blocks of a layer (compiled.hpp has their layout).
#pragma once

#include <cstdint>
#include <vector>

#include "engine/rules/compile/cells.hpp"
#include "engine/rules/compile/compiled.hpp"

namespace pintu::rules {

// A rule as an index sees it.
struct IndexRule {
    std::vector<const CellSet*> classes;  // by axis: where it is left over; nullptr: everywhere
    bool never = false;                   // it is left over nowhere
    bool plain = true;                    // no checks, constant answer: left over means T, but for
    bool has_literals = false;            // its literals
    std::vector<std::uint16_t> literals;
};

// `first_only`: only the first T rule of a report is asked for, so that what an earlier rule of the
// same block makes needless is left out (a literal that an earlier one has under weaker or equal
// conditions; a rule after one that is always T there).
Index build_index(const std::vector<Axis>& axes, const std::vector<IndexRule>& rules,
                  bool first_only);

}  // namespace pintu::rules
