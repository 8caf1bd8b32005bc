// The server's agenda: from when on an agency has work of a kind, as far as anybody was told. A
// commit wakes it without waiting for locked rows, the end of a turn looks anew, and the sweep
// finds what was passed over.
#include <algorithm>

#include "engine/base/planted.hpp"
#include "tests/simulate/server.hpp"

namespace pintu::simulate {

Instant Server::due_of(const Tables::Slot& slot, const AgendaRow& row) const {
    const auto& [agency, work] = slot;
    if (work == ports::Work::follow) return row.due;
    if (work == ports::Work::decide) {
        const auto commands = tables_.commands.find(agency);
        if (commands != tables_.commands.end() && !commands->second.empty()) return {};
        const auto timers = tables_.timers.find(agency);
        const bool none = timers == tables_.timers.end() || timers->second.empty();
        return none ? kNever : timers->second.begin()->first.first;
    }
    Instant due = kNever;
    if (const auto waiting = tables_.outbox.find(agency); waiting != tables_.outbox.end())
        for (const auto& one : waiting->second)
            if (!one.dead) due = std::min(due, one.until.value_or(Instant{}));
    return due;
}

// --- who is told ---

bool Server::passes_over() {
    if (!chance_.permille(lost_.of_agenda)) return false;
    ledger_.points().reach(Point::wake_passed_over);
    return true;
}

// Only lowers. Whoever has the row looks again at the end of its turn.
void Server::wake(const Tables::Slot& slot, Instant due) {
    auto& row = tables_.agenda[slot];
    if (row.due <= due) return;
    if (row.locked_by != 0) return ledger_.points().reach(Point::wake_met_a_locked_row);
    if (!passes_over()) row.due = due;
}

void Server::wake_log(const AgencyCode& agency) {
    if (!tables_.growing.contains(agency) && !passes_over()) tables_.growing.insert(agency);
}

void Server::wake_all(const ports::Commit& commit) {
    std::set<AgencyCode> logs;
    std::map<Tables::Slot, Instant> wakes;
    const auto add = [&](const AgencyCode& agency, ports::Work work, Instant due) {
        Instant& earliest = wakes.try_emplace({agency, work}, due).first->second;
        earliest = std::min(earliest, due);
    };
    for (const auto& added : commit.events) logs.insert(added.event.agency);
    for (const auto& update : commit.cases)
        if (update.timer) add(update.row.agency, ports::Work::decide, update.timer->due);
    for (const auto& effect : commit.outbox) add(effect.agency, ports::Work::send, {});
    for (const auto& command : commit.submitted) add(command.agency, ports::Work::decide, {});
    for (const auto& agency : logs) wake_log(agency);
    for (const auto& [slot, due] : wakes) wake(slot, due);
}

void Server::end_turn(const ports::TurnEnd& turn) {
    const Tables::Slot slot{turn.lease.agency, turn.lease.work};
    auto& row = tables_.agenda[slot];
    row.memo = turn.lease.memo;
    row.until = turn.keep_ms > 0 ? clock() + turn.keep_ms * kMillisecond : 0;
    row.due = turn.finished ? kNever : due_of(slot, row);
}

// --- who finds what nobody was told of ---

Instant Server::swept_due(const Tables::Slot& slot, const AgendaRow& row) const {
    if (slot.second == ports::Work::send && planted(Bug::sweep_passes_over_outbox)) return row.due;
    return std::min(row.due, due_of(slot, row));
}

void Server::sweep() {
    for (const auto& [slot, row] : tables_.agenda) {
        const Instant due = swept_due(slot, row);
        if (due == row.due) continue;
        wake(slot, due);
        if (row.due == due) ledger_.points().reach(Point::work_found_by_the_sweep);
    }
    for (const auto& one : tables_.unsequenced) {
        if (tables_.growing.contains(one.agency)) continue;
        wake_log(one.agency);
        if (tables_.growing.contains(one.agency))
            ledger_.points().reach(Point::events_found_by_the_sweep);
    }
}

std::optional<Micros> Server::next_found(Micros node_offset) const {
    Micros next = kNever.micros;
    for (const auto& [slot, row] : tables_.agenda) {
        if (swept_due(slot, row) < row.due) return scheduler_.now();
        if (row.due != kNever)
            next =
                std::min(next, std::max(row.until - clock_offset_, row.due.micros - node_offset));
    }
    if (!tables_.unsequenced.empty()) next = std::min(next, scheduler_.now());
    return next == kNever.micros ? std::nullopt : std::optional(next);
}

// --- who takes it ---

std::optional<Tables::Slot> Server::lock(const ports::ClaimRequest& request, std::uint64_t xid) {
    std::optional<Tables::Slot> best;
    Instant since;
    for (auto& [slot, row] : tables_.agenda) {
        if (slot.second != request.work || row.due > request.now) continue;
        if (row.locked_by != 0) ledger_.points().reach(Point::claim_met_a_locked_row);
        const bool free = row.locked_by == 0 && row.until <= clock();
        // Done without a turn: whoever comes to it sees that there is nothing.
        if (free) row.due = due_of(slot, row);
        const bool takes = (free && row.due <= request.now) ||
                           (planted(Bug::locked_row_claimed) && row.locked_by != 0);
        const Instant waits = std::max(row.due, row.last);
        if (!takes || (best && waits >= since)) continue;
        best = slot;
        since = waits;
    }
    if (best) tables_.agenda[*best].locked_by = xid;
    return best;
}

}  // namespace pintu::simulate
