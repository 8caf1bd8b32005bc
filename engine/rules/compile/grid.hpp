// The axes of a layer and their classes.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <vector>

#include "engine/rules/compile/clauses.hpp"
#include "engine/rules/compile/compiled.hpp"

namespace pintu::rules {

// Never unknown where a report was taken in: a required field, a fact with an `else`.
bool surely_known(const Attribute& attribute);

// The axes of a layer, and for each rule the joint cells that each axis leaves it.
class Grid {
  public:
    Grid(const Program& program, const std::vector<AttributeCells>& cells)
        : program_(program), cells_(cells) {}

    // Attributes that some rule joins come first, so that a lone one can lie in its joint axis.
    void gather(const std::vector<Clauses>& rules);
    // By axis; an empty set stands for "everywhere".
    std::vector<TruthSets> sets_of(const Clauses& rule) const;
    // Joint cells that no rule tells apart become one class; `rules` are rewritten to classes.
    // Cells that no report can be in stay in class 0.
    void merge(std::vector<std::vector<TruthSets>>& rules);
    // Whether all attributes of a joint cell have values that such an attribute can have.
    bool possible(const Axis& axis, std::size_t joint) const;

    std::vector<Axis>& axes() { return axes_; }
    const std::vector<Axis>& axes() const { return axes_; }

  private:
    // A fingerprint of what the rules say of a joint cell.
    struct Column {
        std::uint64_t low = 0;
        std::uint64_t high = 0;
        auto operator<=>(const Column&) const = default;
    };
    void add_axis(const std::vector<AttributeId>& attributes);
    std::vector<Column> columns(std::size_t at,
                                const std::vector<std::vector<TruthSets>>& rules) const;
    void merge_axis(std::size_t at, std::vector<std::vector<TruthSets>>& rules);

    const Program& program_;
    const std::vector<AttributeCells>& cells_;
    std::vector<Axis> axes_;
    std::map<std::vector<AttributeId>, std::size_t> by_attributes_;
};

}  // namespace pintu::rules
