#include <algorithm>

#include "engine/cases/decide/commands.hpp"
#include "engine/cases/decide/steps.hpp"
#include "engine/workflow/model/migrate.hpp"

namespace pintu::cases {
namespace {

void move_clock(Turn& turn, const std::string& name, workflow::ClockMove move) {
    switch (move) {
        case workflow::ClockMove::keep: return;
        case workflow::ClockMove::recompute: return recompute_clock(turn, name);
        case workflow::ClockMove::restart: return restart_clock(turn, name);
    }
}

void move_clocks(Turn& turn, const workflow::Migration& migration) {
    const auto clocks = turn.state().clocks;
    for (const auto& [name, clock] : clocks) {
        if (turn.stopped()) return;
        using Phase = calendar::ClockState::Phase;
        const bool alive = clock.phase == Phase::running || clock.phase == Phase::paused;
        if (is_wait(name) || !alive) continue;
        if (turn.workflow()->find_clock(name) == nullptr)
            stop_clock(turn, name);
        else
            move_clock(turn, name, workflow::clock_move(migration, name));
    }
}

}  // namespace

// The context's definitions are the newer ones; they say how to come from the older.
void run(Turn& turn, const Migrate& migrate) {
    const BundleHash from = turn.state().pinned;
    const auto refuse = [&] { turn.reject("CS036", {from.text(), migrate.to.text()}); };
    if (turn.pinned().pinned != migrate.to || from == migrate.to) return refuse();
    const auto* flow = turn.workflow();
    if (flow == nullptr) return refuse();
    const auto migration =
        std::find_if(flow->migrations.begin(), flow->migrations.end(),
                     [&](const auto& candidate) { return candidate.from == from; });
    if (migration == flow->migrations.end()) return refuse();
    const std::string old_state = turn.state().name;
    const std::string& state = workflow::moved_state(*migration, old_state);
    if (flow->find_state(state) == nullptr) return turn.reject("CS043", {state});
    turn.emit(Migrated{from, migrate.to, old_state, state}, true);
    move_clocks(turn, *migration);
    if (!turn.stopped()) start_waits(turn);
}

}  // namespace pintu::cases
