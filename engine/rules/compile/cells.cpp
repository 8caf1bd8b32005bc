#include "engine/rules/compile/cells.hpp"

#include <algorithm>
#include <bit>
#include <cassert>

#include "engine/rules/evaluate/reads.hpp"

namespace pintu::rules {
namespace {

constexpr std::size_t kDenseLookup = 1 << 16;
constexpr std::size_t kFewStarts = 24;
constexpr std::size_t kListedSetMembers = 12;
constexpr Code kDurationCounts = 100'001;

Truth truth_of(bool value) {
    return value ? Truth::yes : Truth::no;
}

Truth negated(Truth truth) {
    if (truth == Truth::unknown) return truth;
    return truth == Truth::yes ? Truth::no : Truth::yes;
}

// One operand of `in` or `=`.
Truth meets(const Program& program, const Domain& domain, bool below, Code operand, Code value) {
    if (value == operand) return Truth::yes;
    if (domain.kind == Domain::Kind::duration) {
        const auto order = calendar::compare(duration_of(value), duration_of(operand));
        return order == std::partial_ordering::unordered ? Truth::unknown : Truth::no;
    }
    const registry::Tree* tree = tree_of(program, domain);
    if (tree == nullptr) return Truth::no;
    if (below && tree->below(value, static_cast<std::int32_t>(operand))) return Truth::yes;
    const bool above = tree->below(operand, static_cast<std::int32_t>(value));
    return above && domain.kind == Domain::Kind::region ? Truth::unknown : Truth::no;
}

Truth member(const Program& program, const Domain& domain, const Atom& atom, Code value) {
    const bool below =
        atom.comparison == syntax::Comparison::in || atom.comparison == syntax::Comparison::not_in;
    Truth best = Truth::no;
    for (const Code operand : atom.operands)
        best = std::max(best, meets(program, domain, below, operand, value));
    for (const auto& [low, high] : atom.ranges)
        if (value >= low && value <= high) best = Truth::yes;
    return best;
}

Truth ordered(const Domain& domain, syntax::Comparison comparison, Code value, Code constant) {
    std::partial_ordering order = value <=> constant;
    if (domain.kind == Domain::Kind::duration)
        order = calendar::compare(duration_of(value), duration_of(constant));
    if (order == std::partial_ordering::unordered) return Truth::unknown;
    switch (comparison) {
        case syntax::Comparison::less: return truth_of(order < 0);
        case syntax::Comparison::at_most: return truth_of(order <= 0);
        case syntax::Comparison::greater: return truth_of(order > 0);
        default: return truth_of(order >= 0);
    }
}

}  // namespace

CellSet::CellSet(std::size_t cells, bool filled) : size_(cells), words_((cells + 63) / 64) {
    if (filled && cells > 0) add_range(0, cells - 1);
}

void CellSet::add_range(std::size_t first, std::size_t last) {
    for (std::size_t w = first / 64; w <= last / 64; ++w) {
        std::uint64_t mask = ~std::uint64_t{0};
        if (w == first / 64) mask &= ~std::uint64_t{0} << (first % 64);
        if (w == last / 64) mask &= ~std::uint64_t{0} >> (63 - last % 64);
        words_[w] |= mask;
    }
}

bool CellSet::empty() const {
    for (const auto word : words_)
        if (word != 0) return false;
    return true;
}

std::size_t CellSet::count() const {
    std::size_t total = 0;
    for (const auto word : words_) total += static_cast<std::size_t>(std::popcount(word));
    return total;
}

std::size_t CellSet::first() const {
    for (std::size_t w = 0; w < words_.size(); ++w)
        if (words_[w] != 0) return w * 64 + static_cast<std::size_t>(std::countr_zero(words_[w]));
    assert(false);
    return 0;
}

std::size_t CellSet::first_common(const CellSet& other) const {
    for (std::size_t w = 0; w < words_.size(); ++w)
        if (const auto both = words_[w] & other.words_[w]; both != 0)
            return w * 64 + static_cast<std::size_t>(std::countr_zero(both));
    return size_;
}

bool CellSet::meets(const CellSet& other) const {
    for (std::size_t w = 0; w < words_.size(); ++w)
        if ((words_[w] & other.words_[w]) != 0) return true;
    return false;
}

bool CellSet::within(const CellSet& other) const {
    for (std::size_t w = 0; w < words_.size(); ++w)
        if ((words_[w] & ~other.words_[w]) != 0) return false;
    return true;
}

CellSet& CellSet::operator&=(const CellSet& other) {
    for (std::size_t w = 0; w < words_.size(); ++w) words_[w] &= other.words_[w];
    return *this;
}

CellSet& CellSet::operator|=(const CellSet& other) {
    for (std::size_t w = 0; w < words_.size(); ++w) words_[w] |= other.words_[w];
    return *this;
}

CellSet CellSet::operator~() const {
    CellSet result(size_, true);
    for (std::size_t w = 0; w < words_.size(); ++w) result.words_[w] &= ~words_[w];
    return result;
}

Code AttributeCells::highest(Cell cell) const {
    if (cell == kUnknownCell) return kUnknown;
    return cell < starts_.size() ? starts_[cell] - 1 : last_;
}

Cell AttributeCells::search(Code value) const {
    if (starts_.size() <= kFewStarts) {
        Cell cell = 0;
        for (const Code start : starts_) cell += static_cast<Cell>(start <= value);
        return std::max<Cell>(cell, 1);
    }
    const auto it = std::upper_bound(starts_.begin(), starts_.end(), value);
    const auto index = static_cast<Cell>(it - starts_.begin());
    return std::max<Cell>(index, 1);
}

const registry::Tree* tree_of(const Program& program, const Domain& domain) {
    if (domain.kind == Domain::Kind::category) return program.categories.get();
    if (domain.kind == Domain::Kind::region) return program.regions.get();
    return nullptr;
}

std::pair<Code, Code> bounds(const Program& program, const Domain& domain) {
    const auto below = [](std::size_t size) {
        return std::pair<Code, Code>(0, std::max<Code>(static_cast<Code>(size) - 1, 0));
    };
    switch (domain.kind) {
        case Domain::Kind::yesno: return {0, 1};
        case Domain::Kind::range: return {domain.low, domain.high};
        case Domain::Kind::category:
        case Domain::Kind::region: {
            const registry::Tree* tree = tree_of(program, domain);
            return below(tree == nullptr ? 0 : tree->size());
        }
        case Domain::Kind::unit: return below(program.units.size());
        case Domain::Kind::set: return {0, (Code{1} << domain.members.size()) - 1};
        default: return below(domain.members.size());
    }
}

CellBuilder::CellBuilder(const Program& program, AttributeId attribute)
    : program_(program), domain_(program.attributes[attribute].domain) {
    if (domain_.kind == Domain::Kind::duration) {
        for (int unit = 0; unit < 3; ++unit) starts_.push_back(static_cast<Code>(unit) << 32);
        last_ = (Code{2} << 32) | (kDurationCounts - 1);
        return;
    }
    finite_ = domain_.kind != Domain::Kind::text &&
              (domain_.kind != Domain::Kind::set || domain_.members.size() <= kListedSetMembers);
    if (!finite_) return;
    const auto [low, high] = bounds(program, domain_);
    starts_.push_back(low);
    last_ = high;
    if (domain_.kind == Domain::Kind::set)
        for (Code value = low; value <= high; ++value) starts_.push_back(value);
}

void CellBuilder::part_at_duration(Code value) {
    const auto constant = duration_of(value);
    const Code count = constant.count;
    for (int unit = 0; unit < 3; ++unit)
        for (const Code near : {count, count * 24, count / 24, (count + 23) / 24})
            for (const Code at : {near, near + 1})
                if (at < kDurationCounts) starts_.push_back((static_cast<Code>(unit) << 32) | at);
}

void CellBuilder::part_at_value(Code value) {
    if (!finite_ || value == kUnknown || domain_.kind == Domain::Kind::set) return;
    if (domain_.kind == Domain::Kind::duration) return part_at_duration(value);
    starts_.push_back(value);
    starts_.push_back(value + 1);
}

void CellBuilder::part_at_node(std::int32_t node) {
    const registry::Tree* tree = tree_of(program_, domain_);
    if (tree == nullptr || node < 0) return;
    part_at_value(node);
    starts_.push_back(tree->last(node) + 1);
    if (domain_.kind != Domain::Kind::region) return;
    for (auto above = tree->parent(node); above >= 0; above = tree->parent(above))
        part_at_value(above);
}

void CellBuilder::part_at(const Atom& atom) {
    if (atom.kind != Atom::Kind::compare || !finite_) return;
    const bool tree = tree_of(program_, domain_) != nullptr;
    for (const Code operand : atom.operands)
        tree ? part_at_node(static_cast<std::int32_t>(operand)) : part_at_value(operand);
    for (const auto& [low, high] : atom.ranges) {
        starts_.push_back(low);
        starts_.push_back(high + 1);
    }
}

void CellBuilder::part_as(const CellBuilder& other) {
    if (finite_) starts_.insert(starts_.end(), other.starts_.begin(), other.starts_.end());
}

bool CellBuilder::part_everywhere(std::size_t most) {
    if (!finite_ || domain_.kind == Domain::Kind::duration) return false;
    if (last_ - starts_.front() >= static_cast<Code>(most)) return false;
    for (Code value = starts_.front(); value <= last_; ++value) starts_.push_back(value);
    return true;
}

AttributeCells CellBuilder::build() {
    AttributeCells cells;
    if (!finite_) return cells;
    const Code low = domain_.kind == Domain::Kind::duration ? 0 : bounds(program_, domain_).first;
    std::sort(starts_.begin(), starts_.end());
    starts_.erase(std::unique(starts_.begin(), starts_.end()), starts_.end());
    std::erase_if(starts_, [&](Code at) { return at < low || at > last_; });
    cells.starts_ = std::move(starts_);
    cells.last_ = last_;
    cells.base_ = low;
    const Code span = last_ - low + 1;
    if (span <= static_cast<Code>(kDenseLookup)) {
        cells.dense_.resize(static_cast<std::size_t>(span));
        for (Cell cell = 1; cell < cells.count(); ++cell)
            for (Code value = cells.lowest(cell); value <= cells.highest(cell); ++value)
                cells.dense_[static_cast<std::size_t>(value - low)] = cell;
    }
    return cells;
}

std::vector<AttributeCells> cells_of(const Program& program) {
    std::vector<CellBuilder> builders;
    builders.reserve(program.attributes.size());
    for (AttributeId a = 0; a < program.attributes.size(); ++a) builders.emplace_back(program, a);
    const auto part = [&](const Condition& when) {
        for_each_atom(when, [&](const Atom& atom) { builders[atom.attribute].part_at(atom); });
    };
    for (const auto& rule : program.rules) part(rule.when);
    for (const auto& decision : program.decisions) {
        for (const auto& limit : decision.limits) part(limit.when);
        for (const auto& gap : decision.accepted) part(gap.when);
    }
    std::vector<AttributeCells> cells;
    cells.reserve(builders.size());
    for (auto& builder : builders) cells.push_back(builder.build());
    return cells;
}

Truth truth_at(const Program& program, const Atom& atom, Code value) {
    if (atom.kind == Atom::Kind::known) return truth_of(value != kUnknown);
    if (atom.kind == Atom::Kind::unknown) return truth_of(value == kUnknown);
    if (value == kUnknown) return Truth::unknown;
    const Domain& domain = program.attributes[atom.attribute].domain;
    if (atom.kind == Atom::Kind::includes)
        return truth_of((value & atom.operands[0]) == atom.operands[0]);
    switch (atom.comparison) {
        case syntax::Comparison::equal:
        case syntax::Comparison::in: return member(program, domain, atom, value);
        case syntax::Comparison::not_equal:
        case syntax::Comparison::not_in: return negated(member(program, domain, atom, value));
        default: return ordered(domain, atom.comparison, value, atom.operands[0]);
    }
}

namespace {

// `in` and `=` of a finite type, filled operand by operand instead of cell by cell.
TruthSets member_sets(const Program& program, const Atom& atom, const AttributeCells& cells) {
    const Domain& domain = program.attributes[atom.attribute].domain;
    const bool below =
        atom.comparison == syntax::Comparison::in || atom.comparison == syntax::Comparison::not_in;
    TruthSets sets{CellSet(cells.count()), CellSet(cells.count())};
    const registry::Tree* tree = tree_of(program, domain);
    for (const Code operand : atom.operands) {
        const Code last = tree != nullptr && below ? tree->last(operand) : operand;
        sets.yes.add_range(cells.of(operand), cells.of(last));
        if (domain.kind != Domain::Kind::region) continue;
        for (auto above = tree->parent(operand); above >= 0; above = tree->parent(above))
            sets.not_no.add(cells.of(above));
    }
    for (const auto& [low, high] : atom.ranges) sets.yes.add_range(cells.of(low), cells.of(high));
    sets.not_no |= sets.yes;
    return sets;
}

}  // namespace

TruthSets truth_sets(const Program& program, const Atom& atom, const AttributeCells& cells) {
    const bool negative = atom.comparison == syntax::Comparison::not_equal ||
                          atom.comparison == syntax::Comparison::not_in;
    const bool listed = negative || atom.comparison == syntax::Comparison::equal ||
                        atom.comparison == syntax::Comparison::in;
    const bool duration = program.attributes[atom.attribute].domain.kind == Domain::Kind::duration;
    if (atom.kind == Atom::Kind::compare && listed && !duration) {
        TruthSets sets = member_sets(program, atom, cells);
        if (negative) sets = {~sets.not_no, ~sets.yes};
        sets.yes.remove(kUnknownCell);
        sets.not_no.add(kUnknownCell);
        return sets;
    }
    TruthSets sets{CellSet(cells.count()), CellSet(cells.count())};
    for (Cell cell = 0; cell < cells.count(); ++cell) {
        const Truth truth = truth_at(program, atom, cells.lowest(cell));
        if (truth == Truth::yes) sets.yes.add(cell);
        if (truth != Truth::no) sets.not_no.add(cell);
    }
    return sets;
}

}  // namespace pintu::rules
