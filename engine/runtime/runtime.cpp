#include "engine/runtime/runtime.hpp"

#include "engine/cases/command/codec.hpp"
#include "engine/runtime/incidents.hpp"

namespace pintu::runtime {

Stepped& Stepped::operator+=(const Stepped& other) {
    timers += other.timers;
    commands += other.commands;
    recomputed += other.recomputed;
    effects += other.effects;
    events += other.events;
    sequenced += other.sequenced;
    stale += other.stale;
    idle = idle && other.idle;
    return *this;
}

Runtime::Runtime(const Ports& ports, Settings settings)
    : ports_(ports),
      settings_(std::move(settings)),
      cache_(settings_.cached),
      definitions_(ports_.store, ports_.log),
      facts_(ports_.facts),
      send_batch_(settings_.batch),
      send_lease_ms_(least_send_lease_ms()) {}

Workbench Runtime::bench() {
    return {ports_.store, ports_.entropy, ports_.log,       definitions_,
            cache_,       facts_,         unreadable_told_, refreshes_ ? &decided_since_ : nullptr,
            ports_.blobs};
}

Result<void> Runtime::use(Loadout loadout) {
    return definitions_.use(std::move(loadout));
}

Result<void> Runtime::publish(Loadout loadout) {
    std::vector<AgencyCode> agencies;
    for (const auto& [agency, bundle] : loadout.library->bundles) agencies.push_back(agency);
    if (auto done = ports_.store.publish(to_set(loadout), agencies); !done) return done;
    definitions_.adopt(std::move(loadout));
    return {};
}

Result<bool> Runtime::refresh(Date today) {
    auto id = ports_.store.in_force();
    if (!id) return id.unexpected();
    refreshes_ = true;
    if (!*id || **id == definitions_.id()) {
        decided_since_.clear();
        if (auto done = follow_late(today); !done) return done.unexpected();
        return false;
    }
    if (refused_ == std::pair(**id, today)) return false;
    auto set = ports_.store.definition_set(**id);
    if (!set) return set.unexpected();
    if (!*set) return refuse_definitions(**id, today, "-");
    Diagnostics diagnostics;
    auto loadout = from_set(std::move(**set), today, diagnostics);
    if (!loadout) {
        const auto found = diagnostics.sorted();
        return refuse_definitions(**id, today, found.empty() ? "-" : found.front().code);
    }
    definitions_.adopt(std::move(*loadout));
    refused_.reset();
    for (const auto& [late, sequence] : decided_since_) late_[late] = sequence;
    decided_since_.clear();
    if (auto done = follow_late(today); !done) return done.unexpected();
    return true;
}

// Whatever follows definitions may have passed these cases before they were decided on. Where the
// store cannot take it now, the next refresh() tries again. The command is of that event: the same
// definitions may come into force again, and the case be late again.
Result<void> Runtime::follow_late(Date today) {
    if (late_.empty()) return {};
    const Instant at = plus_seconds({}, today.days * kSecondsPerDay);
    ports::Commit commit;
    for (const auto& [id, sequence] : late_) {
        const cases::Command command{
            CommandId(id.value + "-calendar-" + definitions_.id() + "-" + std::to_string(sequence)),
            id,
            {},
            cases::RecalculateClocks{}};
        commit.submitted.push_back({command.id, agency_of(id), id, at, cases::encode(command)});
    }
    auto kept = ports_.store.commit(commit);
    if (!kept) return kept.unexpected();
    late_.clear();
    return {};
}

// Not tried again until others are published, or the day is another.
Result<bool> Runtime::refuse_definitions(const std::string& id, Date today,
                                         const std::string& why) {
    const Error error{"RT032", {id, settings_.node, why}};
    ports_.log.write(ports::LogLevel::error, error.code, error.args);
    ports::Commit commit;
    commit.incidents.push_back(
        definitions_incident(settings_.province, id + " " + settings_.node, error, {}));
    if (auto kept = ports_.store.commit(commit); !kept) return kept.unexpected();
    refused_ = {id, today};
    return false;
}

Result<Stepped> Runtime::step(Instant now) {
    Stepped all;
    for (const auto turn : {&Runtime::decide_step, &Runtime::send_step, &Runtime::follow_step}) {
        if (turn == &Runtime::send_step && !settings_.sends) continue;
        auto one = (this->*turn)(now);
        if (!one) return one;
        all += *one;
    }
    auto sequenced = ports_.store.sequence(settings_.batch);
    if (!sequenced) return sequenced.unexpected();
    all.sequenced = *sequenced;
    all.idle = all.idle && *sequenced == 0;
    return all;
}

Result<Stepped> Runtime::run_until_idle(Instant now) {
    Stepped all;
    for (;;) {
        auto one = step(now);
        if (!one) return one;
        all += *one;
        if (!one->idle) continue;
        all.idle = true;
        return all;
    }
}

Result<std::optional<Instant>> Runtime::next_due() {
    return ports_.store.next_due();
}

Result<std::optional<ports::Claimed>> Runtime::claim(ports::Work work, Instant now) {
    const bool sends = work == ports::Work::send;
    return ports_.store.claim({settings_.node, work, now,
                               sends ? send_lease_ms_ : settings_.lease_ms,
                               sends ? send_batch_ : settings_.batch});
}

// Where a race is lost the work is done anew while the turn lasts; where the turn is over nothing
// of it is kept, and whoever has it now finds the work as it was.
Result<Stepped> Runtime::take_turn(const ports::Lease& lease, Instant now, const TurnWork& work) {
    facts_.forget();
    for (int races = 0; races < kMostRaces; ++races) {
        Batch batch(bench(), now);
        Stepped stepped;
        stepped.idle = false;
        ports::TurnEnd end{lease};
        if (auto done = work(batch, end, stepped); !done) {
            release(lease, done.error());
            return done.unexpected();
        }
        stepped.events = batch.events();
        batch.commit().turns.push_back(std::move(end));
        auto written = batch.write();
        if (!written) {
            release(lease, written.error());
            return written.unexpected();
        }
        if (*written == Written::kept) return stepped;
        trusts_cache_ = trusts_cache_ && *written != Written::lost;
        if (*written == Written::lost) continue;
        ports_.log.write(ports::LogLevel::warning, "RT034", {settings_.node, lease.agency.value});
        return Stepped{.stale = 1, .idle = false};
    }
    const Error error{"RT025", {}};
    release(lease, error);
    return Unexpected<Error>{error};
}

// Plugins that are slow to answer must not outlast a turn: what was decided by then is kept, and
// the rest is left for the next.
bool Runtime::has_waited(const Batch& batch) const {
    return batch.waited_ms() > settings_.lease_ms / 4;
}

// Where others change the same cases, it costs less to read these than to lose a race and decide a
// whole batch twice.
Result<void> Runtime::fetch(Batch& batch, const std::vector<const CaseId*>& ids, bool alone) {
    constexpr std::size_t kFew = 16;  // one of so many
    if (alone && trusts_cache_) return batch.prefetch(ids);
    auto fetched = batch.prefetch_anew(ids);
    if (batch.compared() > 0) trusts_cache_ = batch.outdated() * kFew <= batch.compared();
    return fetched;
}

// So that others need not wait for its end. A store that cannot be reached is not asked again.
void Runtime::release(const ports::Lease& lease, const Error& after) {
    for (const char* gone : {"ST020", "ST021", "ST022", "ST024"})
        if (after.code == gone) return;
    ports::Commit commit;
    commit.turns.push_back({lease});
    const auto released = ports_.store.commit(commit);
    if (!released) ports_.log.write(ports::LogLevel::debug, released.error().code, {});
}

Result<std::optional<cases::State>> Runtime::find(const CaseId& id) {
    Batch batch(bench(), {});
    auto loaded = batch.find_anew(id);
    if (!loaded) return loaded.unexpected();
    if (const auto* why = batch.unreadable(id)) return Unexpected<Error>{*why};
    if (*loaded == nullptr) return std::optional<cases::State>();
    return std::optional((*loaded)->state);
}

}  // namespace pintu::runtime
