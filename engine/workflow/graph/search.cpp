#include "engine/workflow/graph/search.hpp"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/reverse_graph.hpp>
#include <boost/graph/strong_components.hpp>

namespace pintu::workflow {
namespace {

using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS>;

Graph built(const Digraph& graph) {
    return {graph.edges.begin(), graph.edges.end(), graph.size};
}

class RecordBefore : public boost::default_bfs_visitor {
  public:
    explicit RecordBefore(std::vector<std::size_t>& before) : before_(&before) {}
    template <class Edge, class Any>
    void tree_edge(Edge edge, const Any& graph) const {
        (*before_)[target(edge, graph)] = source(edge, graph);
    }

  private:
    std::vector<std::size_t>* before_;
};

template <class Any>
std::vector<std::size_t> search(const Any& graph, std::size_t start) {
    std::vector<std::size_t> before(num_vertices(graph), kNowhere);
    before[start] = start;
    boost::breadth_first_search(graph, start, boost::visitor(RecordBefore(before)));
    return before;
}

// The shortest circle through `start`; empty where there is none.
std::vector<std::size_t> circle_through(const Digraph& graph, std::size_t start) {
    const auto before = ways_from(graph, start);
    std::vector<std::size_t> shortest;
    for (const auto& [from, to] : graph.edges) {
        if (to != start || before[from] == kNowhere) continue;
        auto way = way_to(before, from);
        if (shortest.empty() || way.size() < shortest.size()) shortest = std::move(way);
    }
    return shortest;
}

}  // namespace

std::vector<std::size_t> ways_from(const Digraph& graph, std::size_t start) {
    return search(built(graph), start);
}

std::vector<std::size_t> way_to(const std::vector<std::size_t>& before, std::size_t vertex) {
    if (before[vertex] == kNowhere) return {};
    std::vector<std::size_t> way = {vertex};
    while (before[way.back()] != way.back()) way.push_back(before[way.back()]);
    std::reverse(way.begin(), way.end());
    return way;
}

std::vector<bool> reaches(const Digraph& graph, const std::vector<bool>& goals) {
    // One more vertex behind all goals, from which the search goes backwards.
    Digraph joined = graph;
    joined.size = graph.size + 1;
    for (std::size_t v = 0; v < graph.size; ++v)
        if (goals[v]) joined.edges.emplace_back(v, graph.size);
    const auto forward = built(joined);
    const auto before = search(boost::make_reverse_graph(forward), graph.size);
    std::vector<bool> reached(graph.size);
    for (std::size_t v = 0; v < graph.size; ++v) reached[v] = before[v] != kNowhere;
    return reached;
}

std::vector<std::size_t> components(const Digraph& graph) {
    std::vector<std::size_t> found(graph.size);
    const auto g = built(graph);
    boost::strong_components(
        g, boost::make_iterator_property_map(found.begin(), get(boost::vertex_index, g)));
    return found;
}

std::vector<std::vector<std::size_t>> circles(const Digraph& graph) {
    const auto component = components(graph);
    Digraph inner{graph.size, {}};
    for (const auto& edge : graph.edges)
        if (component[edge.first] == component[edge.second]) inner.edges.push_back(edge);
    std::vector<std::vector<std::size_t>> found;
    std::vector<bool> done(graph.size);
    for (std::size_t v = 0; v < graph.size; ++v) {
        if (done[component[v]]) continue;
        auto circle = circle_through(inner, v);
        if (circle.empty()) continue;
        done[component[v]] = true;
        found.push_back(std::move(circle));
    }
    return found;
}

}  // namespace pintu::workflow
