// Random workflows against a plain simulation that counts every at_most: what the checks accept
// can lose no case, and what they call endless really is.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "engine/workflow/graph/checks.hpp"
#include "engine/workflow/model/model.hpp"
#include "tests/support/random_program.hpp"

namespace pintu::workflow {
namespace {

using testing::Random;

std::string name_of(std::size_t i) {
    return "s" + std::to_string(i);
}

EventSpec random_event(Random& random, std::size_t i, std::size_t states) {
    EventSpec event;
    event.name = "e" + std::to_string(i);
    event.to = name_of(random.below(states));
    if (random.chance(60)) event.at_most = static_cast<int>(1 + random.below(2));
    if (event.at_most && random.chance(40)) event.then = name_of(random.below(states));
    if (random.chance(15)) event.within = calendar::Duration{3, calendar::DurationUnit::days};
    return event;
}

Workflow random_workflow(Random& random) {
    Workflow workflow;
    workflow.name = "acak";
    workflow.first = name_of(0);
    const std::size_t states = 2 + random.below(4);
    for (std::size_t i = 0; i < states; ++i) {
        State state;
        state.name = name_of(i);
        state.final = i + 1 == states || random.chance(10);
        const auto events = random.below(state.final ? 2 : 4);
        for (std::size_t e = 0; e < events; ++e)
            state.on.push_back(random_event(random, e, states));
        if (!state.final && random.chance(60))
            state.after =
                After{{3, calendar::DurationUnit::days}, name_of(random.below(states)), {}};
        workflow.states.push_back(std::move(state));
    }
    return workflow;
}

// A state and how often each event of each state was taken.
struct Situation {
    std::string state;
    std::map<std::string, int> taken;
    bool operator<(const Situation& other) const {
        return std::tie(state, taken) < std::tie(other.state, other.taken);
    }
};

class Simulation {
  public:
    explicit Simulation(const Workflow& workflow) : workflow_(workflow) { explore(); }

    bool endless() const { return endless_; }

    // Every situation leads to an end, even if people come too late for every `within`.
    bool always_ends() {
        std::map<Situation, bool> ends;
        for (const auto& [situation, next] : late_) ends[situation] = is_final(situation);
        for (bool changed = true; changed;) {
            changed = false;
            for (const auto& [situation, next] : late_)
                for (const auto& to : next)
                    if (!ends[situation] && ends[to]) ends[situation] = changed = true;
        }
        return std::all_of(ends.begin(), ends.end(), [](const auto& e) { return e.second; });
    }

    std::set<std::string> states_seen() const {
        std::set<std::string> seen;
        for (const auto& [situation, next] : late_) seen.insert(situation.state);
        return seen;
    }

  private:
    bool is_final(const Situation& s) const { return workflow_.find_state(s.state)->final; }

    std::vector<Situation> steps(const Situation& here, bool late) const {
        std::vector<Situation> next;
        const auto* state = workflow_.find_state(here.state);
        for (const auto& event : state->on) {
            if (late && event.within) continue;
            auto there = here;
            const auto key = state->name + "/" + event.name;
            const auto taken = here.taken.find(key);
            const int before = taken == here.taken.end() ? 0 : taken->second;
            const bool spent = event.at_most && before >= *event.at_most;
            if (spent && event.then.empty()) continue;
            there.state = spent ? event.then : event.to;
            if (event.at_most && !spent) there.taken[key] = before + 1;
            next.push_back(std::move(there));
        }
        if (state->after) next.push_back({state->after->to, here.taken});
        return next;
    }

    // Depth first over all situations; a situation met again on its own way is an endless circle.
    void explore() {
        struct Frame {
            Situation here;
            std::vector<Situation> next;
            std::size_t at = 0;
        };
        const Situation start{workflow_.first, {}};
        std::vector<Frame> way = {{start, steps(start, false)}};
        std::set<Situation> open = {start};
        std::set<Situation> done;
        late_[start] = steps(start, true);
        while (!way.empty()) {
            auto& frame = way.back();
            if (frame.at == frame.next.size()) {
                open.erase(frame.here);
                done.insert(frame.here);
                way.pop_back();
                continue;
            }
            const auto to = frame.next[frame.at++];
            if (open.contains(to)) endless_ = true;
            if (open.contains(to) || done.contains(to)) continue;
            open.insert(to);
            late_[to] = steps(to, true);
            way.push_back({to, steps(to, false)});
        }
    }

    const Workflow& workflow_;
    std::map<Situation, std::vector<Situation>> late_;
    bool endless_ = false;
};

bool has(const Diagnostics& diagnostics, const char* code) {
    return std::any_of(diagnostics.items().begin(), diagnostics.items().end(),
                       [&](const Diagnostic& d) { return d.code == code; });
}

TEST(GraphChecks, accept_nothing_that_a_simulation_can_lose) {
    std::size_t accepted = 0;
    std::size_t endless = 0;
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        Random random(seed);
        const auto workflow = random_workflow(random);
        Diagnostics diagnostics;
        check_graph(workflow, diagnostics);
        Simulation simulation(workflow);
        const bool reachable = !has(diagnostics, "WF201");
        if (has(diagnostics, "WF207") && reachable) {
            ++endless;
        } else if (reachable) {
            ASSERT_FALSE(simulation.endless()) << "seed " << seed;
        }
        const bool sure_of_end =
            !has(diagnostics, "WF202") && !has(diagnostics, "WF203") && !has(diagnostics, "WF206");
        if (!sure_of_end || has(diagnostics, "WF207") || !reachable) continue;
        ++accepted;
        ASSERT_TRUE(simulation.always_ends()) << "seed " << seed;
        ASSERT_LE(simulation.states_seen().size(), workflow.states.size()) << "seed " << seed;
    }
    EXPECT_GT(accepted, 100U);
    EXPECT_GT(endless, 100U);
}

}  // namespace
}  // namespace pintu::workflow
