// A turn at one agency's due timers and waiting commands.
#include "engine/cases/command/codec.hpp"
#include "engine/runtime/incidents.hpp"
#include "engine/runtime/outcome.hpp"
#include "engine/runtime/runtime.hpp"

namespace pintu::runtime {
namespace {

constexpr std::int64_t kPostponeSeconds = 3600;  // of a case whose timer cannot be handled

cases::Command timer_command(const ports::Timer& timer) {
    const std::string id = timer.case_id.value + "-t-" + std::to_string(timer.due.micros);
    return {CommandId(id), timer.case_id, {}, cases::FireTimers{}};
}

std::vector<const CaseId*> cases_of(const ports::Claimed& claimed) {
    std::vector<const CaseId*> ids;
    for (const auto& timer : claimed.timers) ids.push_back(&timer.case_id);
    for (const auto& command : claimed.commands) ids.push_back(&command.case_id);
    return ids;
}

}  // namespace

Result<Stepped> Runtime::decide_step(Instant now) {
    auto claimed = claim(ports::Work::decide, now);
    if (!claimed) return claimed.unexpected();
    if (!*claimed) return Stepped{};
    ports::Claimed& work = **claimed;
    // Where another node had a turn in between, what is cached here is likely outdated.
    auto& last = decided_[work.lease.agency];
    const bool alone = last + 1 == work.lease.token;
    last = work.lease.token;
    bool again = false;
    return take_turn(work.lease, now, [&](Batch& batch, ports::TurnEnd&, Stepped& stepped) {
        if (again)
            if (auto done = drop_decided(work.commands); !done) return done;
        again = true;
        auto fetched = fetch(batch, cases_of(work), alone);
        if (!fetched) return fetched;
        stepped.timers = work.timers.size();
        stepped.commands = work.commands.size();
        auto stuck = fire_timers(batch, work.timers, now);
        if (!stuck) return Result<void>(stuck.unexpected());
        // Timers of damaged cases stay due: they are no reason to come again at once.
        stepped.idle = *stuck > 0 && *stuck == work.timers.size() && work.commands.empty();
        return run_commands(batch, work.commands, now);
    });
}

// What somebody else has decided since it was claimed (perform() needs no turn).
Result<void> Runtime::drop_decided(std::vector<ports::PendingCommand>& commands) {
    std::vector<CommandId> ids;
    for (const auto& command : commands) ids.push_back(command.id);
    auto known = ports_.store.outcomes(ids);
    if (!known) return known.unexpected();
    std::vector<ports::PendingCommand> left;
    for (std::size_t i = 0; i < commands.size(); ++i)
        if (!(*known)[i]) left.push_back(std::move(commands[i]));
    commands = std::move(left);
    return {};
}

Result<std::size_t> Runtime::fire_timers(Batch& batch, const std::vector<ports::Timer>& timers,
                                         Instant now) {
    std::size_t stuck = 0;
    for (const auto& timer : timers) {
        if (has_waited(batch)) break;  // the others stay due
        auto verdict = batch.decide(timer_command(timer));
        if (!verdict) return verdict.unexpected();
        if (verdict->unreadable) ++stuck;
        if (verdict->accepted || verdict->unreadable) continue;
        // It must not stand in the way of the others, nor be forgotten.
        const std::string& why = verdict->rejected.code;
        ports_.log.write(ports::LogLevel::error, "RT027", {timer.case_id.value, timer.name, why});
        batch.report(timer_incident(timer.case_id, timer.name, why, now));
        const Instant until = plus_seconds(now, kPostponeSeconds);
        if (auto later = batch.postpone(timer.case_id, timer.name, until); !later)
            return later.unexpected();
    }
    return stuck;
}

Result<void> Runtime::run_commands(Batch& batch, const std::vector<ports::PendingCommand>& commands,
                                   Instant now) {
    for (const auto& waiting : commands) {
        if (has_waited(batch)) break;  // the others stay in the queue
        if (auto done = run_command(batch, waiting, now); !done) return done;
    }
    return {};
}

Result<void> Runtime::run_command(Batch& batch, const ports::PendingCommand& waiting, Instant now) {
    Verdict verdict;
    verdict.case_id = waiting.case_id;
    auto command = cases::decode(waiting.body);
    if (!command) {
        verdict.rejected = {command.error().code, command.error().args, {}};
        batch.commit().outcomes.push_back(outcome_of(waiting.id, std::move(verdict), now));
        return {};
    }
    const CommandId first = std::exchange(command->id, waiting.id);
    command->case_id = waiting.case_id;
    auto decided = batch.decide(*command);
    if (!decided) return decided.unexpected();
    verdict = std::move(*decided);
    if (!verdict.accepted && command->actor.kind == cases::Actor::Kind::engine) {
        const std::string& why = verdict.rejected.code;
        ports_.log.write(ports::LogLevel::error, "RT029",
                         {waiting.id.value, waiting.case_id.value, why});
        const bool timer = std::holds_alternative<cases::FireTimers>(command->body);
        // What `retry` submits again is the same trouble if it fails again.
        command->id = first;
        batch.report(timer ? timer_incident(waiting.case_id, "again", why, now)
                           : command_incident(*command, why, now));
    }
    batch.commit().outcomes.push_back(outcome_of(waiting.id, std::move(verdict), now));
    return {};
}

}  // namespace pintu::runtime
