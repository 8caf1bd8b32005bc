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

// How a class is looked up at run time: the parts of an axis' attributes are added up. A lone
// attribute's part is its class, a joined one's its cell times its stride.
struct Lookup {
    Code base = 0;
    std::uint32_t size = 0;   // values with a part of their own; 0: the part is by cell
    std::uint32_t first = 0;  // in CompiledLayer::parts: of kUnknown, then of base, base + 1, ...
    AttributeId attribute = 0;
    std::uint32_t axis = 0;
    bool joined = false;
    bool last = true;  // of its axis
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
    Code answer = kUnknown;  // of constants
    RuleId id = kNone;
    bool constant = true;
};

struct CompiledLayer {
    std::vector<Axis> axes;       // never empty: the first may have one class
    std::vector<Lookup> lookups;  // by axis
    std::vector<std::uint32_t> parts;
    std::vector<CompiledRule> rules;             // by position in DecisionLayer::rules
    std::vector<std::vector<Condition>> checks;  // of each: clauses that did not fit the index
    std::vector<Literal> literals;               // of the rules' any-of lists
    std::vector<ProbeId> probes;                 // the same, as probes
    std::vector<char> bytes;
    Index sure;                 // rules that can be T
    Index possible;             // rules that can be T or U
    bool ever_unknown = false;  // some rule can be U; else `possible` is empty
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
    bool quick = false;  // has_quick_door()
};

class Compiled {
  public:
    std::vector<AttributeCells> cells;
    std::vector<CompiledDecision> decisions;
};

}  // namespace pintu::rules
