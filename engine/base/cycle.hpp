// Order of things that need one another, or the circle that makes it impossible.
#pragma once

#include <cstddef>
#include <vector>

namespace pintu {

struct Ordering {
    std::vector<std::size_t> order;  // needed things first; empty where there is a cycle
    std::vector<std::size_t> cycle;  // one shortest-found circle, in order; empty where none
};

// needs[i] lists what i needs. Deterministic: among free choices the smallest index first. No
// recursion, so its depth is bounded by memory only.
Ordering order_by_need(const std::vector<std::vector<std::size_t>>& needs);

}  // namespace pintu
