#include "engine/rules/format/align.hpp"

#include <algorithm>
#include <map>
#include <numeric>

namespace pintu::rules {
namespace {

using syntax::Keyword;

// A rule wider than this up to its `when` or `->` does not push the others to the right.
constexpr std::size_t kWidestName = 32;
constexpr std::size_t kWidestLeft = 76;

std::size_t size(const Statement& s) {
    return s.last - s.first;
}

// Statements that stand on one line, and how wide they are without pads.
class Columns {
  public:
    Columns(Layout& layout, std::size_t first, std::size_t last)
        : layout_(layout), first_(first), last_(last) {}

    void align_rules() {
        const auto whens = widest(kWidestName, [&](const Statement& s) {
            const auto when = layout_.find(s, Keyword::when);
            return when < size(s) ? layout_.width(s, 0, when) : 0;
        });
        pad_to(whens, kWidestName,
               [&](const Statement& s) { return layout_.find(s, Keyword::when); });
        align_arrows();
    }

    void align_rows() {
        for (std::size_t cell = 0;; ++cell) {
            const auto start_of = [&](const Statement& s) { return cell_start(s, cell + 1); };
            const auto wide = widest(kWidestLeft, [&](const Statement& s) {
                const auto start = start_of(s);
                return start < size(s) ? left(s, start) : 0;
            });
            if (wide == 0) break;
            pad_to(wide, kWidestLeft, start_of);
        }
        align_arrows();
    }

  private:
    void align_arrows() {
        const auto arrow = [&](const Statement& s) { return layout_.find_sign(s, "->"); };
        const auto wide =
            widest(kWidestLeft, [&](const Statement& s) { return left(s, arrow(s)); });
        pad_to(wide, kWidestLeft, arrow);
    }

    // Columns before the token at `place`, pads included.
    std::size_t left(const Statement& s, std::size_t place) const {
        return layout_.width(s, 0, place) +
               std::accumulate(s.pad.begin(), s.pad.begin() + static_cast<std::ptrdiff_t>(place),
                               std::size_t{0});
    }

    // Where cell number `cell` starts (the place after so many commas before the arrow).
    std::size_t cell_start(const Statement& s, std::size_t cell) const {
        const auto arrow = layout_.find_sign(s, "->");
        for (std::size_t i = 0; i < arrow; ++i)
            if (layout_.token(s, i).is(",") && --cell == 0) return i + 1 < arrow ? i + 1 : size(s);
        return size(s);
    }

    bool fits(const Statement& s) const {
        return !layout_.has_inner_comments(s) && s.indent + left(s, size(s)) <= kWidest;
    }

    template <class Measure>
    std::size_t widest(std::size_t most, Measure measure) const {
        std::size_t result = 0;
        for (auto i = first_; i < last_; ++i) {
            const auto& s = layout_.statements[i];
            const auto columns = fits(s) ? measure(s) : 0;
            if (columns <= most) result = std::max(result, columns);
        }
        return result;
    }

    template <class Place>
    void pad_to(std::size_t column, std::size_t most, Place place_of) {
        for (auto i = first_; i < last_; ++i) {
            auto& s = layout_.statements[i];
            const auto place = place_of(s);
            if (place >= size(s) || !fits(s)) continue;
            const auto columns = left(s, place);
            if (columns > most || columns >= column) continue;
            s.pad[place] = column - columns;
            if (!fits(s)) s.pad[place] = 0;
        }
    }

    Layout& layout_;
    std::size_t first_;
    std::size_t last_;
};

bool is_rule(const Statement& s) {
    return s.start == Keyword::rule || s.start == Keyword::otherwise;
}
bool is_row(const Statement& s) {
    return s.start == Keyword::row;
}

}  // namespace

void align(Layout& layout) {
    const auto& all = layout.statements;
    for (std::size_t i = 0; i < all.size();) {
        const auto alike = is_rule(all[i]) ? &is_rule : is_row(all[i]) ? &is_row : nullptr;
        auto end = i + 1;
        while (alike && end < all.size() && alike(all[end])) ++end;
        if (alike == &is_rule) Columns(layout, i, end).align_rules();
        if (alike == &is_row) Columns(layout, i, end).align_rows();
        i = end;
    }
}

}  // namespace pintu::rules
