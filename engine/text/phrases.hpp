// All phrases of all lexicons in one pass over the stems: a tree of stems, and the nodes of it that
// the last few words reached.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pintu::text {

// At most so many other words may stand between one word of a phrase and the next.
constexpr std::size_t kWidestGap = 2;
constexpr std::uint32_t kNoStem = 0xffffffff;

class Phrases {
  public:
    // A phrase of stems (not empty) that says yes to `probe`.
    void add(const std::vector<std::string>& stems, std::uint32_t probe);

    // kNoStem where no phrase has it.
    std::uint32_t stem_id(std::string_view stem) const;
    bool empty() const { return stems_.empty(); }

    // Where a walk over a text's stems stands. Kept between texts for its memory.
    struct Walk {
        std::array<std::vector<std::uint32_t>, kWidestGap + 2>
            reached;                      // nodes by word, the last 4
        std::vector<std::uint64_t> last;  // node -> the word that reached it last
        std::uint64_t word = 0;           // counts on from text to text
    };
    void start(Walk& walk) const;

    // The text's next stem; calls found(probe) for each phrase that it completes. The nearest
    // earlier word that reached a node is the best one, so each node is kept once a word.
    template <class Found>
    void step(Walk& walk, std::uint32_t stem, Found found) const {
        const auto now = ++walk.word;
        auto& here = walk.reached[now % walk.reached.size()];
        here.clear();
        if (stem == kNoStem) return;
        reach(walk, starts_[stem], here, found);
        for (std::size_t back = 1; back <= kWidestGap + 1 && back < now; ++back)
            for (const auto node : walk.reached[(now - back) % walk.reached.size()])
                reach(walk, child(node, stem), here, found);
    }

  private:
    struct Node {
        std::vector<std::pair<std::uint32_t, std::uint32_t>> children;  // stem, node; sorted
        std::vector<std::uint32_t> probes;
    };

    template <class Found>
    void reach(Walk& walk, std::uint32_t node, std::vector<std::uint32_t>& here,
               Found& found) const {
        if (node == 0 || walk.last[node] == walk.word) return;
        walk.last[node] = walk.word;
        for (const auto probe : nodes_[node].probes) found(probe);
        if (!nodes_[node].children.empty()) here.push_back(node);
    }
    // 0 where there is none.
    std::uint32_t child(std::uint32_t node, std::uint32_t stem) const;
    std::uint32_t child_or_new(std::uint32_t node, std::uint32_t stem);

    std::vector<Node> nodes_{1};         // the first stands for "nothing read"
    std::vector<std::uint32_t> starts_;  // stem -> node of phrases that begin with it, or 0
    std::map<std::string, std::uint32_t, std::less<>> stems_;
};

}  // namespace pintu::text
