// Plain questions about a directed graph, answered by Boost.Graph behind this header.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace pintu::workflow {

constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

struct Digraph {
    std::size_t size = 0;                                    // vertices are 0 to size - 1
    std::vector<std::pair<std::size_t, std::size_t>> edges;  // from, to
};

// Shortest ways from `start`: for each vertex the one before it, itself for the start, kNowhere
// where no way leads. Among equal ways the one whose edges were given first.
std::vector<std::size_t> ways_from(const Digraph& graph, std::size_t start);

// start ... vertex; empty where `before` says there is none.
std::vector<std::size_t> way_to(const std::vector<std::size_t>& before, std::size_t vertex);

// For each vertex: can any of `goals` be reached from it? (A goal reaches itself.)
std::vector<bool> reaches(const Digraph& graph, const std::vector<bool>& goals);

// For each vertex the number of its strongly connected component.
std::vector<std::size_t> components(const Digraph& graph);

// One shortest circle in each component that has one, first vertex not repeated, the smallest
// vertex first; ordered by that vertex.
std::vector<std::vector<std::size_t>> circles(const Digraph& graph);

}  // namespace pintu::workflow
