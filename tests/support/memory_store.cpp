#include "tests/support/memory_store.hpp"

#include <algorithm>
#include <limits>

#include "engine/cases/state/place.hpp"
#include "engine/history/codec.hpp"

namespace pintu::testing {
namespace {

constexpr Instant kNever{std::numeric_limits<std::int64_t>::max()};

bool passes(const cases::CaseRow& row, const ports::CaseFilter& filter) {
    const auto late = [&] {
        return std::any_of(row.clocks.begin(), row.clocks.end(),
                           [](const auto& clock) { return clock.late; });
    };
    return (!filter.agency || row.agency == *filter.agency) &&
           (!filter.state || row.state == *filter.state) &&
           (!filter.owner || row.owner == *filter.owner) &&
           (!filter.closed || row.closed == *filter.closed) &&
           (!filter.late || late() == *filter.late) && (!filter.after || row.id > *filter.after);
}

bool has_value(const cases::Values& values, const std::string& name, const std::string& value) {
    return std::find(values.begin(), values.end(), std::pair(name, value)) != values.end();
}

}  // namespace

std::vector<CaseId> MemoryStore::conflicts(const ports::Commit& commit) const {
    std::vector<CaseId> lost;
    std::map<CaseId, std::uint32_t> last;
    for (const auto& added : commit.events) {
        const auto& event = added.event;
        if (!last.contains(event.case_id)) {
            const auto known = cases_.find(event.case_id);
            last[event.case_id] = known == cases_.end() ? 0 : known->second.row.sequence;
        }
        if (event.sequence != ++last[event.case_id]) lost.push_back(event.case_id);
    }
    add_row_conflicts(commit, std::move(last), lost);
    for (const auto& outcome : commit.outcomes)
        if (outcomes_.contains(outcome.id)) lost.push_back(outcome.case_id);
    for (const auto& row : commit.intake)
        if (const auto known = intake_.find(row.key); known != intake_.end())
            lost.push_back(known->second.case_id);
    std::sort(lost.begin(), lost.end());
    lost.erase(std::unique(lost.begin(), lost.end()), lost.end());
    return lost;
}

void MemoryStore::add_row_conflicts(const ports::Commit& commit,
                                    std::map<CaseId, std::uint32_t> last,
                                    std::vector<CaseId>& lost) const {
    for (const auto& update : commit.cases) {
        const auto known = cases_.find(update.row.id);
        const auto stored = known == cases_.end() ? 0 : known->second.row.sequence;
        const auto after = last.try_emplace(update.row.id, stored).first->second;
        if (update.row.sequence != after) lost.push_back(update.row.id);
    }
}

bool MemoryStore::is_stale(const ports::TurnEnd& end) const {
    const auto known = agenda_.find({end.lease.work, end.lease.agency});
    return known == agenda_.end() || known->second.token != end.lease.token ||
           known->second.until_ms <= clock_ms_;
}

Result<ports::CommitAnswer> MemoryStore::commit(const ports::Commit& commit) {
    for (const auto& added : commit.events)
        if (added.bytes.size() > history::kMaxEventBytes)
            return fail("HI006", std::to_string(added.bytes.size()),
                        std::to_string(history::kMaxEventBytes));
    ports::CommitAnswer answer;
    answer.stale = std::any_of(commit.turns.begin(), commit.turns.end(),
                               [&](const auto& end) { return is_stale(end); });
    if (!answer.stale) answer.conflicts = conflicts(commit);
    if (answer.kept()) keep(commit);
    return answer;
}

void MemoryStore::keep(const ports::Commit& commit) {
    ++commits_;
    keep_events(commit);
    keep_cases(commit);
    keep_effects(commit);
    for (const auto& command : commit.submitted) enqueue(command);
    for (const auto& outcome : commit.outcomes) {
        outcomes_[outcome.id] = outcome;
        std::erase_if(queue_, [&](const auto& waiting) { return waiting.id == outcome.id; });
    }
    for (const auto& id : commit.erased) erase(id);
    for (const auto& incident : commit.incidents) keep_incident(incident);
    for (const auto& end : commit.turns) end_turn(end);
}

void MemoryStore::keep_events(const ports::Commit& commit) {
    for (const auto& added : commit.events) {
        auto& one = cases_[added.event.case_id];
        if (one.events.empty()) order_.push_back(added.event.case_id);
        one.events.push_back(*history::decode(added.bytes));
        one.last_leaf = added.leaf;
        auto& log = logs_[added.event.agency];
        log.push_back(
            {log.size(), added.event.case_id, added.event.sequence, added.bytes, added.leaf});
        frontiers_[added.event.agency].append(added.leaf);
    }
    for (const auto& [agency, frontier] : frontiers_) {
        auto& roots = roots_[agency];
        if (roots.empty() || roots.back().size < frontier.size())
            roots.push_back({frontier.size(), frontier.root()});
    }
}

void MemoryStore::keep_cases(const ports::Commit& commit) {
    personal_.insert(personal_.end(), commit.personal.begin(), commit.personal.end());
    for (const auto& key : commit.keys) cases_[key.case_id].key = key.key;
    for (const auto& update : commit.cases) {
        auto& one = cases_[update.row.id];
        if (one.timer) timers_.erase({one.timer->due, update.row.id});
        one.row = update.row;
        one.timer.reset();
        if (const auto& timer = update.timer)
            one.timer = {update.row.id, update.row.agency, timer->due, timer->name};
        one.lookups = update.lookups;
        if (one.timer) timers_.insert({one.timer->due, update.row.id});
    }
    for (const auto& row : commit.intake) intake_[row.key] = row;
}

void MemoryStore::keep_effects(const ports::Commit& commit) {
    for (const auto& effect : commit.outbox) outbox_.push_back({effect, {}, 0, false});
    for (const auto& key : commit.sent)
        std::erase_if(outbox_, [&](const auto& waiting) { return waiting.effect.key == key; });
    for (const auto& deferred : commit.deferred)
        for (auto& waiting : outbox_)
            if (waiting.effect.key == deferred.key)
                waiting = {waiting.effect,    deferred.dead ? kNever : deferred.until,
                           deferred.attempts, deferred.slotted,
                           deferred.reached,  deferred.why,
                           deferred.dead};
}

void MemoryStore::keep_incident(const ports::Incident& incident) {
    auto& kept = incidents_[incident.id];
    const auto before = kept.id.empty() ? 0 : kept.times;
    kept = incident;
    kept.times += before;
}

// Whoever has the token may end the turn; what is left to do is seen from the work itself.
void MemoryStore::end_turn(const ports::TurnEnd& end) {
    auto& turns = agenda_[{end.lease.work, end.lease.agency}];
    turns.memo = end.lease.memo;
    turns.until_ms = end.keep_ms > 0 ? clock_ms_ + end.keep_ms : 0;
    if (!end.finished) return;
    to_follow_.erase(end.lease.agency);
    turns.memo.clear();
}

void MemoryStore::erase(const CaseId& id) {
    cases_[id].key.clear();
    std::erase_if(personal_, [&](const auto& value) { return value.case_id == id; });
    std::erase_if(intake_, [&](const auto& row) {
        return row.second.case_id == id && row.first.key.starts_with("content:");
    });
}

Result<std::vector<ports::StoredCase>> MemoryStore::load(const std::vector<CaseId>& ids) {
    std::vector<ports::StoredCase> found;
    for (const auto& id : ids) {
        const auto one = cases_.find(id);
        if (one == cases_.end())
            found.emplace_back();
        else
            found.push_back({one->second.events, one->second.last_leaf, one->second.key});
    }
    return found;
}

Result<std::vector<CaseId>> MemoryStore::find(const TrackingId& tracking_id) {
    std::vector<CaseId> found;
    for (const auto& id : order_)
        if (cases_.at(id).row.tracking_id == tracking_id) found.push_back(id);
    return found;
}

Result<std::vector<cases::PersonalValue>> MemoryStore::personal(const CaseId& case_id) {
    std::vector<cases::PersonalValue> found;
    for (const auto& value : personal_)
        if (value.case_id == case_id) found.push_back(value);
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
        return std::tie(a.sequence, a.path) < std::tie(b.sequence, b.path);
    });
    return found;
}

Result<std::vector<std::optional<ports::IntakeRow>>> MemoryStore::find_intake(
    const std::vector<ports::IntakeKey>& keys) {
    std::vector<std::optional<ports::IntakeRow>> found;
    for (const auto& key : keys) {
        const auto row = intake_.find(key);
        found.push_back(row == intake_.end() ? std::nullopt : std::optional(row->second));
    }
    return found;
}

Result<ports::PriorAnswer> MemoryStore::prior(const ports::PriorQuery& query) {
    ports::PriorAnswer answer;
    answer.position = logs_[query.agency].size();
    for (const auto& id : order_) {
        const auto& one = cases_.at(id);
        const auto& row = one.row;
        if (answer.found.size() == query.at_most) break;
        if (row.agency != query.agency || row.withdrawn || id == query.except ||
            row.received_at < query.received_from || row.received_at > query.received_until ||
            !has_value(one.lookups, query.attribute, query.value))
            continue;
        if (query.within_m && !(row.lat_udeg && row.lon_udeg &&
                                cases::near({*row.lat_udeg, *row.lon_udeg},
                                            {query.lat_udeg, query.lon_udeg}, *query.within_m)))
            continue;
        answer.found.push_back(id);
    }
    return answer;
}

Result<std::vector<cases::CaseRow>> MemoryStore::list(const ports::CaseFilter& filter) {
    std::vector<cases::CaseRow> rows;
    for (const auto& [id, one] : cases_)
        if (rows.size() < filter.limit && passes(one.row, filter)) rows.push_back(one.row);
    return rows;
}

Result<std::vector<ports::LoggedEvent>> MemoryStore::log(const AgencyCode& agency,
                                                         std::uint64_t from, std::size_t limit) {
    const auto& log = logs_[agency];
    std::vector<ports::LoggedEvent> rows;
    for (std::size_t i = from; i < log.size() && rows.size() < limit; ++i) rows.push_back(log[i]);
    return rows;
}

Result<std::vector<ports::LogRoot>> MemoryStore::roots(const AgencyCode& agency) {
    const auto found = roots_.find(agency);
    return found == roots_.end() ? std::vector<ports::LogRoot>{} : found->second;
}

Result<std::vector<AgencyCode>> MemoryStore::agencies() {
    std::vector<AgencyCode> codes;
    for (const auto& [code, log] : logs_)
        if (!log.empty()) codes.push_back(code);
    return codes;
}

Result<std::vector<ports::Timer>> MemoryStore::due_timers(Instant now, std::size_t limit) {
    std::vector<ports::Timer> due;
    for (const auto& [at, id] : timers_) {
        if (at > now || due.size() == limit) break;
        due.push_back(*cases_.at(id).timer);
    }
    return due;
}

Result<std::optional<Instant>> MemoryStore::next_due() {
    std::optional<Instant> next;
    if (!timers_.empty()) next = timers_.begin()->first;
    for (const auto& waiting : outbox_)
        if (waiting.until != Instant{} && !waiting.dead && (!next || waiting.until < *next))
            next = waiting.until;
    return next;
}

// Since when each agency has work of a kind; 0: always.
std::map<AgencyCode, Instant> MemoryStore::due(ports::Work work) const {
    std::map<AgencyCode, Instant> due;
    const auto add = [&](const AgencyCode& agency, Instant at) {
        const auto [found, is_new] = due.emplace(agency, at);
        if (!is_new) found->second = std::min(found->second, at);
    };
    if (work == ports::Work::decide) {
        for (const auto& [at, id] : timers_) add(cases_.at(id).timer->agency, at);
        for (const auto& command : queue_) add(command.agency, {});
    }
    if (work == ports::Work::send)
        for (const auto& waiting : outbox_)
            if (!waiting.dead) add(waiting.effect.agency, waiting.until);
    if (work == ports::Work::follow)
        for (const auto& agency : to_follow_) add(agency, {});
    return due;
}

Result<std::optional<ports::Claimed>> MemoryStore::claim(const ports::ClaimRequest& request) {
    std::optional<std::pair<Instant, AgencyCode>> longest;
    for (const auto& [agency, since] : due(request.work)) {
        const auto& turns = agenda_[{request.work, agency}];
        if (since > request.now || turns.until_ms > clock_ms_) continue;
        const std::pair waited(std::max(since, turns.last), agency);
        if (!longest || waited < *longest) longest = waited;
    }
    if (!longest) return std::optional<ports::Claimed>();
    auto& turns = agenda_[{request.work, longest->second}];
    turns = {turns.token + 1, request.node, clock_ms_ + request.lease_ms, request.now, turns.memo};
    ports::Claimed claimed;
    claimed.lease = {longest->second, request.work, turns.token, turns.memo};
    hand_out(request, claimed);
    return std::optional(std::move(claimed));
}

void MemoryStore::hand_out(const ports::ClaimRequest& request, ports::Claimed& claimed) const {
    const AgencyCode& agency = claimed.lease.agency;
    if (request.work == ports::Work::decide) {
        for (const auto& [at, id] : timers_)
            if (at <= request.now && cases_.at(id).timer->agency == agency &&
                claimed.timers.size() < request.limit)
                claimed.timers.push_back(*cases_.at(id).timer);
        for (const auto& command : queue_)
            if (command.agency == agency && claimed.commands.size() < request.limit)
                claimed.commands.push_back(command);
    }
    if (request.work != ports::Work::send) return;
    std::vector<Waiting> ready;
    for (const auto& waiting : outbox_)
        if (waiting.effect.agency == agency && waiting.until <= request.now)
            ready.push_back(waiting);
    std::stable_sort(ready.begin(), ready.end(),
                     [](const auto& a, const auto& b) { return a.until < b.until; });
    for (const auto& waiting : ready)
        if (claimed.effects.size() < request.limit)
            claimed.effects.push_back(
                {waiting.effect, waiting.attempts, waiting.slotted, waiting.reached});
}

void MemoryStore::enqueue(const ports::PendingCommand& command) {
    const auto waits = [&](const auto& waiting) { return waiting.id == command.id; };
    if (outcomes_.contains(command.id) || std::any_of(queue_.begin(), queue_.end(), waits)) return;
    queue_.push_back(command);
}

Result<void> MemoryStore::submit(const ports::PendingCommand& command) {
    enqueue(command);
    return {};
}

Result<std::vector<ports::PendingCommand>> MemoryStore::pending(std::size_t limit) {
    return std::vector(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(
                                                            std::min(limit, queue_.size())));
}

Result<std::optional<ports::CommandOutcome>> MemoryStore::outcome(const CommandId& id) {
    const auto found = outcomes_.find(id);
    return found == outcomes_.end() ? std::nullopt : std::optional(found->second);
}

Result<std::vector<cases::Effect>> MemoryStore::unsent(std::size_t limit) {
    std::vector<cases::Effect> found;
    for (const auto& waiting : outbox_)
        if (found.size() < limit) found.push_back(waiting.effect);
    return found;
}

Result<std::vector<ports::OutboxRow>> MemoryStore::outbox(const ports::OutboxFilter& filter) {
    std::vector<ports::OutboxRow> found;
    for (const auto& one : outbox_) {
        const bool fits = (!filter.agency || one.effect.agency == *filter.agency) &&
                          (!filter.key || one.effect.key == *filter.key) &&
                          (!filter.dead || one.dead == *filter.dead);
        if (fits && found.size() < filter.limit)
            found.push_back({{one.effect, one.attempts, one.slotted, one.reached},
                             one.dead ? Instant{} : one.until,
                             one.dead,
                             one.why});
    }
    return found;
}

Result<bool> MemoryStore::retry_effect(const EffectKey& key, Instant now) {
    for (auto& one : outbox_) {
        if (one.effect.key != key) continue;
        one = {one.effect, now, 0, false, one.reached, "", false};
        return true;
    }
    return false;
}

Result<std::vector<ports::Incident>> MemoryStore::incidents(const ports::IncidentFilter& filter) {
    std::vector<ports::Incident> found;
    for (const auto& [id, incident] : incidents_)
        if ((!filter.agency || incident.agency == *filter.agency) &&
            (!filter.id || id == *filter.id) && (!filter.open || incident.open == *filter.open))
            found.push_back(incident);
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.at > b.at; });
    if (found.size() > filter.limit) found.resize(filter.limit);
    return found;
}

Result<bool> MemoryStore::retry_incident(const std::string& id, Instant now) {
    const auto known = incidents_.find(id);
    if (known == incidents_.end() || !known->second.open) return false;
    auto& incident = known->second;
    incident.open = false;
    if (!incident.command.empty())
        enqueue({CommandId(id + "-retry-" + std::to_string(incident.times)), incident.agency,
                 incident.case_id, now, incident.command});
    incident.command.clear();
    return true;
}

Result<void> MemoryStore::save_definitions(const ports::DefinitionSet& definitions) {
    for (const auto& known : definitions_)
        if (known.id == definitions.id) return {};
    definitions_.push_back(definitions);
    return {};
}

Result<std::optional<ports::DefinitionSet>> MemoryStore::load_definitions(const BundleHash& hash) {
    for (auto known = definitions_.rbegin(); known != definitions_.rend(); ++known)
        if (std::find(known->hashes.begin(), known->hashes.end(), hash) != known->hashes.end())
            return std::optional(*known);
    return std::optional<ports::DefinitionSet>();
}

Result<void> MemoryStore::publish(const ports::DefinitionSet& definitions,
                                  const std::vector<AgencyCode>& agencies) {
    if (in_force_ == definitions.id) return {};
    if (auto saved = save_definitions(definitions); !saved) return saved;
    in_force_ = definitions.id;
    for (const auto& agency : agencies) {
        to_follow_.insert(agency);
        auto& turns = agenda_[{ports::Work::follow, agency}];
        turns = {turns.token + 1, "", 0, turns.last, ""};
    }
    return {};
}

Result<std::optional<std::string>> MemoryStore::in_force() {
    return in_force_;
}

Result<std::optional<ports::DefinitionSet>> MemoryStore::definition_set(const std::string& id) {
    for (const auto& known : definitions_)
        if (known.id == id) return std::optional(known);
    return std::optional<ports::DefinitionSet>();
}

}  // namespace pintu::testing
