#include "tests/simulate/connection.hpp"

#include <algorithm>

#include "engine/cases/state/place.hpp"
#include "engine/history/codec.hpp"

namespace pintu::simulate {
namespace {

constexpr Micros kTimeout = 15 * kSecond;  // of a call that nobody answers
constexpr Micros kSweepEvery = kSecond;
constexpr Micros kRefused = 5 * kMillisecond;
constexpr int kMostQuestions = 4;  // about what became of a commit

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

bool asked_for(const StoredRows& one, const CaseId& id, const ports::PriorQuery& query) {
    const auto& row = one.row;
    const std::pair wanted(query.attribute, query.value);
    if (row.agency != query.agency || row.withdrawn || id == query.except ||
        row.received_at < query.received_from || row.received_at > query.received_until ||
        std::find(one.lookups.begin(), one.lookups.end(), wanted) == one.lookups.end())
        return false;
    return !query.within_m || (row.lat_udeg && row.lon_udeg &&
                               cases::near({*row.lat_udeg, *row.lon_udeg},
                                           {query.lat_udeg, query.lon_udeg}, *query.within_m));
}

}  // namespace

bool Connection::cut_off() const {
    return condition_.cut_off_until > network_.scheduler.now();
}

Micros Connection::latency() {
    auto& chance = network_.chance;
    const auto& weather = network_.weather;
    if (chance.permille(weather.very_slow)) return chance.between(kSecond, 30 * kSecond);
    if (chance.permille(weather.slow)) return chance.between(kMillisecond, kSecond);
    return chance.between(50, 2 * kMillisecond);
}

template <class T, class Before, class Work>
std::shared_ptr<Connection::Call<T>> Connection::travel(bool writes, Before before, Work work) {
    auto call = std::make_shared<Call<T>>();
    Scheduler& scheduler = network_.scheduler;
    if (at_rest_) {
        if (writes) call->xid = server_.begin();
        before(call->xid);
        call->answer = work(call->xid);
        server_.end(call->xid);
        call->delivered = true;
        return call;
    }
    network_.on_call(condition_);
    Task* task = scheduler.current();
    const std::uint64_t wait = scheduler.prepare();
    const bool lost = network_.chance.permille(network_.weather.request_lost);
    const bool unheard = network_.chance.permille(network_.weather.answer_lost);
    if (lost) network_.points.reach(Point::request_lost);
    const Micros work_takes = writes ? latency() : 0;
    const Micros back_takes = latency() / 2;
    const auto back = [this, call, task, wait, unheard, back_takes, &scheduler] {
        if (unheard) return network_.points.reach(Point::answer_lost);
        scheduler.after(back_takes, [this, call, task, wait, &scheduler, life = server_.life()] {
            if (life != server_.life() || cut_off() || call->given_up) return;
            call->delivered = true;
            scheduler.wake(task, wait);
        });
    };
    const auto arrive = [this, call, task, wait, writes, work_takes, before, work, back,
                         &scheduler] {
        if (!server_.up()) return scheduler.wake(task, wait, kRefused);
        if (cut_off() || call->given_up) return;
        if (writes) call->xid = server_.begin();
        before(call->xid);
        const auto finish = [this, call, work, back, life = server_.life()] {
            if (life != server_.life()) return;  // gone with the machine
            call->answer = work(call->xid);
            server_.end(call->xid);
            back();
        };
        if (writes)
            scheduler.after(work_takes, finish);
        else
            finish();
    };
    if (!lost) scheduler.after(latency() / 2, arrive);
    scheduler.wake(task, wait, kTimeout);
    scheduler.block();
    call->given_up = true;
    return call;
}

template <class T, class Work>
Result<T> Connection::read(Work work) {
    const auto call = travel<T>(
        false, [](std::uint64_t) {}, [work](std::uint64_t) { return work(); });
    if (!call->delivered) return fail(server_.up() ? "ST024" : "ST020", "simulated", "cut");
    return std::move(*call->answer);
}

template <class T, class Work>
Result<T> Connection::write(Work work) {
    const auto call = travel<T>(
        true, [](std::uint64_t) {}, [work](std::uint64_t) { return work(); });
    if (!call->delivered) return fail("ST020", "simulated", "cut");
    return std::move(*call->answer);
}

Result<ports::CommitAnswer> Connection::commit(const ports::Commit& commit) {
    const auto kept = std::make_shared<const ports::Commit>(commit);
    condition_.committing = true;
    const auto call = travel<Result<ports::CommitAnswer>>(
        true, [this, kept](std::uint64_t xid) { server_.writing(xid, kept); },
        [this, kept](std::uint64_t xid) { return server_.commit(*kept, xid); });
    condition_.committing = false;
    if (call->delivered) return std::move(*call->answer);
    return resolve(commit, call->xid);
}

// What became of it is read from the store, once it is known to be over; never guessed.
Result<ports::CommitAnswer> Connection::resolve(const ports::Commit& commit, std::uint64_t xid) {
    if (commit.events.empty() && commit.outcomes.empty()) {
        network_.points.reach(Point::unknown_left_open);
        return fail("ST021", "simulated");
    }
    for (int asked = 0; asked < kMostQuestions; ++asked) {
        const auto call = travel<int>(
            false, [](std::uint64_t) {},
            [this, kept = std::make_shared<const ports::Commit>(commit), xid](std::uint64_t) {
                if (xid != 0 && server_.in_flight(xid)) return 2;
                return has_evidence_of(*kept) ? 1 : 0;
            });
        if (call->delivered && *call->answer == 1) {
            network_.points.reach(Point::unknown_resolved_as_kept);
            return ports::CommitAnswer{};
        }
        if (call->delivered && *call->answer == 0) {
            network_.points.reach(Point::unknown_resolved_as_lost);
            return fail("ST020", "simulated", "nothing was kept");
        }
        network_.scheduler.sleep(network_.chance.between(kMillisecond, kSecond));
    }
    network_.points.reach(Point::unknown_left_open);
    return fail("ST021", "simulated");
}

// All of it: another node may have written the same first event at the same time of the case.
bool Connection::has_evidence_of(const ports::Commit& commit) const {
    const auto& tables = server_.tables();
    for (const auto& added : commit.events) {
        const auto& event = added.event;
        const auto found = tables.cases.find(event.case_id);
        if (found == tables.cases.end() || found->second.events.size() < event.sequence ||
            history::encode(found->second.events[event.sequence - 1]) != added.bytes)
            return false;
    }
    for (const auto& outcome : commit.outcomes) {
        const auto found = tables.outcomes.find(outcome.id);
        if (found == tables.outcomes.end() || found->second != outcome) return false;
    }
    return true;
}

Result<std::vector<ports::StoredCase>> Connection::load(const std::vector<CaseId>& ids) {
    return read<std::vector<ports::StoredCase>>([this, ids] {
        std::vector<ports::StoredCase> found;
        for (const auto& id : ids) {
            const auto one = server_.tables().cases.find(id);
            if (one == server_.tables().cases.end())
                found.emplace_back();
            else
                found.push_back({one->second.events, one->second.last_leaf, one->second.key});
        }
        return found;
    });
}

Result<std::vector<CaseId>> Connection::find(const TrackingId& tracking_id) {
    return read<std::vector<CaseId>>([this, tracking_id] {
        std::vector<CaseId> found;
        for (const auto& id : server_.tables().order)
            if (server_.tables().cases.at(id).row.tracking_id == tracking_id) found.push_back(id);
        return found;
    });
}

Result<std::vector<cases::PersonalValue>> Connection::personal(const CaseId& case_id) {
    return read<std::vector<cases::PersonalValue>>([this, case_id] {
        std::vector<cases::PersonalValue> values;
        if (const auto found = server_.tables().cases.find(case_id);
            found != server_.tables().cases.end())
            values = found->second.personal;
        std::stable_sort(values.begin(), values.end(), [](const auto& a, const auto& b) {
            return std::tie(a.sequence, a.path) < std::tie(b.sequence, b.path);
        });
        return values;
    });
}

Result<std::vector<std::optional<ports::IntakeRow>>> Connection::find_intake(
    const std::vector<ports::IntakeKey>& keys) {
    return read<std::vector<std::optional<ports::IntakeRow>>>([this, keys] {
        std::vector<std::optional<ports::IntakeRow>> found;
        for (const auto& key : keys) {
            const auto row = server_.tables().intake.find(key);
            found.push_back(row == server_.tables().intake.end() ? std::nullopt
                                                                 : std::optional(row->second));
        }
        return found;
    });
}

Result<ports::PriorAnswer> Connection::prior(const ports::PriorQuery& query) {
    return read<ports::PriorAnswer>([this, query] {
        ports::PriorAnswer answer;
        if (const auto log = server_.tables().logs.find(query.agency);
            log != server_.tables().logs.end())
            answer.position = log->second.events.size();
        for (const auto& id : server_.tables().order) {
            if (answer.found.size() == query.at_most) break;
            if (asked_for(server_.tables().cases.at(id), id, query)) answer.found.push_back(id);
        }
        return answer;
    });
}

Result<std::vector<cases::CaseRow>> Connection::list(const ports::CaseFilter& filter) {
    return read<std::vector<cases::CaseRow>>([this, filter] {
        std::vector<cases::CaseRow> rows;
        for (const auto& [id, one] : server_.tables().cases)
            if (rows.size() < filter.limit && passes(one.row, filter)) rows.push_back(one.row);
        return rows;
    });
}

Result<std::vector<ports::LoggedEvent>> Connection::log(const AgencyCode& agency,
                                                        std::uint64_t from, std::size_t limit) {
    return read<std::vector<ports::LoggedEvent>>([this, agency, from, limit] {
        std::vector<ports::LoggedEvent> rows;
        const auto log = server_.tables().logs.find(agency);
        if (log == server_.tables().logs.end()) return rows;
        const auto& events = log->second.events;
        for (std::size_t i = from; i < events.size() && rows.size() < limit; ++i)
            rows.push_back(events[i]);
        return rows;
    });
}

Result<std::vector<ports::LogRoot>> Connection::roots(const AgencyCode& agency) {
    return read<std::vector<ports::LogRoot>>([this, agency] {
        const auto log = server_.tables().logs.find(agency);
        return log == server_.tables().logs.end() ? std::vector<ports::LogRoot>{}
                                                  : log->second.roots;
    });
}

Result<std::vector<AgencyCode>> Connection::agencies() {
    return read<std::vector<AgencyCode>>([this] {
        std::vector<AgencyCode> codes;
        for (const auto& [code, log] : server_.tables().logs) codes.push_back(code);
        return codes;
    });
}

Result<std::size_t> Connection::sequence(std::size_t limit) {
    return read<std::size_t>([this, limit] { return server_.sequence(limit); });
}

Result<std::optional<ports::Claimed>> Connection::claim(const ports::ClaimRequest& request) {
    struct Picked {
        std::optional<Tables::Slot> slot;
        std::uint64_t token = 0;
    };
    const auto picked = std::make_shared<Picked>();
    const auto call = travel<std::optional<ports::Claimed>>(
        true,
        [this, picked, request](std::uint64_t xid) {
            if (network_.scheduler.now() - swept_ >= kSweepEvery) {
                swept_ = network_.scheduler.now();
                server_.sweep();
            }
            picked->slot = server_.lock(request, xid);
            if (picked->slot) picked->token = server_.tables().agenda[*picked->slot].token;
        },
        [this, picked, request](std::uint64_t) {
            return picked->slot
                       ? std::optional(server_.claim(request, *picked->slot, picked->token))
                       : std::nullopt;
        });
    if (!call->delivered) return fail("ST020", "simulated", "cut");
    if (*call->answer)
        condition_.holds_turn_until = network_.scheduler.now() + request.lease_ms * kMillisecond;
    return std::move(*call->answer);
}

Result<std::vector<ports::Timer>> Connection::due_timers(Instant now, std::size_t limit) {
    return read<std::vector<ports::Timer>>([this, now, limit] {
        std::vector<ports::Timer> due;
        for (const auto& [agency, timers] : server_.tables().timers)
            for (const auto& [key, timer] : timers)
                if (key.first <= now) due.push_back(timer);
        std::sort(due.begin(), due.end(), [](const auto& a, const auto& b) {
            return std::tie(a.due, a.case_id) < std::tie(b.due, b.case_id);
        });
        due.resize(std::min(due.size(), limit));
        return due;
    });
}

Result<std::optional<Instant>> Connection::next_due() {
    return read<std::optional<Instant>>([this] {
        std::optional<Instant> next;
        const auto consider = [&](Instant at) {
            if (!next || at < *next) next = at;
        };
        for (const auto& [agency, timers] : server_.tables().timers)
            if (!timers.empty()) consider(timers.begin()->first.first);
        for (const auto& [agency, effects] : server_.tables().outbox)
            for (const auto& one : effects)
                if (one.until && !one.dead) consider(*one.until);
        return next;
    });
}

Result<void> Connection::submit(const ports::PendingCommand& command) {
    const auto done = write<bool>([this, command] {
        server_.submit(command);
        return true;
    });
    if (!done) return done.unexpected();
    return {};
}

Result<std::vector<ports::PendingCommand>> Connection::pending(std::size_t limit) {
    return read<std::vector<ports::PendingCommand>>([this, limit] {
        std::vector<ports::PendingCommand> waiting;
        for (const auto& [agency, commands] : server_.tables().commands)
            waiting.insert(waiting.end(), commands.begin(), commands.end());
        waiting.resize(std::min(waiting.size(), limit));
        return waiting;
    });
}

Result<std::optional<ports::CommandOutcome>> Connection::outcome(const CommandId& id) {
    auto found = outcomes({id});
    if (!found) return found.unexpected();
    return std::move(found->front());
}

Result<std::vector<std::optional<ports::CommandOutcome>>> Connection::outcomes(
    const std::vector<CommandId>& ids) {
    return read<std::vector<std::optional<ports::CommandOutcome>>>([this, ids] {
        std::vector<std::optional<ports::CommandOutcome>> found;
        for (const auto& id : ids) {
            const auto known = server_.tables().outcomes.find(id);
            found.push_back(known == server_.tables().outcomes.end()
                                ? std::nullopt
                                : std::optional(known->second));
        }
        return found;
    });
}

Result<std::vector<cases::Effect>> Connection::unsent(std::size_t limit) {
    return read<std::vector<cases::Effect>>([this, limit] {
        std::vector<cases::Effect> effects;
        for (const auto& [agency, waiting] : server_.tables().outbox)
            for (const auto& one : waiting)
                if (effects.size() < limit) effects.push_back(one.effect);
        return effects;
    });
}

Result<std::vector<ports::OutboxRow>> Connection::outbox(const ports::OutboxFilter& filter) {
    return read<std::vector<ports::OutboxRow>>([this, filter] {
        std::vector<ports::OutboxRow> found;
        for (const auto& [agency, waiting] : server_.tables().outbox)
            for (const auto& one : waiting)
                if ((!filter.agency || agency == *filter.agency) &&
                    (!filter.key || one.effect.key == *filter.key) &&
                    (!filter.dead || one.dead == *filter.dead) && found.size() < filter.limit)
                    found.push_back({{one.effect, one.attempts, one.slotted, one.reached},
                                     one.dead ? Instant{} : one.until.value_or(Instant{}),
                                     one.dead,
                                     one.why});
        return found;
    });
}

Result<bool> Connection::retry_effect(const EffectKey& key, Instant now) {
    return write<bool>([this, key, now] { return server_.retry_effect(key, now); });
}

Result<std::vector<ports::Incident>> Connection::incidents(const ports::IncidentFilter& filter) {
    return read<std::vector<ports::Incident>>([this, filter] {
        std::vector<ports::Incident> found;
        for (const auto& [id, one] : server_.tables().incidents)
            if ((!filter.agency || one.agency == *filter.agency) &&
                (!filter.id || id == *filter.id) && (!filter.open || one.open == *filter.open) &&
                found.size() < filter.limit)
                found.push_back(one);
        return found;
    });
}

Result<bool> Connection::retry_incident(const std::string& id, Instant now) {
    return write<bool>([this, id, now] { return server_.retry_incident(id, now); });
}

Result<void> Connection::save_definitions(const ports::DefinitionSet& definitions) {
    const auto set = std::make_shared<const ports::DefinitionSet>(definitions);
    const auto done = write<bool>([this, set] {
        server_.save(*set);
        return true;
    });
    if (!done) return done.unexpected();
    return {};
}

Result<std::optional<ports::DefinitionSet>> Connection::load_definitions(const BundleHash& hash) {
    return read<std::optional<ports::DefinitionSet>>([this, hash] {
        const auto& sets = server_.tables().definitions;
        for (auto set = sets.rbegin(); set != sets.rend(); ++set)
            if (std::find(set->hashes.begin(), set->hashes.end(), hash) != set->hashes.end())
                return std::optional(*set);
        return std::optional<ports::DefinitionSet>();
    });
}

Result<void> Connection::publish(const ports::DefinitionSet& definitions,
                                 const std::vector<AgencyCode>& agencies) {
    const auto set = std::make_shared<const ports::DefinitionSet>(definitions);
    const auto done = write<bool>([this, set, agencies] {
        server_.publish(*set, agencies);
        return true;
    });
    if (!done) return done.unexpected();
    return {};
}

Result<std::optional<std::string>> Connection::in_force() {
    return read<std::optional<std::string>>([this] { return server_.tables().in_force; });
}

Result<std::optional<ports::DefinitionSet>> Connection::definition_set(const std::string& id) {
    return read<std::optional<ports::DefinitionSet>>([this, id] {
        for (const auto& set : server_.tables().definitions)
            if (set.id == id) return std::optional(set);
        return std::optional<ports::DefinitionSet>();
    });
}

}  // namespace pintu::simulate
