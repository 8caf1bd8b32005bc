#include "tests/simulate/server.hpp"

#include <algorithm>

#include "engine/base/planted.hpp"
#include "engine/cases/state/place.hpp"
#include "engine/history/codec.hpp"

namespace pintu::simulate {
namespace {

constexpr std::size_t kAllParts = 100;

}  // namespace

void Server::changed() {
    ++changes_;
    if (on_change) on_change();
}

std::uint64_t Server::begin() {
    const std::uint64_t xid = next_xid_++;
    in_flight_[xid] = next_number_;
    next_number_ += 1'000;  // more than the events of a commit
    return xid;
}

void Server::end(std::uint64_t xid) {
    in_flight_.erase(xid);
    torn_.erase(xid);
    for (auto& [slot, row] : tables_.agenda)
        if (row.locked_by == xid) row.locked_by = 0;
}

ports::Claimed Server::claim(const ports::ClaimRequest& request, const Tables::Slot& slot,
                             std::uint64_t seen_token) {
    auto& row = tables_.agenda[slot];
    row.token = seen_token + 1;
    row.until = clock() + request.lease_ms * kMillisecond;
    row.last = request.now;
    ledger_.turn_given(slot.first, slot.second, row.token, clock(), request.lease_ms);
    ports::Claimed claimed{{slot.first, slot.second, row.token, row.memo}, {}, {}, {}};
    if (slot.second == ports::Work::decide) {
        for (const auto& [key, timer] : tables_.timers[slot.first]) {
            if (key.first > request.now || claimed.timers.size() == request.limit) break;
            claimed.timers.push_back(timer);
        }
        auto& commands = tables_.commands[slot.first];
        const std::size_t most = std::min(request.limit, commands.size());
        claimed.commands.assign(commands.begin(),
                                commands.begin() + static_cast<std::ptrdiff_t>(most));
        if (planted(Bug::pending_lost_at_claim))
            commands.erase(commands.begin(), commands.begin() + static_cast<std::ptrdiff_t>(most));
    } else if (slot.second == ports::Work::send) {
        std::vector<const WaitingEffect*> ready;
        for (const auto& one : tables_.outbox[slot.first])
            if (!one.dead && (!one.until || *one.until <= request.now)) ready.push_back(&one);
        std::stable_sort(ready.begin(), ready.end(), [](const auto* a, const auto* b) {
            return a->until.value_or(Instant{}) < b->until.value_or(Instant{});
        });
        for (const auto* one : ready)
            if (claimed.effects.size() < request.limit)
                claimed.effects.push_back({one->effect, one->attempts, one->slotted, one->reached});
        if (planted(Bug::outbox_row_gone_at_claim))
            for (const auto& taken : claimed.effects)
                std::erase_if(tables_.outbox[slot.first],
                              [&](const auto& one) { return one.effect.key == taken.effect.key; });
    }
    return claimed;
}

bool Server::turns_hold(const ports::Commit& commit) const {
    return std::all_of(commit.turns.begin(), commit.turns.end(), [&](const auto& end) {
        const auto found = tables_.agenda.find({end.lease.agency, end.lease.work});
        if (found == tables_.agenda.end()) return false;
        const AgendaRow& row = found->second;
        if (row.token != end.lease.token || row.locked_by != 0)
            return planted(Bug::fence_not_checked);
        return row.until > clock() || (planted(Bug::expiry_ignored) && row.until != 0) ||
               planted(Bug::fence_not_checked);
    });
}

std::vector<CaseId> Server::conflicts(const ports::Commit& commit) const {
    std::vector<CaseId> lost;
    std::map<CaseId, std::uint32_t> last;
    const auto last_of = [&](const CaseId& id) -> std::uint32_t& {
        const auto entry = last.try_emplace(id, 0U);
        if (const auto known = tables_.cases.find(id); entry.second && known != tables_.cases.end())
            entry.first->second = static_cast<std::uint32_t>(known->second.events.size());
        return entry.first->second;
    };
    if (!planted(Bug::version_not_checked)) {
        std::map<CaseId, Digest> leaves;
        for (const auto& added : commit.events) {
            const CaseId& id = added.event.case_id;
            const auto known = tables_.cases.find(id);
            const auto entry = leaves.try_emplace(
                id, known == tables_.cases.end() ? Digest{} : known->second.last_leaf);
            if (added.event.sequence != ++last_of(id) ||
                added.event.previous != entry.first->second)
                lost.push_back(id);
            entry.first->second = added.leaf;
        }
        for (const auto& update : commit.cases)
            if (update.row.sequence != last_of(update.row.id)) lost.push_back(update.row.id);
    }
    if (!lost.empty()) ledger_.points().reach(Point::conflict_of_versions);
    if (!planted(Bug::intake_key_not_unique))
        for (const auto& row : commit.intake)
            if (const auto known = tables_.intake.find(row.key); known != tables_.intake.end()) {
                lost.push_back(known->second.case_id);
                ledger_.points().reach(Point::conflict_of_intake_keys);
            }
    for (const auto& outcome : commit.outcomes)
        if (tables_.outcomes.contains(outcome.id)) {
            lost.push_back(outcome.case_id);
            ledger_.points().reach(Point::conflict_of_outcomes);
        }
    std::sort(lost.begin(), lost.end());
    lost.erase(std::unique(lost.begin(), lost.end()), lost.end());
    return lost;
}

Result<ports::CommitAnswer> Server::commit(const ports::Commit& commit, std::uint64_t xid) {
    ports::CommitAnswer answer;
    answer.stale = !turns_hold(commit);
    if (answer.stale) ledger_.points().reach(Point::stale_turn_refused);
    if (!answer.stale) answer.conflicts = conflicts(commit);
    if (!answer.kept()) return answer;
    ledger_.kept(commit, clock());
    keep(commit, xid, kAllParts);
    sync_sometimes();
    return answer;
}

// In parts, so that a crash of the planted store may come between two of them.
void Server::keep(const ports::Commit& commit, std::uint64_t xid, std::size_t most_parts) {
    keep_events(commit, xid);
    if (most_parts < 2) return;
    for (const auto& key : commit.keys) tables_.cases[key.case_id].key = key.key;
    for (const auto& value : commit.personal)
        tables_.cases[value.case_id].personal.push_back(value);
    for (const auto& update : commit.cases) keep_case(update);
    if (most_parts < 3) return;
    for (const auto& row : commit.intake) tables_.intake[row.key] = row;
    keep_effects(commit);
    if (most_parts < 4) return;
    for (const auto& command : commit.submitted) add_command(command);
    for (const auto& outcome : commit.outcomes) {
        if (!planted(Bug::outcome_not_kept)) {
            tables_.outcomes[outcome.id] = outcome;
            tables_.known_commands.insert(outcome.id);
        } else {
            tables_.known_commands.erase(outcome.id);
        }
        const AgencyCode agency = agency_of(outcome.id);
        std::erase_if(tables_.commands[agency],
                      [&](const auto& one) { return one.id == outcome.id; });
    }
    for (const auto& id : commit.erased) erase(id);
    for (const auto& incident : commit.incidents) {
        auto& known = tables_.incidents[incident.id];
        const std::uint32_t before = known.id.empty() ? 0 : known.times;
        known = incident;
        known.times += before;
    }
    wake_all(commit);
    for (const auto& turn : commit.turns) end_turn(turn);
    changed();
}

void Server::keep_events(const ports::Commit& commit, std::uint64_t xid) {
    std::uint64_t number = in_flight_.contains(xid) ? in_flight_.at(xid) : next_number_;
    for (const auto& added : commit.events) {
        const auto& event = added.event;
        auto& one = tables_.cases[event.case_id];
        if (one.events.empty()) tables_.order.push_back(event.case_id);
        one.events.push_back(*history::decode(added.bytes));
        one.last_leaf = added.leaf;
        tables_.unsequenced.push_back({xid,
                                       number++,
                                       {0, event.case_id, event.sequence, added.bytes, added.leaf},
                                       event.agency});
        for (const auto work : {ports::Work::decide, ports::Work::send, ports::Work::follow})
            tables_.agenda.try_emplace({event.agency, work});
    }
}

void Server::keep_case(const ports::CaseUpdate& update) {
    auto& one = tables_.cases[update.row.id];
    auto& timers = tables_.timers[update.row.agency];
    const CaseId& id = update.row.id;
    if (one.timer && !planted(Bug::timer_added_not_replaced)) timers.erase({one.timer->due, id});
    one.row = update.row;
    one.timer = update.timer;
    one.lookups = update.lookups;
    if (const auto& timer = one.timer)
        timers[{timer->due, id}] = {id, update.row.agency, timer->due, timer->name};
}

void Server::keep_effects(const ports::Commit& commit) {
    for (const auto& effect : commit.outbox)
        tables_.outbox[effect.agency].push_back({effect, 0, false, std::nullopt});
    const auto named = [](const EffectKey& key) {
        return [&key](const auto& one) { return one.effect.key == key; };
    };
    for (const auto& key : commit.sent) std::erase_if(tables_.outbox[agency_of(key)], named(key));
    for (const auto& later : commit.deferred) {
        auto& waiting = tables_.outbox[agency_of(later.key)];
        const auto found = std::find_if(waiting.begin(), waiting.end(), named(later.key));
        if (found == waiting.end()) continue;
        found->until = later.until;
        found->attempts = later.attempts;
        found->slotted = later.slotted;
        found->reached = later.reached;
        found->why = later.why;
        found->dead = later.dead;
        if (later.dead) ledger_.points().reach(Point::effect_given_up);
    }
}

void Server::erase(const CaseId& id) {
    tables_.cases[id].key.clear();
    tables_.cases[id].personal.clear();
    std::erase_if(tables_.intake, [&](const auto& row) {
        return row.second.case_id == id && row.first.key.starts_with("content:");
    });
}

void Server::submit(const ports::PendingCommand& command) {
    add_command(command);
    wake({command.agency, ports::Work::decide}, {});
    changed();
    if (on_notice) on_notice();
}

void Server::add_command(const ports::PendingCommand& command) {
    for (const auto work : {ports::Work::decide, ports::Work::send, ports::Work::follow})
        tables_.agenda.try_emplace({command.agency, work});
    if (!tables_.known_commands.insert(command.id).second)
        return ledger_.points().reach(Point::command_known_already);
    tables_.commands[command.agency].push_back(command);
}

bool Server::retry_effect(const EffectKey& key, Instant now) {
    for (auto& one : tables_.outbox[agency_of(key)]) {
        if (one.effect.key != key) continue;
        one = {one.effect, 0, false, now, one.reached, "", false};
        wake({agency_of(key), ports::Work::send}, now);
        changed();
        if (on_notice) on_notice();
        return true;
    }
    return false;
}

bool Server::retry_incident(const std::string& id, Instant now) {
    const auto found = tables_.incidents.find(id);
    if (found == tables_.incidents.end() || !found->second.open) return false;
    auto& incident = found->second;
    incident.open = false;
    if (!incident.command.empty())
        submit({CommandId(id + "-retry-" + std::to_string(incident.times)), incident.agency,
                incident.case_id, now, incident.command});
    ledger_.points().reach(Point::incident_retried);
    return true;
}

void Server::save(const ports::DefinitionSet& set) {
    for (const auto& known : tables_.definitions)
        if (known.id == set.id) return;
    tables_.definitions.push_back(set);
}

void Server::publish(const ports::DefinitionSet& set, const std::vector<AgencyCode>& agencies) {
    save(set);
    if (tables_.in_force == set.id) return;
    tables_.in_force = set.id;
    for (const auto& agency : agencies) {
        auto& row = tables_.agenda[{agency, ports::Work::follow}];
        row.memo.clear();
        row.due = {};
        if (planted(Bug::follow_outlives_publish)) continue;
        ++row.token;
        row.until = 0;
    }
    ledger_.published(agencies, set.hashes);
    ++publications_;
    changed();
    if (on_notice) on_notice();
}

std::size_t Server::sequence(std::size_t limit) {
    auto& waiting = tables_.unsequenced;
    std::sort(waiting.begin(), waiting.end(), [](const auto& a, const auto& b) {
        return std::tie(a.xid, a.number) < std::tie(b.xid, b.number);
    });
    const std::uint64_t oldest = in_flight_.empty() ? next_xid_ : in_flight_.begin()->first;
    std::size_t placed = 0;
    std::set<AgencyCode> grown;
    std::vector<Numbered> left;
    const bool naive = planted(Bug::cursor_past_in_flight);
    for (auto& one : waiting) {
        const bool in_flight = !naive && one.xid >= oldest;
        if (placed == limit || in_flight || !tables_.growing.contains(one.agency)) {
            if (in_flight && left.empty())
                ledger_.points().reach(Point::sequencer_waited_for_one_in_flight);
            left.push_back(std::move(one));
            continue;
        }
        ++placed;
        if (naive && one.number <= tables_.sequenced_up_to) continue;
        tables_.sequenced_up_to = one.number;
        auto& log = tables_.logs[one.agency];
        one.event.position = log.events.size();
        log.frontier.append(one.event.leaf);
        log.events.push_back(std::move(one.event));
        grown.insert(one.agency);
    }
    waiting = std::move(left);
    std::erase_if(tables_.growing, [&](const auto& agency) {
        return std::none_of(waiting.begin(), waiting.end(),
                            [&](const auto& one) { return one.agency == agency; });
    });
    for (const auto& agency : grown) {
        auto& log = tables_.logs[agency];
        log.roots.push_back({log.frontier.size(), log.frontier.root()});
    }
    if (placed > 0 && waiting.empty())
        ledger_.points().reach(Point::sequencer_had_nothing_to_wait_for);
    return placed;
}

// The planted store acknowledges at once and writes a little later.
void Server::sync_sometimes() {
    if (planted(Bug::acknowledged_before_synced) && (!synced_ || chance_.percent(60)))
        synced_ = tables_;
}

void Server::crash() {
    up_ = false;
    ++life_;
    ledger_.points().reach(Point::store_crashed);
    if (!torn_.empty()) ledger_.points().reach(Point::store_crashed_in_mid_commit);
    if (planted(Bug::torn_commit))
        for (const auto& [xid, commit] : torn_)
            if (turns_hold(*commit) && conflicts(*commit).empty()) {
                ledger_.kept(*commit, clock());
                keep(*commit, xid, 1 + chance_.below(4));
            }
    torn_.clear();
    in_flight_.clear();
    for (auto& [slot, row] : tables_.agenda) row.locked_by = 0;
    if (synced_) tables_ = *synced_;
}

void Server::recover(Micros clock_moves) {
    up_ = true;
    clock_offset_ += clock_moves;
    changed();
}

}  // namespace pintu::simulate
