#include "engine/rules/compile/index.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <unordered_map>

namespace pintu::rules {
namespace {

constexpr std::size_t kMostTableCells = 1 << 20;
constexpr std::size_t kEntriesARule = 64;  // of the table, on average
constexpr std::size_t kChunk = 64;
constexpr std::uint64_t kAnywhere = ~std::uint64_t{0};

std::size_t spread(const IndexRule& rule, const Axis& axis, std::uint32_t at) {
    return rule.classes[at] == nullptr ? axis.classes : rule.classes[at]->count();
}

struct Table {
    std::uint32_t row = 0;
    std::uint32_t column = 0;
};

// The pair of axes that leaves over the fewest rules on average, within the bounds of memory; an
// axis twice stands for a table of one row.
class TableChoice {
  public:
    TableChoice(const std::vector<Axis>& axes, const std::vector<IndexRule>& rules)
        : axes_(axes), rules_(rules), spreads_(axes.size()) {
        for (std::uint32_t a = 0; a < axes.size(); ++a)
            for (const auto& rule : rules) spreads_[a].push_back(spread(rule, axes[a], a));
    }

    Table best() const {
        Table best = single();
        std::uint64_t fewest = left_over(best.column, best.column);
        for (std::uint32_t a = 0; a < axes_.size(); ++a)
            for (std::uint32_t b = a + 1; b < axes_.size(); ++b) {
                if (!fits(a, b) || left_over(a, b) >= fewest) continue;
                fewest = left_over(a, b);
                best = axes_[a].classes < axes_[b].classes ? Table{a, b} : Table{b, a};
            }
        return best;
    }

  private:
    static constexpr std::uint64_t kScale = 1024;

    Table single() const {
        std::uint32_t best = 0;
        for (std::uint32_t a = 1; a < axes_.size(); ++a)
            if (left_over(a, a) < left_over(best, best)) best = a;
        return {best, best};
    }
    std::uint64_t size(std::uint32_t a, std::uint32_t b) const {
        return std::uint64_t{axes_[a].classes} * (a == b ? 1 : axes_[b].classes);
    }
    std::uint64_t entries(std::uint32_t a, std::uint32_t b) const {
        std::uint64_t total = 0;
        for (std::size_t r = 0; r < rules_.size(); ++r)
            total += std::uint64_t{spreads_[a][r]} * (a == b ? 1 : spreads_[b][r]);
        return total;
    }
    // Rules in a cell on average, in parts of kScale.
    std::uint64_t left_over(std::uint32_t a, std::uint32_t b) const {
        return entries(a, b) * kScale / size(a, b);
    }
    bool fits(std::uint32_t a, std::uint32_t b) const {
        return size(a, b) <= kMostTableCells &&
               entries(a, b) <= kEntriesARule * (rules_.size() + 1024);
    }
    const std::vector<Axis>& axes_;
    const std::vector<IndexRule>& rules_;
    std::vector<std::vector<std::size_t>> spreads_;
};

// The rules of each table cell, in order, one after the other.
struct Lists {
    std::vector<std::uint32_t> starts;  // of each cell, and the end
    std::vector<std::uint32_t> rules;
};

template <class F>
void each_class(const IndexRule& rule, const Axis& axis, std::uint32_t at, F&& f) {
    if (rule.classes[at] != nullptr) return rule.classes[at]->each(f);
    for (std::size_t c = 0; c < axis.classes; ++c) f(c);
}

class Builder {
  public:
    Builder(const std::vector<Axis>& axes, const std::vector<IndexRule>& rules, bool first_only)
        : axes_(axes), rules_(rules), first_only_(first_only) {}

    Index build() {
        choose();
        const Lists lists = list();
        index_.words.append({0});  // line 0: no rules
        index_.table.resize(lists.starts.size() - 1);
        for (std::size_t cell = 0; cell < index_.table.size(); ++cell) {
            const auto* first = lists.rules.data() + lists.starts[cell];
            const auto* last = lists.rules.data() + lists.starts[cell + 1];
            if (first != last) index_.table[cell] = shared_block({first, last});
        }
        return std::move(index_);
    }

  private:
    struct Entry {
        std::uint32_t rule;
        std::vector<std::uint16_t> literals;
    };

    bool one_row() const { return index_.row_axis == index_.column_axis; }

    void choose() {
        const Table table = TableChoice(axes_, rules_).best();
        index_.row_axis = table.row;
        index_.column_axis = table.column;
        index_.columns = axes_[table.column].classes;
        for (std::uint32_t a = 0; a < axes_.size(); ++a) {
            const bool used = std::any_of(rules_.begin(), rules_.end(), [&](const IndexRule& rule) {
                return rule.classes[a] != nullptr;
            });
            if (a == table.row || a == table.column || !used) continue;
            index_.axes.push_back(a);
            index_.bases.push_back(index_.bitmap_words);
            index_.bitmap_words += axes_[a].classes;
        }
        if (index_.bitmap_words > 64 || !first_only_) return;
        std::size_t literals = 0;
        for (const auto& rule : rules_) {
            rest_.push_back(rest_of(rule));
            for (const std::size_t id : rule.literals) literals = std::max(literals, id + 1);
        }
        weaker_.resize(literals);
    }

    // The classes of the bitmap axes in which the rule is left over, side by side.
    std::uint64_t rest_of(const IndexRule& rule) const {
        std::uint64_t bits =
            index_.bitmap_words == 64 ? kAnywhere : (std::uint64_t{1} << index_.bitmap_words) - 1;
        for (std::size_t i = 0; i < index_.axes.size(); ++i) {
            const CellSet* classes = rule.classes[index_.axes[i]];
            if (classes == nullptr) continue;
            for (std::uint32_t c = 0; c < axes_[index_.axes[i]].classes; ++c)
                if (!classes->has(c)) bits &= ~(std::uint64_t{1} << (index_.bases[i] + c));
        }
        return bits;
    }

    template <class F>
    void each_cell(std::uint32_t at, F&& f) const {
        const IndexRule& rule = rules_[at];
        if (rule.never) return;
        if (one_row()) {
            each_class(rule, axes_[index_.row_axis], index_.row_axis, f);
            return;
        }
        each_class(rule, axes_[index_.row_axis], index_.row_axis, [&](std::size_t row) {
            each_class(rule, axes_[index_.column_axis], index_.column_axis,
                       [&](std::size_t column) { f(row * index_.columns + column); });
        });
    }

    Lists list() const {
        const std::size_t rows = one_row() ? 1 : axes_[index_.row_axis].classes;
        Lists lists;
        lists.starts.resize(rows * index_.columns + 1);
        for (std::uint32_t r = 0; r < rules_.size(); ++r)
            each_cell(r, [&](std::size_t cell) { ++lists.starts[cell + 1]; });
        for (std::size_t c = 1; c < lists.starts.size(); ++c)
            lists.starts[c] += lists.starts[c - 1];
        lists.rules.resize(lists.starts.back());
        auto next = lists.starts;
        for (std::uint32_t r = 0; r < rules_.size(); ++r)
            each_cell(r, [&](std::size_t cell) { lists.rules[next[cell]++] = r; });
        return lists;
    }

    struct ListHash {
        std::size_t operator()(const std::vector<std::uint32_t>& list) const {
            std::uint64_t hash = list.size();
            for (const auto rule : list)
                hash = (hash ^ rule) * 0x9E3779B97F4A7C15U, hash ^= hash >> 29;
            return hash;
        }
    };

    // Cells with the same rules share a block.
    std::uint32_t shared_block(std::vector<std::uint32_t> list) {
        const auto [it, fresh] = known_.try_emplace(std::move(list), 0);
        if (fresh) it->second = block(it->first);
        return it->second;
    }

    std::uint32_t block(const std::vector<std::uint32_t>& list) {
        const auto entries = prune(list);
        if (entries.empty()) return 0;
        std::vector<std::uint64_t> words;
        for (std::size_t at = 0; at < entries.size();) at = chunk(entries, at, words);
        ++index_.blocks;
        return index_.words.append(words);
    }

    std::vector<Entry> prune(const std::vector<std::uint32_t>& list) {
        std::vector<Entry> entries;
        for (const auto literal : touched_) weaker_[literal].clear();
        touched_.clear();
        always_.clear();
        for (const auto r : list) {
            const IndexRule& rule = rules_[r];
            if (rest_.empty()) {
                entries.push_back({r, rule.literals});
                continue;
            }
            if (covered(always_, rest_[r])) continue;
            Entry entry{r, {}};
            for (const auto literal : rule.literals)
                if (!covered(weaker_[literal], rest_[r])) entry.literals.push_back(literal);
            if (rule.has_literals && entry.literals.empty()) continue;
            if (rule.plain && !rule.has_literals) always_.push_back(rest_[r]);
            if (rule.plain)
                for (const auto literal : entry.literals) {
                    weaker_[literal].push_back(rest_[r]);
                    touched_.push_back(literal);
                }
            entries.push_back(std::move(entry));
        }
        return entries;
    }

    static bool covered(const std::vector<std::uint64_t>& by, std::uint64_t rest) {
        return std::any_of(by.begin(), by.end(),
                           [&](std::uint64_t wider) { return (rest & ~wider) == 0; });
    }

    // Appends the next chunk; where the following one begins.
    std::size_t chunk(const std::vector<Entry>& entries, std::size_t from,
                      std::vector<std::uint64_t>& words) const {
        std::size_t to = from;
        std::size_t literals = 0;
        while (to < entries.size() && to - from < kChunk &&
               literals + entries[to].literals.size() <= Index::kMostLiterals)
            literals += entries[to++].literals.size();
        assert(to > from);
        const std::size_t count = to - from;
        const std::size_t size = 1 + index_.bitmap_words + count + (literals + 3) / 4;
        const std::size_t begin = words.size();
        words.resize(begin + size);
        words[begin] = count | std::uint64_t{to < entries.size()} << 8 | std::uint64_t{size} << 32;
        bitmaps(entries, from, to, words.data() + begin + 1);
        std::uint64_t* entry = words.data() + begin + 1 + index_.bitmap_words;
        auto* literal = reinterpret_cast<unsigned char*>(entry + count);
        std::uint64_t first = 0;
        for (std::size_t i = from; i < to; ++i) {
            const IndexRule& rule = rules_[entries[i].rule];
            *entry++ = entries[i].rule | first << 32 |
                       std::uint64_t{entries[i].literals.size()} << 48 |
                       (rule.plain ? 0 : Index::kHasChecks);
            first += entries[i].literals.size();
            for (const auto id : entries[i].literals) {
                std::memcpy(literal, &id, sizeof id);
                literal += sizeof id;
            }
        }
        return to;
    }

    void bitmaps(const std::vector<Entry>& entries, std::size_t from, std::size_t to,
                 std::uint64_t* words) const {
        for (std::size_t i = 0; i < index_.axes.size(); ++i)
            for (std::size_t at = from; at < to; ++at)
                each_class(rules_[entries[at].rule], axes_[index_.axes[i]], index_.axes[i],
                           [&](std::size_t c) {
                               words[index_.bases[i] + c] |= std::uint64_t{1} << (at - from);
                           });
    }

    const std::vector<Axis>& axes_;
    const std::vector<IndexRule>& rules_;
    bool first_only_;
    Index index_;
    std::vector<std::uint64_t> rest_;  // by rule; empty: no pruning
    std::unordered_map<std::vector<std::uint32_t>, std::uint32_t, ListHash> known_;
    std::vector<std::vector<std::uint64_t>> weaker_;  // by literal: rest_ of rules that have it
    std::vector<std::uint16_t> touched_;
    std::vector<std::uint64_t> always_;
};

}  // namespace

std::uint32_t Words::append(const std::vector<std::uint64_t>& words) {
    constexpr std::size_t kWords = sizeof(Line) / sizeof(std::uint64_t);
    const auto first = static_cast<std::uint32_t>(lines_.size());
    for (std::size_t at = 0; at < words.size(); at += kWords) {
        Line& line = lines_.emplace_back(Line{});
        std::copy_n(words.data() + at, std::min(kWords, words.size() - at), line.words);
    }
    return first;
}

Index build_index(const std::vector<Axis>& axes, const std::vector<IndexRule>& rules,
                  bool first_only) {
    return Builder(axes, rules, first_only).build();
}

}  // namespace pintu::rules
