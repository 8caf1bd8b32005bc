// A turn at one agency's effects: performed, then recorded.
#include <algorithm>

#include "engine/base/planted.hpp"
#include "engine/runtime/incidents.hpp"
#include "engine/runtime/runtime.hpp"
#include "engine/runtime/slots.hpp"

namespace pintu::runtime {
namespace {

using Outcome = ports::Performed::Outcome;

constexpr std::int64_t kMostLeaseMs = 600'000;

void add_reached(std::vector<PersonId>& reached, const std::vector<PersonId>& more) {
    for (const auto& person : more)
        if (std::find(reached.begin(), reached.end(), person) == reached.end())
            reached.push_back(person);
}

}  // namespace

std::vector<ports::Outgoing> Runtime::may_go(ports::Claimed& claimed, Instant now,
                                             std::vector<ports::Deferred>& deferred) {
    Slots slots(settings_.per_minute, claimed.lease.memo);
    const auto* bundle = definitions_.in_force(claimed.lease.agency);
    std::vector<ports::Outgoing> going;
    for (auto& one : claimed.effects) {
        const auto quiet = settings_.quiet.find(one.effect.channel);
        std::optional<Instant> morning;
        if (quiet != settings_.quiet.end() && bundle != nullptr && one.effect.whom == "reporter")
            morning = quiet_until(quiet->second, bundle->calendar.zone(), now);
        if (morning) {
            deferred.push_back({one.effect.key, *morning, one.attempts, false, one.reached});
            continue;
        }
        const Instant slot = one.slotted ? now : slots.take(one.effect.channel, now);
        if (slot > now)
            deferred.push_back({one.effect.key, slot, one.attempts, true, one.reached});
        else
            going.push_back(std::move(one));
    }
    claimed.lease.memo = slots.memo(now);
    return going;
}

std::vector<ports::Performed> Runtime::deliver(std::vector<ports::Message> messages,
                                               const std::map<std::size_t, std::string>& held) {
    std::vector<ports::Performed> performed(messages.size(), {Outcome::later, ""});
    std::vector<ports::Message> going;
    for (std::size_t i = 0; i < messages.size(); ++i)
        if (!held.contains(i)) going.push_back(std::move(messages[i]));
    auto answers =
        going.empty() ? std::vector<ports::Performed>{} : ports_.connector.perform(going);
    answers.resize(going.size(), {Outcome::later, ""});
    auto answer = answers.begin();
    for (std::size_t i = 0; i < performed.size(); ++i) {
        if (const auto why = held.find(i); why != held.end())
            performed[i].why = why->second;
        else
            performed[i] = std::move(*answer++);
    }
    return performed;
}

Result<Stepped> Runtime::send_step(Instant now) {
    auto claimed = claim(ports::Work::send, now);
    if (!claimed) return claimed.unexpected();
    if (!*claimed) return Stepped{};
    const ports::Lease& lease = (*claimed)->lease;
    std::vector<ports::Deferred> deferred;
    const auto going = may_go(**claimed, now, deferred);
    std::map<std::size_t, std::string> held;
    auto messages = put_into_words(going, held);
    if (!messages) {
        release(lease, messages.error());
        return messages.unexpected();
    }
    std::vector<ports::Performed> performed(messages->size(), {Outcome::done, ""});
    if (!planted(Bug::settled_before_performed)) performed = deliver(std::move(*messages), held);
    auto done = take_turn(lease, now, [&](Batch& batch, ports::TurnEnd&, Stepped& stepped) {
        batch.commit().deferred = deferred;
        stepped.effects = static_cast<std::size_t>(
            std::count_if(performed.begin(), performed.end(), [](const auto& one) {
                return one.outcome == Outcome::done || one.outcome == Outcome::refused;
            }));
        return record(batch, going, performed, now);
    });
    if (done) fit_turns(done->stale > 0);
    return done;
}

std::int64_t Runtime::least_send_lease_ms() const {
    return std::max(settings_.lease_ms, settings_.send_lease_ms);
}

// A connector that is slower than the lease would be asked for the same effects for ever.
void Runtime::fit_turns(bool was_stale) {
    if (!was_stale) {
        send_batch_ = std::min(send_batch_ * 2, settings_.batch);
        send_lease_ms_ = std::max(send_lease_ms_ / 2, least_send_lease_ms());
    } else if (send_batch_ > 1) {
        send_batch_ /= 2;
    } else {
        send_lease_ms_ = std::clamp(send_lease_ms_ * 2, least_send_lease_ms(),
                                    std::max(least_send_lease_ms(), kMostLeaseMs));
    }
}

Result<void> Runtime::record(Batch& batch, const std::vector<ports::Outgoing>& sent,
                             const std::vector<ports::Performed>& performed, Instant now) {
    std::vector<const CaseId*> ids;
    for (const auto& one : sent) ids.push_back(&one.effect.case_id);
    if (auto fetched = fetch(batch, ids, true); !fetched) return fetched;
    for (std::size_t i = 0; i < sent.size(); ++i) {
        if (performed[i].outcome == Outcome::untried) {
            ports::Deferred next{sent[i].effect.key, now, sent[i].attempts, true, sent[i].reached};
            add_reached(next.reached, performed[i].reached);
            batch.commit().deferred.push_back(std::move(next));
            continue;
        }
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
    const std::uint32_t attempts = one.attempts + 1;
    ports::Deferred deferred{
        key,
        retry_at(key, now, settings_.retry_s, one.attempts, settings_.jitter_percent),
        attempts,
        false,
        one.reached,
        performed.why,
        is_given_up(settings_.patience, attempts, one.effect.at, now)};
    add_reached(deferred.reached, performed.reached);
    if (deferred.dead)
        batch.report(effect_incident(
            one.effect, {"DL001", {key.value, std::to_string(attempts), performed.why}}, now));
    if (planted(Bug::deferred_effect_forgotten))
        batch.commit().sent.push_back(key);
    else
        batch.commit().deferred.push_back(std::move(deferred));
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
