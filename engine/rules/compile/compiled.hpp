// The compiled form: the shared shape of compile/ (which builds it) and evaluate/ (which reads it).
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/rules/compile/cells.hpp"
#include "engine/rules/compile/literal.hpp"
#include "engine/rules/model.hpp"

namespace pintu::rules {

// Attributes that are looked up together: one, or those that some rule joins by `or`. Joint cells
// that every rule of the layer treats alike are one class.
struct Axis {
    std::vector<AttributeId> attributes;
    std::vector<std::uint32_t> strides;
    std::vector<std::uint32_t> class_of;  // by joint cell
    std::uint32_t classes = 1;
};

// Words in cache lines: what is appended begins on a line of its own.
class Words {
  public:
    const std::uint64_t* line(std::uint32_t index) const { return lines_[index].words; }
    std::size_t bytes() const { return lines_.size() * sizeof(Line); }
    // The index of its first line.
    std::uint32_t append(const std::vector<std::uint64_t>& words);

  private:
    struct alignas(64) Line {
        std::uint64_t words[8];
    };
    std::vector<Line> lines_;
};

// Which rules of a layer are left over for a report: a dense table over the two most selective axes
// gives a block, in chunks of at most 64 rules in order. A chunk is
//   1 word          rules | more chunks << 8 | its words << 32
//   n words         for each other axis, for each class: the rules that it leaves over, as bits
//   1 word a rule   position | first literal << 32 | literals << 48 | kHasChecks
//   16 bits each    the literals of its rules, any of which makes the rule true
struct Index {
    static constexpr std::uint64_t kHasChecks = std::uint64_t{1} << 63;
    static constexpr std::uint64_t kMostLiterals = 0x7fff;
    std::uint32_t row_axis = 0;  // of the table
    std::uint32_t column_axis = 0;
    std::uint32_t columns = 1;
    std::vector<std::uint32_t> table;  // line of a block; 0: no rule is left over
    std::vector<std::uint32_t> axes;   // the others, by bitmap
    std::vector<std::uint32_t> bases;  // word of each one's first class
    std::uint32_t bitmap_words = 0;
    std::size_t blocks = 0;
    Words words;
};

struct CompiledRule {
    RuleId id = kNone;
    Code answer = kUnknown;         // of constants
    bool constant = true;
    std::vector<Condition> checks;  // clauses that did not fit the index
    bool plain() const { return constant && checks.empty(); }
};

struct CompiledLayer {
    std::vector<Axis> axes;  // never empty: the first may have one class
    std::vector<CompiledRule> rules;       // by position in DecisionLayer::rules
    std::vector<Literal> literals;         // of the rules' any-of lists
    std::vector<ProbeId> probes;           // the same, as probes
    std::vector<char> bytes;
    Index sure;                            // rules that can be T
    Index possible;                        // rules that can be T or U
    bool ever_unknown = false;             // some rule can be U; else `possible` is empty
    RuleId otherwise = kNone;
    bool even_if_unknown = false;
    Code otherwise_answer = kUnknown;
    bool otherwise_constant = false;
};

struct CompiledDecision {
    syntax::Policy policy = syntax::Policy::unique;
    std::vector<CompiledLayer> layers;
    std::vector<AttributeId> reads;      // of all its rules; texts not among them
    std::vector<AttributeId> unguarded;  // of those, the ones no rule tests for being unknown
    // Required fields and facts, whose being unknown is not compiled in: such an input, which only
    // a hand can make, is the oracle's.
    std::vector<AttributeId> surely_known;
    bool quick = false;                  // has_quick_door()
};

class Compiled {
  public:
    std::vector<AttributeCells> cells;
    std::vector<CompiledDecision> decisions;
};

}  // namespace pintu::rules
