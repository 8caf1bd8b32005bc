#include <algorithm>

#include "engine/workflow/graph/all_checks.hpp"
#include "engine/workflow/graph/clock_walk.hpp"
#include "engine/workflow/model/moves.hpp"

namespace pintu::workflow {
namespace {

const Who* escalated_to(const RungAction& action) {
    const auto* escalate = std::get_if<Escalate>(&action);
    return escalate == nullptr ? nullptr : &escalate->whom;
}

// Whom the clock's ladder names, from the bottom up.
std::vector<const Who*> ladder_of(const ClockSpec& clock) {
    std::vector<const Who*> steps;
    for (const auto& rung : clock.rungs) {
        if (const auto* whom = escalated_to(rung.action)) steps.push_back(whom);
        if (rung.then)
            if (const auto* whom = escalated_to(*rung.then)) steps.push_back(whom);
    }
    return steps;
}

}  // namespace

void check_clock_words(const Workflow& workflow, Diagnostics& diagnostics) {
    for (const auto& clock : workflow.clocks) {
        const std::pair<const char*, const std::vector<std::string>*> lists[] = {
            {"start", &clock.start},
            {"stop", &clock.stop},
            {"paused_in", &clock.paused_in},
            {"resumes_in", &clock.resumes_in}};
        for (const auto& state : workflow.states) {
            std::vector<std::string> words;
            for (const auto& [key, list] : lists)
                if (std::find(list->begin(), list->end(), state.name) != list->end())
                    words.emplace_back(key);
            if (state.final && (words.empty() || words.front() != "stop"))
                words.emplace_back("final");
            if (words.size() > 1)
                diagnostics.error("WF204", clock.span, clock.name, state.name, words[0], words[1]);
        }
        for (const auto& name : clock.paused_in)
            if (const auto* state = workflow.find_state(name); !state->after)
                diagnostics.error("WF213", state->span, clock.name, name);
    }
}

void check_ladders(const Workflow& workflow, Diagnostics& diagnostics) {
    for (const auto& clock : workflow.clocks) {
        if (!escalates(clock)) diagnostics.error("WF210", clock.span, clock.name);
        const auto steps = ladder_of(clock);
        for (std::size_t i = 0; i < steps.size(); ++i) {
            if (steps[i]->of == Who::Of::reporter)
                diagnostics.error("WF211", steps[i]->span, clock.name);
            const auto above =
                std::find_if(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(i),
                             [&](const Who* earlier) { return same_who(*earlier, *steps[i]); });
            if (above == steps.begin() + static_cast<std::ptrdiff_t>(i)) continue;
            std::string circle;
            for (auto at = above; at != steps.begin() + static_cast<std::ptrdiff_t>(i); ++at)
                circle += to_string(**at) + " -> ";
            diagnostics.error("WF212", steps[i]->span, clock.name, circle + to_string(*steps[i]));
        }
    }
}

void check_waits(const Workflow& workflow, Diagnostics& diagnostics) {
    const auto walk = walk_clocks(workflow);
    if (!walk.complete) {
        diagnostics.error("WF215", workflow.span);
        return;
    }
    for (const auto& [state, way] : walk.unwatched)
        diagnostics.error("WF205", workflow.states[state].span, workflow.states[state].name,
                          show_way(workflow, way));
    for (std::size_t c = 0; c < workflow.clocks.size(); ++c)
        for (const auto& name : workflow.clocks[c].stop)
            if (!walk.stopped[c][position_of(workflow, name)])
                diagnostics.error("WF209", workflow.clocks[c].span, workflow.clocks[c].name, name);
}

}  // namespace pintu::workflow
