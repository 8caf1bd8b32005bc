#include "engine/base/nearest.hpp"

#include <algorithm>
#include <array>

namespace pintu {
namespace {

constexpr std::size_t kLongest = 64;
constexpr std::size_t kMostNames = 10'000;

// Optimal string alignment distance; both words at most kLongest bytes.
std::size_t distance(std::string_view a, std::string_view b) {
    using Row = std::array<std::size_t, kLongest + 1>;
    Row before{};
    Row above{};
    Row here{};
    for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        here[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replace = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            here[j] = std::min({above[j] + 1, here[j - 1] + 1, replace});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                here[j] = std::min(here[j], before[j - 2] + 1);
        }
        before = above;
        above = here;
    }
    return above[b.size()];
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& names) {
    if (word.empty() || word.size() > kLongest) return {};
    std::size_t best = std::max<std::size_t>(1, word.size() / 3) + 1;
    std::string result;
    for (std::size_t i = 0; i < std::min(names.size(), kMostNames); ++i) {
        if (names[i].size() > kLongest || names[i] == word) continue;
        const std::size_t d = distance(word, names[i]);
        if (d < best) {
            best = d;
            result = names[i];
        }
    }
    return result;
}

}  // namespace pintu
