#include "engine/runtime/runtime.hpp"

#include "engine/cases/command/codec.hpp"

namespace pintu::runtime {
namespace {

constexpr std::int64_t kPostponeSeconds = 3600;  // of a case whose timer cannot be handled
constexpr int kMostRaces = 100;                  // lost in a row: something is wrong

cases::Command timer_command(const ports::Timer& timer) {
    const std::string id = timer.case_id.value + "-t-" + std::to_string(timer.due.micros);
    return {CommandId(id), timer.case_id, {}, cases::FireTimers{}};
}

ports::CommandOutcome outcome_of(const CommandId& id, const Verdict& verdict, Instant now) {
    ports::CommandOutcome outcome;
    outcome.id = id;
    outcome.case_id = verdict.case_id;
    outcome.accepted = verdict.accepted;
    outcome.code = verdict.rejected.code;
    outcome.args = verdict.rejected.args;
    outcome.allowed = verdict.rejected.allowed;
    outcome.sequence = verdict.sequence;
    outcome.at = now;
    return outcome;
}

}  // namespace

Runtime::Runtime(const Ports& ports, Settings settings)
    : ports_(ports),
      settings_(std::move(settings)),
      cache_(settings_.cached),
      definitions_(ports_.store, ports_.log) {}

Workbench Runtime::bench() {
    return {ports_.store, ports_.entropy, ports_.log, definitions_, cache_};
}

Result<void> Runtime::use(Loadout loadout) {
    if (auto used = definitions_.use(std::move(loadout)); !used) return used;
    auto settled = ports_.store.settled();
    if (!settled) return settled.unexpected();
    to_recompute_.clear();
    recomputed_.reset();
    if (*settled == definitions_.id()) return {};
    for (const auto& [agency, bundle] : library().bundles) to_recompute_.push_back(agency);
    return {};
}

Result<Stepped> Runtime::step(Instant now) {
    Stepped stepped;
    for (int races = 0; races < kMostRaces; ++races) {
        Stepped tried;
        auto written = commit_step(now, tried);
        if (!written) return written.unexpected();
        if (!*written) continue;
        stepped = tried;
        if (auto dispatched = dispatch(now, stepped); !dispatched) return dispatched.unexpected();
        return stepped;
    }
    return fail("RT025");
}

// False: a race was lost, and nothing was kept.
Result<bool> Runtime::commit_step(Instant now, Stepped& stepped) {
    Batch batch(bench(), now);
    const std::size_t settled = settled_.size();
    if (auto done = record_settled(batch); !done) return done.unexpected();
    if (auto done = fire_timers(batch, now, stepped); !done) return done.unexpected();
    if (auto done = run_commands(batch, now, stepped); !done) return done.unexpected();
    const auto agencies = to_recompute_;
    const auto last = recomputed_;
    if (auto done = recompute(batch, stepped); !done) return done.unexpected();
    stepped.events = batch.events();
    stepped.idle = batch.empty() && to_recompute_.empty();
    auto written = batch.write();
    if (!written || !*written) {
        to_recompute_ = agencies;
        recomputed_ = last;
        return written;
    }
    settled_.erase(settled_.begin(), settled_.begin() + static_cast<std::ptrdiff_t>(settled));
    return true;
}

Result<void> Runtime::record_settled(Batch& batch) {
    std::vector<CaseId> ids;
    for (const auto& one : settled_) ids.push_back(one.case_id);
    if (auto fetched = batch.prefetch(ids); !fetched) return fetched;
    for (const auto& one : settled_) {
        const CommandId id(one.key.value + "-settled");
        auto verdict =
            batch.decide({id, one.case_id, {}, cases::RecordEffect{one.key, one.done, one.why}});
        if (!verdict) return verdict.unexpected();
        if (!verdict->accepted) ports_.log.write(ports::LogLevel::error, "RT026", {one.key.value});
        batch.commit().sent.push_back(one.key);
    }
    return {};
}

Result<void> Runtime::fire_timers(Batch& batch, Instant now, Stepped& stepped) {
    auto timers = ports_.store.due_timers(now, settings_.batch);
    if (!timers) return timers.unexpected();
    std::vector<CaseId> ids;
    for (const auto& timer : *timers) ids.push_back(timer.case_id);
    if (auto fetched = batch.prefetch(ids); !fetched) return fetched;
    for (const auto& timer : *timers) {
        ++stepped.timers;
        auto verdict = batch.decide(timer_command(timer));
        if (!verdict) return verdict.unexpected();
        if (verdict->accepted) continue;
        // It must not stand in the way of the others, nor be forgotten.
        ports_.log.write(ports::LogLevel::error, "RT027",
                         {timer.case_id.value, timer.name, verdict->rejected.code});
        if (auto later = batch.postpone(timer.case_id, plus_seconds(now, kPostponeSeconds)); !later)
            return later;
    }
    return {};
}

Result<void> Runtime::run_commands(Batch& batch, Instant now, Stepped& stepped) {
    auto waiting = ports_.store.pending(settings_.batch);
    if (!waiting) return waiting.unexpected();
    std::vector<CaseId> ids;
    for (const auto& one : *waiting) ids.push_back(one.case_id);
    if (auto fetched = batch.prefetch(ids); !fetched) return fetched;
    for (const auto& one : *waiting) {
        ++stepped.commands;
        Verdict verdict;
        verdict.case_id = one.case_id;
        if (auto command = cases::decode(one.body)) {
            command->id = one.id;
            command->case_id = one.case_id;
            auto decided = batch.decide(*command);
            if (!decided) return decided.unexpected();
            verdict = std::move(*decided);
            if (!verdict.accepted && command->actor.kind == cases::Actor::Kind::engine)
                ports_.log.write(ports::LogLevel::error, "RT029",
                                 {one.id.value, one.case_id.value, verdict.rejected.code});
        } else {
            verdict.rejected = {command.error().code, command.error().args, {}};
        }
        batch.commit().outcomes.push_back(outcome_of(one.id, verdict, now));
    }
    return {};
}

// C10, a batch of open cases at a time; the last one writes down that all have followed.
Result<void> Runtime::recompute(Batch& batch, Stepped& stepped) {
    if (to_recompute_.empty()) return {};
    ports::CaseFilter filter;
    filter.agency = to_recompute_.front();
    filter.closed = false;
    filter.after = recomputed_;
    filter.limit = settings_.batch;
    auto rows = ports_.store.list(filter);
    if (!rows) return rows.unexpected();
    std::vector<CaseId> ids;
    for (const auto& row : *rows) ids.push_back(row.id);
    if (auto fetched = batch.prefetch(ids); !fetched) return fetched;
    for (const auto& id : ids) {
        ++stepped.recomputed;
        auto verdict = batch.decide({CommandId(id.value + "-calendar-" + definitions_.id()),
                                     id,
                                     {},
                                     cases::RecalculateClocks{}});
        if (!verdict) return verdict.unexpected();
        if (!verdict->accepted)
            ports_.log.write(ports::LogLevel::error, "RT027",
                             {id.value, "calendar", verdict->rejected.code});
        recomputed_ = id;
    }
    if (ids.size() == filter.limit) return {};
    to_recompute_.pop_front();
    recomputed_.reset();
    if (to_recompute_.empty()) batch.commit().settled = definitions_.id();
    return {};
}

// After the commit. What was performed goes into the log by the next step; if we are stopped before
// that, the connector is asked again with the same keys.
Result<void> Runtime::dispatch(Instant now, Stepped& stepped) {
    if (retry_at_ && now < *retry_at_) return {};
    retry_at_.reset();
    auto unsent = ports_.store.unsent(settings_.batch);
    if (!unsent) return unsent.unexpected();
    if (unsent->empty()) return {};
    const auto performed = ports_.connector.perform(*unsent);
    for (std::size_t i = 0; i < performed.size() && i < unsent->size(); ++i) {
        const auto& effect = (*unsent)[i];
        using Outcome = ports::Performed::Outcome;
        if (performed[i].outcome == Outcome::later) {
            retry_at_ = plus_seconds(now, settings_.retry_s);
            if (!performed[i].why.empty())
                ports_.log.write(ports::LogLevel::warning, "RT028",
                                 {effect.key.value, performed[i].why});
            continue;
        }
        settled_.push_back(
            {effect.case_id, effect.key, performed[i].outcome == Outcome::done, performed[i].why});
        ++stepped.effects;
    }
    if (!settled_.empty()) stepped.idle = false;
    return {};
}

Result<Stepped> Runtime::run_until_idle(Instant now) {
    Stepped all;
    for (;;) {
        auto one = step(now);
        if (!one) return one;
        all.timers += one->timers;
        all.commands += one->commands;
        all.recomputed += one->recomputed;
        all.effects += one->effects;
        all.events += one->events;
        if (one->idle) return all;
    }
}

Result<std::optional<Instant>> Runtime::next_due() {
    auto due = ports_.store.next_due();
    if (!due || !retry_at_) return due;
    if (!*due || *retry_at_ < **due) return std::optional(*retry_at_);
    return due;
}

Result<ports::CommandOutcome> Runtime::perform(const cases::Command& command, Instant now) {
    for (int races = 0; races < kMostRaces; ++races) {
        auto known = ports_.store.outcome(command.id);
        if (!known) return known.unexpected();
        if (*known) return **known;
        Batch batch(bench(), now);
        auto verdict = batch.decide(command);
        if (!verdict) return verdict.unexpected();
        auto outcome = outcome_of(command.id, *verdict, now);
        batch.commit().outcomes.push_back(outcome);
        auto written = batch.write();
        if (!written) return written.unexpected();
        if (*written) return outcome;
    }
    return fail("RT025");
}

Result<std::optional<cases::State>> Runtime::find(const CaseId& id) {
    Batch batch(bench(), {});
    auto loaded = batch.find(id);
    if (!loaded) return loaded.unexpected();
    if (*loaded == nullptr) return std::optional<cases::State>();
    return std::optional((*loaded)->state);
}

}  // namespace pintu::runtime
