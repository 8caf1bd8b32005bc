#include "adapters/store/sqlite/agenda.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include "adapters/store/sqlite/rows.hpp"

namespace pintu::store {

using ports::Work;

namespace {

// Of commands, of effects that never waited and of definitions to follow.
constexpr std::int64_t kAlways = 0;

const std::string& name_of(Work work) {
    static const std::string kDecide = "decide";
    static const std::string kSend = "send";
    static const std::string kFollow = "follow";
    switch (work) {
        case Work::decide: return kDecide;
        case Work::send: return kSend;
        case Work::follow: break;
    }
    return kFollow;
}

// ?1 work, ?2 now, ?3 the clock of leases.
const std::string& select_waiting() {
    static const std::string kWaiting =
        "SELECT agency, token, memo FROM agenda WHERE work = ?1 AND due <= ?2 AND "
        "NOT (since <= ?3 AND until > ?3) ORDER BY max(due, turned), agency LIMIT 1";
    return kWaiting;
}

}  // namespace

bool Agenda::has_work(Work work, Instant now) {
    auto& rows = database_.query(select_waiting(), name_of(work), now, clock_ms_);
    bool found = false;
    while (rows.step()) found = true;
    return found;
}

std::optional<Agenda::Waiting> Agenda::longest_waiting(const ports::ClaimRequest& request) {
    std::optional<Waiting> waiting;
    auto& rows = database_.query(select_waiting(), name_of(request.work), request.now, clock_ms_);
    while (rows.step()) {
        waiting = Waiting{AgencyCode(rows.text(0)), static_cast<std::uint64_t>(rows.integer(1)),
                          rows.text(2)};
    }
    return waiting;
}

std::optional<ports::Claimed> Agenda::claim(const ports::ClaimRequest& request) {
    static const std::string kTake =
        "UPDATE agenda SET token = ?3, node = ?4, since = ?5, until = ?6, turned = ?7 "
        "WHERE agency = ?1 AND work = ?2";
    while (auto waiting = longest_waiting(request)) {
        ports::Claimed claimed;
        claimed.lease = {waiting->agency, request.work, waiting->token + 1, waiting->memo};
        fill(claimed, request);
        const bool nothing =
            claimed.timers.empty() && claimed.commands.empty() && claimed.effects.empty();
        // Settled without a turn, or decided at once: what was due is gone.
        if (request.work != Work::follow && nothing) {
            look(waiting->agency, request.work);
            continue;
        }
        database_.run(kTake, waiting->agency, name_of(request.work), claimed.lease.token,
                      request.node, clock_ms_, clock_ms_ + request.lease_ms, request.now);
        return claimed;
    }
    return std::nullopt;
}

void Agenda::fill(ports::Claimed& claimed, const ports::ClaimRequest& request) {
    static const std::string kTimers =
        "SELECT case_id, agency, due, name FROM timers WHERE agency = ?1 AND due <= ?2 "
        "ORDER BY due, case_id LIMIT ?3";
    static const std::string kCommands =
        "SELECT command_id, agency, case_id, submitted_at, body FROM commands WHERE agency = ?1 "
        "ORDER BY id LIMIT ?2";
    static const std::string kEffects = std::string(kSelectEffect) + kOutgoing +
                                        " FROM outbox WHERE agency = ?1 AND "
                                        "next_at <= ?2 ORDER BY next_at, id LIMIT ?3";
    const AgencyCode& agency = claimed.lease.agency;
    const std::uint64_t limit = std::max<std::uint64_t>(request.limit, 1);
    if (request.work == Work::decide) {
        auto& timers = database_.query(kTimers, agency, request.now, limit);
        while (timers.step()) claimed.timers.push_back(timer_of(timers));
        auto& commands = database_.query(kCommands, agency, limit);
        while (commands.step()) claimed.commands.push_back(command_of(commands));
    }
    if (request.work == Work::send) {
        auto& effects = database_.query(kEffects, agency, request.now, limit);
        while (effects.step()) {
            claimed.effects.push_back(outgoing_of(effects));
        }
    }
}

bool Agenda::holds(const std::vector<ports::TurnEnd>& turns) {
    static const std::string kHeld =
        "SELECT 1 FROM agenda WHERE agency = ?1 AND work = ?2 AND token = ?3 AND since <= ?4 AND "
        "until > ?4";
    for (const auto& turn : turns) {
        bool held = false;
        auto& rows = database_.query(kHeld, turn.lease.agency, name_of(turn.lease.work),
                                     turn.lease.token, clock_ms_);
        while (rows.step()) held = true;
        if (!held) return false;
    }
    return true;
}

void Agenda::look(const AgencyCode& agency, Work work) {
    static const std::string kDue =
        "INSERT INTO agenda VALUES (?1, ?2, ?3, 0, 0, '', 0, 0, '') ON CONFLICT (agency, work) "
        "DO UPDATE SET due = excluded.due WHERE due <> excluded.due";
    const std::int64_t due = next_due(agency, work);
    database_.run(kDue, agency, name_of(work), due);
}

void Agenda::note(const ports::Commit& commit) {
    std::set<std::pair<AgencyCode, Work>> changed;
    for (const auto& update : commit.cases) changed.emplace(update.row.agency, Work::decide);
    for (const auto& command : commit.submitted) changed.emplace(command.agency, Work::decide);
    for (const auto& effect : commit.outbox) changed.emplace(effect.agency, Work::send);
    for (const auto& [agency, work] : changed) look(agency, work);
}

void Agenda::end(const std::vector<ports::TurnEnd>& turns) {
    static const std::string kEnd =
        "UPDATE agenda SET due = ?3, since = ?4, until = ?5, memo = ?6 "
        "WHERE agency = ?1 AND work = ?2";
    for (const auto& turn : turns) {
        const auto& lease = turn.lease;
        const std::int64_t due = turn.finished ? kNever.micros : next_due(lease.agency, lease.work);
        const std::int64_t until = turn.keep_ms > 0 ? clock_ms_ + turn.keep_ms : 0;
        database_.run(kEnd, lease.agency, name_of(lease.work), due, clock_ms_, until, lease.memo);
    }
}

void Agenda::restart(const AgencyCode& agency, Work work) {
    static const std::string kRestart =
        "INSERT INTO agenda VALUES (?1, ?2, 0, 0, 1, '', 0, 0, '') ON CONFLICT (agency, work) "
        "DO UPDATE SET due = 0, turned = 0, token = token + 1, node = '', since = 0, until = 0, "
        "memo = ''";
    database_.run(kRestart, agency, name_of(work));
}

std::int64_t Agenda::next_due(const AgencyCode& agency, Work work) {
    static const std::string kDecide =
        "SELECT due FROM (SELECT due FROM timers WHERE agency = ?1 ORDER BY due LIMIT 1) UNION ALL "
        "SELECT 0 WHERE EXISTS (SELECT 1 FROM commands WHERE agency = ?1)";
    static const std::string kSend =
        "SELECT next_at FROM outbox WHERE agency = ?1 ORDER BY next_at LIMIT 1";
    if (work == Work::follow) return kAlways;
    std::int64_t due = kNever.micros;
    auto& rows = database_.query(work == Work::decide ? kDecide : kSend, agency);
    while (rows.step()) due = std::min(due, rows.integer(0));
    return due;
}

}  // namespace pintu::store
