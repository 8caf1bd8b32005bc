#include "engine/rules/compile/grid.hpp"

#include <algorithm>

namespace pintu::rules {

bool surely_known(const Attribute& attribute) {
    return (attribute.source == Attribute::Source::field && attribute.required) ||
           (attribute.source == Attribute::Source::fact && attribute.fallback != kUnknown);
}

void Grid::gather(const std::vector<Clauses>& rules) {
    for (const bool joint : {true, false})
        for (const auto& rule : rules)
            for (const auto& clause : rule.sets)
                if ((clause.attributes.size() > 1) == joint) add_axis(clause.attributes);
    if (axes_.empty()) axes_.push_back(Axis{{}, {}, {0}, 1});
}

std::vector<TruthSets> Grid::sets_of(const Clauses& rule) const {
    std::vector<TruthSets> sets(axes_.size());
    for (const auto& clause : rule.sets) {
        const auto at = by_attributes_.at(clause.attributes);
        TruthSets clause_sets = truth_sets(program_, clause.condition, axes_[at], cells_);
        if (sets[at].yes.size() == 0) {
            sets[at] = std::move(clause_sets);
        } else {
            sets[at].yes &= clause_sets.yes;
            sets[at].not_no &= clause_sets.not_no;
        }
    }
    return sets;
}

bool Grid::possible(const Axis& axis, std::size_t joint) const {
    for (std::size_t i = 0; i < axis.attributes.size(); ++i) {
        const auto own = joint / axis.strides[i] % cells_[axis.attributes[i]].count();
        if (own == kUnknownCell && surely_known(program_.attributes[axis.attributes[i]]))
            return false;
    }
    return true;
}

void Grid::merge(std::vector<std::vector<TruthSets>>& rules) {
    for (std::size_t at = 0; at < axes_.size(); ++at) merge_axis(at, rules);
}

void Grid::add_axis(const std::vector<AttributeId>& attributes) {
    if (by_attributes_.count(attributes) > 0) return;
    if (attributes.size() == 1) {
        const auto lies_in = [&](const Axis& axis) {
            return std::find(axis.attributes.begin(), axis.attributes.end(), attributes[0]) !=
                   axis.attributes.end();
        };
        const auto it = std::find_if(axes_.begin(), axes_.end(), lies_in);
        if (it != axes_.end()) {
            by_attributes_[attributes] = static_cast<std::size_t>(it - axes_.begin());
            return;
        }
    }
    by_attributes_[attributes] = axes_.size();
    Axis axis{attributes, {}, {}, 0};
    std::uint32_t joint = 1;
    for (const auto attribute : attributes) {
        axis.strides.push_back(joint);
        joint *= static_cast<std::uint32_t>(cells_[attribute].count());
    }
    axis.class_of.resize(joint);
    axis.classes = joint;
    axes_.push_back(std::move(axis));
}

std::vector<Grid::Column> Grid::columns(std::size_t at,
                                        const std::vector<std::vector<TruthSets>>& rules) const {
    std::vector<Column> result(axes_[at].class_of.size());
    std::uint64_t seed = 0x9E3779B97F4A7C15U;
    const auto mixed = [&] {
        seed += 0x9E3779B97F4A7C15U;
        std::uint64_t z = (seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31);
    };
    for (const auto& rule : rules)
        for (const CellSet* set : {&rule[at].yes, &rule[at].not_no}) {
            const Column mark{mixed(), mixed()};
            set->each([&](std::size_t cell) {
                result[cell].low ^= mark.low;
                result[cell].high ^= mark.high;
            });
        }
    return result;
}

namespace {

bool alike(std::size_t at, const std::vector<std::vector<TruthSets>>& rules, std::size_t a,
           std::size_t b) {
    return std::all_of(rules.begin(), rules.end(), [&](const std::vector<TruthSets>& rule) {
        const auto& sets = rule[at];
        return sets.yes.size() == 0 ||
               (sets.yes.has(a) == sets.yes.has(b) && sets.not_no.has(a) == sets.not_no.has(b));
    });
}

}  // namespace

void Grid::merge_axis(std::size_t at, std::vector<std::vector<TruthSets>>& rules) {
    Axis& axis = axes_[at];
    const auto fingerprints = columns(at, rules);
    std::map<Column, std::vector<std::size_t>> classes;  // representatives
    std::vector<std::size_t> representatives;
    for (std::size_t cell = 0; cell < axis.class_of.size(); ++cell) {
        if (!possible(axis, cell)) continue;  // never looked up: stays in class 0
        auto& candidates = classes[fingerprints[cell]];
        const auto same = std::find_if(candidates.begin(), candidates.end(), [&](auto other) {
            return alike(at, rules, representatives[other], cell);
        });
        if (same == candidates.end()) {
            candidates.push_back(representatives.size());
            representatives.push_back(cell);
            axis.class_of[cell] = static_cast<std::uint32_t>(representatives.size() - 1);
        } else {
            axis.class_of[cell] = static_cast<std::uint32_t>(*same);
        }
    }
    axis.classes = static_cast<std::uint32_t>(representatives.size());
    for (auto& rule : rules) {
        if (rule[at].yes.size() == 0) continue;
        TruthSets merged{CellSet(axis.classes), CellSet(axis.classes)};
        for (std::size_t c = 0; c < representatives.size(); ++c) {
            if (rule[at].yes.has(representatives[c])) merged.yes.add(c);
            if (rule[at].not_no.has(representatives[c])) merged.not_no.add(c);
        }
        rule[at] = std::move(merged);
    }
}

}  // namespace pintu::rules
