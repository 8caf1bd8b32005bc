#include "engine/base/cycle.hpp"

#include <algorithm>
#include <utility>

namespace pintu {

Ordering order_by_need(const std::vector<std::vector<std::size_t>>& needs) {
    enum class Mark { fresh, open, done };
    std::vector<Mark> marks(needs.size(), Mark::fresh);
    Ordering result;
    std::vector<std::pair<std::size_t, std::size_t>> path;  // (node, next need to look at)
    for (std::size_t root = 0; root < needs.size(); ++root) {
        if (marks[root] != Mark::fresh) continue;
        marks[root] = Mark::open;
        path.assign(1, {root, 0});
        while (!path.empty()) {
            auto& [node, next] = path.back();
            if (next == needs[node].size()) {
                marks[node] = Mark::done;
                result.order.push_back(node);
                path.pop_back();
                continue;
            }
            const std::size_t need = needs[node][next++];
            if (marks[need] == Mark::done) continue;
            if (marks[need] == Mark::open) {
                const auto start = std::find_if(path.begin(), path.end(),
                                                [&](const auto& p) { return p.first == need; });
                for (auto it = start; it != path.end(); ++it) result.cycle.push_back(it->first);
                result.order.clear();
                return result;
            }
            marks[need] = Mark::open;
            path.emplace_back(need, 0);
        }
    }
    return result;
}

}  // namespace pintu
