#include "engine/workflow/model/migrate.hpp"

#include <algorithm>

namespace pintu::workflow {
namespace {

bool same_action(const RungAction& left, const RungAction& right) {
    const auto whom = [](const RungAction& action) -> const Who& {
        return std::visit([](const auto& a) -> const Who& { return a.whom; }, action);
    };
    return left.index() == right.index() && same_who(whom(left), whom(right));
}

bool same_rung(const Rung& left, const Rung& right) {
    return left.percent == right.percent && same_action(left.action, right.action) &&
           left.again_every == right.again_every && left.at_most == right.at_most &&
           left.then.has_value() == right.then.has_value() &&
           (!left.then || same_action(*left.then, *right.then));
}

void check_states(const Migration& migration, const Workflow& older, const Workflow& newer,
                  Diagnostics& diagnostics) {
    for (const auto& state : older.states)
        if (newer.find_state(state.name) == nullptr && migration.states.count(state.name) == 0)
            diagnostics.error("WF401", migration.span, state.name);
    for (const auto& [from, to] : migration.states)
        if (older.find_state(from) == nullptr) diagnostics.error("WF403", migration.span, from);
}

}  // namespace

bool same_clock(const ClockSpec& left, const ClockSpec& right) {
    return left.start == right.start && left.stop == right.stop &&
           left.paused_in == right.paused_in && left.resumes_in == right.resumes_in &&
           left.lasts == right.lasts && left.calendar_of_owner == right.calendar_of_owner &&
           left.restart_again == right.restart_again &&
           std::equal(left.rungs.begin(), left.rungs.end(), right.rungs.begin(), right.rungs.end(),
                      same_rung);
}

void check_migration(const Migration& migration, const Workflow& older, const Workflow& newer,
                     Diagnostics& diagnostics) {
    check_states(migration, older, newer, diagnostics);
    for (const auto& clock : newer.clocks) {
        const auto* before = older.find_clock(clock.name);
        if (before != nullptr && !same_clock(*before, clock) &&
            migration.clocks.count(clock.name) == 0)
            diagnostics.error("WF404", migration.span, clock.name);
    }
    for (const auto& [clock, move] : migration.clocks)
        if (older.find_clock(clock) == nullptr || newer.find_clock(clock) == nullptr)
            diagnostics.error("WF405", migration.span, clock);
}

const std::string& moved_state(const Migration& migration, const std::string& state) {
    const auto found = migration.states.find(state);
    return found == migration.states.end() ? state : found->second;
}

ClockMove clock_move(const Migration& migration, const std::string& clock) {
    const auto found = migration.clocks.find(clock);
    return found == migration.clocks.end() ? ClockMove::keep : found->second;
}

}  // namespace pintu::workflow
