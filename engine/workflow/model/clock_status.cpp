#include "engine/workflow/model/clock_status.hpp"

#include <algorithm>

namespace pintu::workflow {
namespace {

bool has(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

ClockTurn turn_of(const ClockSpec& clock, const State& state) {
    if (state.final || has(clock.stop, state.name)) return ClockTurn::stop;
    if (has(clock.paused_in, state.name)) return ClockTurn::pause;
    if (has(clock.start, state.name)) return ClockTurn::start;
    return has(clock.resumes_in, state.name) ? ClockTurn::resume : ClockTurn::pass;
}

ClockStatus entered(ClockStatus before, ClockTurn turn) {
    const bool alive = before == ClockStatus::running || before == ClockStatus::paused;
    switch (turn) {
        case ClockTurn::stop: return alive ? ClockStatus::ended : before;
        case ClockTurn::pause: return alive ? ClockStatus::paused : before;
        case ClockTurn::start: return ClockStatus::running;
        case ClockTurn::resume:
            return before == ClockStatus::unstarted ? before : ClockStatus::running;
        case ClockTurn::pass: return alive ? ClockStatus::running : before;
    }
    return before;
}

}  // namespace pintu::workflow
