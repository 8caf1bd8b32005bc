#include <algorithm>
#include <functional>
#include <set>

#include "engine/workflow/graph/all_checks.hpp"
#include "engine/workflow/graph/clock_walk.hpp"
#include "engine/workflow/graph/search.hpp"
#include "engine/workflow/model/moves.hpp"

namespace pintu::workflow {
namespace {

Digraph graph_of(const Workflow& workflow, const std::vector<Move>& moves,
                 const std::function<bool(const Move&)>& keep) {
    Digraph graph{workflow.states.size(), {}};
    for (const auto& move : moves)
        if (keep(move)) graph.edges.emplace_back(move.from, move.to);
    return graph;
}

bool any(const Move&) {
    return true;
}

// Counted, so that no circle through it goes on for ever.
bool is_bounded(const Move& move) {
    return move.kind == Move::Kind::event && move.event->at_most.has_value();
}

// A way that is always open, however often and late a case comes by.
bool lasts(const Move& move) {
    if (move.event == nullptr) return true;
    return !move.event->within && (move.kind == Move::Kind::spent || !move.event->at_most);
}

bool is_dead_end(const State& state) {
    return !state.final && state.on.empty() && !state.after && !state.choose;
}

// Of the vertices marked `bad`, one of each component that no edge leaves.
std::vector<std::size_t> traps(const Digraph& graph, const std::vector<bool>& bad) {
    const auto component = components(graph);
    std::set<std::size_t> left;
    for (const auto& [from, to] : graph.edges)
        if (component[from] != component[to]) left.insert(component[from]);
    std::vector<std::size_t> found;
    std::set<std::size_t> seen;
    for (std::size_t v = 0; v < graph.size; ++v)
        if (bad[v] && left.count(component[v]) == 0 && seen.insert(component[v]).second)
            found.push_back(v);
    return found;
}

}  // namespace

void check_ways(const Workflow& workflow, Diagnostics& diagnostics) {
    const auto& states = workflow.states;
    const auto moves = moves_of(workflow);
    const auto all = graph_of(workflow, moves, any);
    const auto open = graph_of(workflow, moves, lasts);
    const auto before = ways_from(all, position_of(workflow, workflow.first));
    std::vector<bool> ends(states.size());
    std::vector<bool> settled(states.size());  // ends, or is a dead end that was reported
    for (std::size_t s = 0; s < states.size(); ++s) {
        ends[s] = states[s].final;
        settled[s] = states[s].final || is_dead_end(states[s]);
        const auto way = show_way(workflow, way_to(before, s));
        if (way.empty())
            diagnostics.error("WF201", states[s].span, states[s].name);
        else if (is_dead_end(states[s]))
            diagnostics.error("WF202", states[s].span, states[s].name, way);
    }
    const auto can_settle = reaches(all, settled);
    const auto can_end = reaches(all, ends);
    const auto always_settle = reaches(open, settled);
    std::vector<bool> lost(states.size());
    std::vector<bool> stuck(states.size());
    for (std::size_t s = 0; s < states.size(); ++s) {
        const bool reached = before[s] != kNowhere;
        lost[s] = reached && !can_settle[s];
        stuck[s] = reached && can_end[s] && !always_settle[s];
    }
    for (const auto s : traps(all, lost))
        diagnostics.error("WF203", states[s].span, states[s].name,
                          show_way(workflow, way_to(before, s)));
    for (const auto s : traps(open, stuck))
        diagnostics.error("WF206", states[s].span, states[s].name,
                          show_way(workflow, way_to(before, s)));
}

void check_loops(const Workflow& workflow, Diagnostics& diagnostics) {
    const auto moves = moves_of(workflow);
    const auto report = [&](const char* code, std::vector<std::size_t> circle) {
        const auto& first = workflow.states[circle.front()];
        circle.push_back(circle.front());
        diagnostics.error(code, first.span, show_way(workflow, circle));
    };
    const auto instant = circles(
        graph_of(workflow, moves, [](const Move& m) { return m.kind == Move::Kind::choose; }));
    for (const auto& circle : instant) report("WF208", circle);
    for (auto& circle :
         circles(graph_of(workflow, moves, [](const Move& m) { return !is_bounded(m); })))
        if (std::find(instant.begin(), instant.end(), circle) == instant.end())
            report("WF207", circle);
}

void check_decided(const Workflow& workflow, Diagnostics& diagnostics) {
    const auto moves = moves_of(workflow);
    const auto decides = [](const State& state, const std::string& decision) {
        return std::any_of(state.actions.begin(), state.actions.end(), [&](const Action& action) {
            const auto* decide = std::get_if<DecideAction>(&action);
            return decide != nullptr && decide->decision == decision;
        });
    };
    // Is there a way into `state` on which nothing decides, the state itself included?
    const auto check = [&](const std::string& name, const std::string& decision, const Span& span) {
        const auto undecided = [&](std::size_t s) {
            return !decides(workflow.states[s], decision);
        };
        const auto first = position_of(workflow, workflow.first);
        if (!undecided(first)) return;
        const auto graph = graph_of(
            workflow, moves, [&](const Move& m) { return undecided(m.from) && undecided(m.to); });
        const auto way = way_to(ways_from(graph, first), position_of(workflow, name));
        if (!way.empty()) diagnostics.error("WF214", span, decision, name, show_way(workflow, way));
    };
    // What an event asks for is decided when somebody does it, so only these two can come too
    // early.
    for (const auto& state : workflow.states)
        if (state.choose) check(state.name, state.choose->decision, state.choose->span);
    for (const auto& clock : workflow.clocks)
        if (const auto* decision = std::get_if<std::string>(&clock.lasts))
            for (const auto& state : clock.start) check(state, *decision, clock.span);
}

void check_answers(const Workflow& workflow, Diagnostics& diagnostics) {
    const auto moves = moves_of(workflow);
    const auto asks = [](const Move& move, const std::string& answer) {
        // Nobody is asked anything when at_most is spent.
        return move.kind == Move::Kind::event &&
               std::any_of(move.event->ask.begin(), move.event->ask.end(),
                           [&](const Ask& ask) { return ask.name == answer; });
    };
    const auto check = [&](const State& state, const std::string& answer, const Span& span) {
        if (state.name == workflow.first)
            diagnostics.error("WF216", span, state.name, answer, state.name);
        for (const auto& move : moves)
            if (workflow.states[move.to].name == state.name && !asks(move, answer))
                diagnostics.error("WF216", move.span, state.name, answer, move.label);
    };
    for (const auto& state : workflow.states) {
        if (state.transfer) check(state, state.transfer->to, state.transfer->span);
        for (const auto& action : state.actions)
            if (const auto* merge = std::get_if<MergeAction>(&action))
                check(state, merge->answer, merge->span);
    }
}

}  // namespace pintu::workflow
