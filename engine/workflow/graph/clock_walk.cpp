#include "engine/workflow/graph/clock_walk.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "engine/workflow/compile/index.hpp"
#include "engine/workflow/model/moves.hpp"

namespace pintu::workflow {
namespace {

// A state and the status of each clock.
struct Situation {
    std::size_t state = 0;
    std::vector<ClockStatus> clocks;
    bool operator<(const Situation& other) const {
        return std::tie(state, clocks) < std::tie(other.state, other.clocks);
    }
};

bool is_alive(ClockStatus status) {
    return status == ClockStatus::running || status == ClockStatus::paused;
}

class Walker {
  public:
    Walker(const Workflow& workflow, std::size_t budget)
        : workflow_(workflow), index_(workflow), budget_(budget), moves_(workflow.states.size()) {
        for (const auto& move : moves_of(workflow)) moves_[move.from].push_back(move.to);
        const auto none = std::vector<bool>(workflow.states.size());
        walk_.alive.assign(workflow.clocks.size(), none);
        walk_.stopped.assign(workflow.clocks.size(), none);
        reported_ = none;
    }

    ClockWalk run() {
        const std::vector<ClockStatus> unstarted(workflow_.clocks.size(), ClockStatus::unstarted);
        enter(position_of(workflow_, workflow_.first), unstarted, 0);
        for (std::size_t i = 0; i < found_.size() && walk_.complete; ++i) {
            look(i);
            const auto here = found_[i]->first;
            for (const auto to : moves_[here.state]) enter(to, here.clocks, i);
        }
        return std::move(walk_);
    }

  private:
    using Entry = std::map<Situation, std::size_t>::const_iterator;

    void enter(std::size_t state, const std::vector<ClockStatus>& before, std::size_t from) {
        Situation situation{state, before};
        for (std::size_t c = 0; c < before.size(); ++c) {
            situation.clocks[c] = entered(before[c], index_.turn(c, state));
            if (is_alive(before[c]) && situation.clocks[c] == ClockStatus::ended)
                walk_.stopped[c][state] = true;
        }
        if (found_.size() >= budget_) {
            walk_.complete = false;
            return;
        }
        const auto [entry, is_new] = known_.emplace(std::move(situation), found_.size());
        if (!is_new) return;
        found_.push_back(entry);
        came_from_.push_back(from);
    }

    void look(std::size_t i) {
        const auto& [state, clocks] = found_[i]->first;
        bool watched = false;
        for (std::size_t c = 0; c < clocks.size(); ++c) {
            if (is_alive(clocks[c])) walk_.alive[c][state] = true;
            watched |= clocks[c] == ClockStatus::running && escalates(workflow_.clocks[c]);
        }
        const auto& here = workflow_.states[state];
        const bool waits = !here.final && !here.choose && !here.after && !here.on.empty();
        if (!waits || watched || reported_[state]) return;
        reported_[state] = true;
        walk_.unwatched.push_back({state, way_into(i)});
    }

    Way way_into(std::size_t i) const {
        Way way = {found_[i]->first.state};
        while (i != 0) {
            i = came_from_[i];
            way.push_back(found_[i]->first.state);
        }
        std::reverse(way.begin(), way.end());
        return way;
    }

    const Workflow& workflow_;
    Index index_;
    std::size_t budget_;
    std::vector<std::vector<std::size_t>> moves_;
    std::map<Situation, std::size_t> known_;
    std::vector<Entry> found_;  // in order of discovery, so the first way found is a shortest
    std::vector<std::size_t> came_from_;
    std::vector<bool> reported_;
    ClockWalk walk_;
};

}  // namespace

ClockWalk walk_clocks(const Workflow& workflow, std::size_t budget) {
    return Walker(workflow, budget).run();
}

bool escalates(const ClockSpec& clock) {
    return std::any_of(clock.rungs.begin(), clock.rungs.end(), [](const Rung& rung) {
        return rung.percent == 100 && std::holds_alternative<Escalate>(rung.action);
    });
}

std::string show_way(const Workflow& workflow, const Way& way) {
    std::string text;
    for (const auto state : way) text += (text.empty() ? "" : " -> ") + workflow.states[state].name;
    return text;
}

}  // namespace pintu::workflow
