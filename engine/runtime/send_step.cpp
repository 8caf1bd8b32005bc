// A turn at one agency's effects: performed, then recorded.
#include <algorithm>

#include "engine/base/planted.hpp"
#include "engine/runtime/incidents.hpp"
#include "engine/runtime/runtime.hpp"
#include "engine/runtime/slots.hpp"

namespace pintu::runtime {
namespace {

using Outcome = ports::Performed::Outcome;

constexpr std::int64_t kMostRetrySeconds = 3600;
constexpr std::int64_t kMostLeaseMs = 600'000;

// Twice as long after each attempt.
Instant retry_at(Instant now, std::int64_t first_s, std::uint32_t attempts) {
    std::int64_t wait = std::max<std::int64_t>(first_s, 1);
    for (std::uint32_t i = 0; i < attempts && wait < kMostRetrySeconds; ++i) wait *= 2;
    return plus_seconds(now, std::min(wait, kMostRetrySeconds));
}

// What may go now under the limits; the rest waits for its slot, which it has then.
std::vector<ports::Outgoing> may_go(std::vector<ports::Outgoing> effects, Slots& slots, Instant now,
                                    std::vector<ports::Deferred>& deferred) {
    std::vector<ports::Outgoing> going;
    for (auto& one : effects) {
        const Instant slot = one.slotted ? now : slots.take(one.effect.channel, now);
        if (slot > now)
            deferred.push_back({one.effect.key, slot, one.attempts, true});
        else
            going.push_back(std::move(one));
    }
    return going;
}

}  // namespace

Result<Stepped> Runtime::send_step(Instant now) {
    auto claimed = claim(ports::Work::send, now);
    if (!claimed) return claimed.unexpected();
    if (!*claimed) return Stepped{};
    ports::Lease& lease = (*claimed)->lease;
    Slots slots(settings_.per_minute, lease.memo);
    std::vector<ports::Deferred> deferred;
    const auto going = may_go(std::move((*claimed)->effects), slots, now, deferred);
    lease.memo = slots.memo(now);
    std::vector<ports::Message> messages;
    for (const auto& one : going) {
        messages.emplace_back().effect = one.effect;
        messages.back().attempt = one.attempts + 1;
        if (planted(Bug::effect_key_of_attempt) && one.attempts > 0)
            messages.back().effect.key.value += "-" + std::to_string(one.attempts);
    }
    std::vector<ports::Performed> performed;
    if (planted(Bug::settled_before_performed))
        performed.resize(messages.size(), {Outcome::done, ""});
    else if (!messages.empty())
        performed = ports_.connector.perform(messages);
    performed.resize(messages.size(), {Outcome::later, ""});
    auto done = take_turn(lease, now, [&](Batch& batch, ports::TurnEnd&, Stepped& stepped) {
        batch.commit().deferred = deferred;
        stepped.effects = static_cast<std::size_t>(
            std::count_if(performed.begin(), performed.end(),
                          [](const auto& one) { return one.outcome != Outcome::later; }));
        return record(batch, going, performed, now);
    });
    if (done) fit_turns(done->stale > 0);
    return done;
}

// A connector that is slower than the lease would be asked for the same effects for ever.
void Runtime::fit_turns(bool was_stale) {
    if (!was_stale) {
        send_batch_ = std::min(send_batch_ * 2, settings_.batch);
        send_lease_ms_ = std::max(send_lease_ms_ / 2, settings_.lease_ms);
    } else if (send_batch_ > 1) {
        send_batch_ /= 2;
    } else {
        send_lease_ms_ = std::min(send_lease_ms_ * 2, kMostLeaseMs);
    }
}

Result<void> Runtime::record(Batch& batch, const std::vector<ports::Outgoing>& sent,
                             const std::vector<ports::Performed>& performed, Instant now) {
    std::vector<CaseId> ids;
    for (const auto& one : sent) ids.push_back(one.effect.case_id);
    if (auto fetched = fetch(batch, ids, true); !fetched) return fetched;
    for (std::size_t i = 0; i < sent.size(); ++i) {
        const auto recorded =
            performed[i].outcome == Outcome::later && !planted(Bug::later_taken_for_done)
                ? wait_for(batch, sent[i], performed[i], now)
                : record_one(batch, sent[i].effect, performed[i], now);
        if (!recorded) return recorded;
    }
    return {};
}

Result<void> Runtime::wait_for(Batch& batch, const ports::Outgoing& one,
                               const ports::Performed& performed, Instant now) {
    const EffectKey& key = one.effect.key;
    if (!performed.why.empty())
        ports_.log.write(ports::LogLevel::warning, "RT028", {key.value, performed.why});
    const Instant until = retry_at(now, settings_.retry_s, one.attempts);
    if (planted(Bug::deferred_effect_forgotten))
        batch.commit().sent.push_back(key);
    else
        batch.commit().deferred.push_back({key, until, one.attempts + 1, false});
    return {};
}

Result<void> Runtime::record_one(Batch& batch, const cases::Effect& effect,
                                 const ports::Performed& performed, Instant now) {
    const bool done = performed.outcome != Outcome::refused;
    auto verdict = batch.decide({CommandId(effect.key.value + "-settled"),
                                 effect.case_id,
                                 {},
                                 cases::RecordEffect{effect.key, done, performed.why}});
    if (!verdict) return verdict.unexpected();
    batch.commit().sent.push_back(effect.key);
    if (!verdict->accepted) {
        ports_.log.write(ports::LogLevel::error, "RT026", {effect.key.value});
        batch.report(effect_incident(effect, {"RT026", {effect.key.value}}, now));
    }
    if (!done)
        batch.report(effect_incident(effect, {"RT033", {effect.key.value, performed.why}}, now));
    return {};
}

}  // namespace pintu::runtime
