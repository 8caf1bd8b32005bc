#include "engine/rules/analyse/cover.hpp"

#include <algorithm>
#include <set>

#include "engine/rules/compile/grid.hpp"

namespace pintu::rules {
namespace {

constexpr std::size_t kMostRest = 2048;          // classes of all axes but two, multiplied
constexpr std::size_t kMostCells = 1 << 20;      // of the two
constexpr std::size_t kMostEntries = 4'000'000;  // rules over cells

class Cover {
  public:
    Cover(const Space& space, const DecisionLayer& layer, std::size_t most)
        : space_(space), program_(space.program()), layer_(layer), most_(most) {
        lives_.rules.resize(layer.rules.size(), Life::open);
        lives_.because.resize(layer.rules.size());
    }

    Lives run() {
        for (const auto id : layer_.rules)
            clauses_.push_back(split(program_.rules[id].when, space_.all_cells()));
        Grid grid(program_, space_.all_cells());
        grid.gather(clauses_);
        if (!independent(grid.axes())) return std::move(lives_);
        for (const auto& rule : clauses_) sets_.push_back(grid.sets_of(rule));
        keep_allowed(grid);
        grid.merge(sets_);
        axes_ = std::move(grid.axes());
        if (!lay_out()) return std::move(lives_);
        for (std::uint32_t r = 0; r < sets_.size(); ++r) rests_.push_back(rest_of(r));
        sweep();
        conclude();
        return std::move(lives_);
    }

  private:
    bool plain(std::size_t r) const {
        const Answer& answer = program_.rules[layer_.rules[r]].answer;
        return answer.kind == Answer::Kind::constant && clauses_[r].checks.empty();
    }

    // Each attribute on one axis, and none a decision: then classes combine freely.
    bool independent(const std::vector<Axis>& axes) const {
        std::set<AttributeId> seen;
        for (const auto& axis : axes)
            for (const auto attribute : axis.attributes)
                if (space_.is_decision(attribute) || !seen.insert(attribute).second) return false;
        return true;
    }

    // Only joint cells that a report of the Space can be in.
    void keep_allowed(const Grid& grid) {
        for (std::size_t at = 0; at < grid.axes().size(); ++at) {
            const Axis& axis = grid.axes()[at];
            CellSet allowed(axis.class_of.size());
            for (std::size_t joint = 0; joint < axis.class_of.size(); ++joint) {
                bool in = true;
                for (std::size_t i = 0; i < axis.attributes.size(); ++i) {
                    const auto attribute = axis.attributes[i];
                    const auto own = joint / axis.strides[i] % space_.cells(attribute).count();
                    in = in && space_.everything().cells[attribute].has(own);
                }
                if (in) allowed.add(joint);
            }
            for (auto& rule : sets_) {
                if (rule[at].yes.size() == 0)
                    rule[at].yes = allowed;
                else
                    rule[at].yes &= allowed;
                rule[at].not_no = rule[at].yes;
            }
        }
    }

    // The two axes with most classes make the cells, the others the rest.
    bool lay_out() {
        std::vector<std::size_t> order(axes_.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return axes_[a].classes > axes_[b].classes;
        });
        row_ = order[0];
        column_ = order.size() > 1 ? order[1] : order[0];
        rest_axes_.assign(order.begin() + std::min<std::ptrdiff_t>(2, std::ssize(order)),
                          order.end());
        for (const auto at : rest_axes_) {
            rest_size_ *= axes_[at].classes;
            if (rest_size_ > kMostRest) return false;
        }
        std::size_t entries = 0;
        for (const auto& rule : sets_)
            entries += rule[row_].yes.count() * (one_axis() ? 1 : rule[column_].yes.count());
        return entries <= kMostEntries && cells() <= kMostCells;
    }

    bool one_axis() const { return row_ == column_; }
    std::size_t columns() const { return one_axis() ? 1 : axes_[column_].classes; }
    std::size_t cells() const { return axes_[row_].classes * columns(); }

    CellSet rest_of(std::size_t r) const {
        CellSet rest(rest_size_);
        for (std::size_t point = 0; point < rest_size_; ++point) {
            std::size_t left = point;
            bool in = true;
            for (const auto at : rest_axes_) {
                in = in && sets_[r][at].yes.has(left % axes_[at].classes);
                left /= axes_[at].classes;
            }
            if (in) rest.add(point);
        }
        return rest;
    }

    template <class F>
    void each_cell(std::size_t r, F&& f) const {
        sets_[r][row_].yes.each([&](std::size_t row) {
            if (one_axis()) return f(row);
            sets_[r][column_].yes.each([&](std::size_t column) { f(row * columns() + column); });
        });
    }

    // Cell by cell, each rule in order: is there a report of this cell that it meets first?
    void sweep() {
        lists_.resize(cells());
        for (std::uint32_t r = 0; r < sets_.size(); ++r)
            each_cell(r, [&](std::size_t cell) { lists_[cell].push_back(r); });
        doubtful_.resize(sets_.size());
        live_.resize(sets_.size());
        always_ = CellSet(rest_size_);
        by_phrase_.assign(space_.phrase_count(), CellSet(rest_size_));
        for (const auto& list : lists_) sweep_cell(list);
    }

    void sweep_cell(const std::vector<std::uint32_t>& list) {
        always_.clear();
        for (const auto phrase : touched_) by_phrase_[phrase].clear();
        touched_.clear();
        bool doubt = false;
        for (const auto r : list) {
            if (doubt || !plain(r))
                doubtful_[r] = true;
            else if (!live_[r])
                live_[r] = meets_first(r);
            if (!plain(r))
                doubt = true;
            else
                cover_with(r);
        }
    }

    bool meets_first(std::uint32_t r) const {
        CellSet left = rests_[r];
        left &= ~always_;
        if (!clauses_[r].has_literals) return !left.empty();
        for (const auto probe : clauses_[r].literals)
            for (const auto phrase : space_.phrases_of(probe))
                if (!left.within(by_phrase_[phrase])) return true;
        return false;
    }

    // A text with one phrase alone is the one that the fewest rules before can take.
    void cover_with(std::uint32_t r) {
        if (!clauses_[r].has_literals) {
            always_ |= rests_[r];
            return;
        }
        for (const auto probe : clauses_[r].literals)
            for (const auto phrase : space_.phrases_of(probe)) {
                by_phrase_[phrase] |= rests_[r];
                touched_.push_back(phrase);
            }
    }

    // Some of the rules that take its reports before it, in order.
    void name_before(std::uint32_t r) {
        std::set<std::uint32_t> before;
        each_cell(r, [&](std::size_t cell) {
            for (const auto other : lists_[cell]) {
                if (other >= r || before.size() >= most_) break;
                if (rests_[other].meets(rests_[r]) && share_text(other, r)) before.insert(other);
            }
        });
        for (const auto other : before) lives_.because[r].push_back(layer_.rules[other]);
    }

    bool share_text(std::uint32_t a, std::uint32_t b) const {
        if (!clauses_[a].has_literals || !clauses_[b].has_literals) return true;
        for (const auto probe : clauses_[b].literals)
            for (const auto phrase : space_.phrases_of(probe))
                for (const auto hit : space_.hits(phrase))
                    if (std::find(clauses_[a].literals.begin(), clauses_[a].literals.end(), hit) !=
                        clauses_[a].literals.end())
                        return true;
        return false;
    }

    void conclude() {
        for (std::uint32_t r = 0; r < sets_.size(); ++r) {
            if (live_[r]) lives_.rules[r] = Life::live;
            if (live_[r] || doubtful_[r] || !plain(r)) continue;
            lives_.rules[r] = Life::dead;
            name_before(r);
        }
    }

    const Space& space_;
    const Program& program_;
    const DecisionLayer& layer_;
    std::size_t most_;
    std::vector<Clauses> clauses_;
    std::vector<std::vector<TruthSets>> sets_;
    std::vector<Axis> axes_;
    std::size_t row_ = 0;
    std::size_t column_ = 0;
    std::vector<std::size_t> rest_axes_;
    std::size_t rest_size_ = 1;
    std::vector<CellSet> rests_;
    std::vector<char> live_;
    std::vector<char> doubtful_;  // a rule that is not plain came before in some cell
    std::vector<std::vector<std::uint32_t>> lists_;  // rules of each cell, in order
    CellSet always_;                                 // covered whatever the text
    std::vector<CellSet> by_phrase_;                 // covered for a text with this phrase
    std::vector<std::uint32_t> touched_;
    Lives lives_;
};

}  // namespace

Lives cover(const Space& space, const Decision& decision, const DecisionLayer& layer,
            std::size_t most) {
    if (decision.policy != syntax::Policy::first) {
        Lives lives;
        lives.rules.resize(layer.rules.size(), Life::open);
        lives.because.resize(layer.rules.size());
        return lives;
    }
    return Cover(space, layer, most).run();
}

}  // namespace pintu::rules
