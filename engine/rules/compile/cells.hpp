// R19: the finitely many cells of an attribute. All values of a cell give every atom of the program
// the same truth, so that one representative stands for all of them.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "engine/rules/model.hpp"

namespace pintu::rules {

using Cell = std::uint32_t;
constexpr Cell kUnknownCell =
    0;  // of every attribute; the known values are in cells 1 to count()-1

// A set of cells, as bits.
class CellSet {
  public:
    CellSet() = default;
    explicit CellSet(std::size_t cells, bool filled = false);

    std::size_t size() const { return size_; }
    bool has(std::size_t cell) const { return words_[cell / 64] >> (cell % 64) & 1; }
    void add(std::size_t cell) { words_[cell / 64] |= std::uint64_t{1} << (cell % 64); }
    void remove(std::size_t cell) { words_[cell / 64] &= ~(std::uint64_t{1} << (cell % 64)); }
    void clear() { words_.assign(words_.size(), 0); }
    void add_range(std::size_t first, std::size_t last);  // both included
    bool empty() const;
    std::size_t count() const;
    std::size_t first() const;                             // precondition: !empty()
    std::size_t first_common(const CellSet& other) const;  // size() where there is none
    bool meets(const CellSet& other) const;
    bool within(const CellSet& other) const;
    CellSet& operator&=(const CellSet& other);
    CellSet& operator|=(const CellSet& other);
    CellSet operator~() const;
    bool operator==(const CellSet&) const = default;
    const std::vector<std::uint64_t>& words() const { return words_; }

    template <class F>
    void each(F&& f) const {
        for (std::size_t w = 0; w < words_.size(); ++w)
            for (std::uint64_t bits = words_[w]; bits != 0; bits &= bits - 1)
                f(w * 64 + static_cast<std::size_t>(__builtin_ctzll(bits)));
    }

  private:
    std::size_t size_ = 0;
    std::vector<std::uint64_t> words_;
};

// Where an atom, a clause or a rule is T, and where it is not F (T or U).
struct TruthSets {
    CellSet yes;
    CellSet not_no;
};

class AttributeCells {
  public:
    // False for texts and for sets too wide to list; then nothing else may be asked.
    bool finite() const { return !starts_.empty(); }
    std::size_t count() const { return starts_.size() + 1; }
    Cell of(Code value) const {
        if (value == kUnknown) return kUnknownCell;
        const Code offset = value - base_;
        if (offset >= 0 && offset < static_cast<Code>(dense_.size()))
            return dense_[static_cast<std::size_t>(offset)];
        return search(value);
    }
    // Values from lowest(1) on that are looked up without a search; 0: none are.
    std::size_t dense_size() const { return dense_.size(); }
    // The lowest value of a cell; kUnknown of kUnknownCell.
    Code lowest(Cell cell) const { return cell == kUnknownCell ? kUnknown : starts_[cell - 1]; }
    // The highest; of the last cell, the highest of the domain.
    Code highest(Cell cell) const;

  private:
    friend class CellBuilder;
    Cell search(Code value) const;
    std::vector<Code> starts_;  // sorted: where each known cell begins
    Code last_ = 0;
    Code base_ = 0;
    std::vector<Cell> dense_;  // cells of base_, base_ + 1, ...
};

// Gathers where the cells of one attribute part.
class CellBuilder {
  public:
    CellBuilder(const Program& program, AttributeId attribute);

    void part_at(const Atom& atom);
    // At the nodes of a subtree, and at the node's ancestors where a place above is U.
    void part_at_node(std::int32_t node);
    void part_at_value(Code value);
    // Wherever the other, of the same type, is parted so far.
    void part_as(const CellBuilder& other);
    // Every value a cell of its own; nothing where there are more than `most`.
    bool part_everywhere(std::size_t most);
    AttributeCells build();

  private:
    void part_at_duration(Code value);
    const Program& program_;
    const Domain& domain_;
    std::vector<Code> starts_;
    Code last_ = 0;
    bool finite_ = true;
};

// Lowest and highest code of a finite domain that is no duration.
std::pair<Code, Code> bounds(const Program& program, const Domain& domain);
const registry::Tree* tree_of(const Program& program, const Domain& domain);

// Cells by attribute, parted at all atoms of the program's rules, limits and accepted gaps.
std::vector<AttributeCells> cells_of(const Program& program);

// R3, R4, R11. The atom is no probe.
Truth truth_at(const Program& program, const Atom& atom, Code value);
TruthSets truth_sets(const Program& program, const Atom& atom, const AttributeCells& cells);

}  // namespace pintu::rules
