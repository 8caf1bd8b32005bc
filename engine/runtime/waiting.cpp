#include "engine/runtime/waiting.hpp"

#include <algorithm>
#include <limits>

#include "engine/cases/apply/apply.hpp"
#include "engine/runtime/readable.hpp"

namespace pintu::runtime {
namespace {

constexpr std::size_t kAll = std::numeric_limits<std::int32_t>::max();

Date day_of(Instant at) {
    return {static_cast<std::int32_t>(at.micros / (kSecondsPerDay * 1'000'000))};
}

}  // namespace

Result<Waiting> Waiting::begin(ports::EventStore& store, const AgencyCode& agency) {
    Waiting waiting(store, agency);
    auto queues = read(store, agency);
    if (!queues) return queues.unexpected();
    waiting.queues_ = std::move(*queues);
    for (const auto& [id, keys] : waiting.queues_.effects) waiting.suspects_.insert(id);
    return waiting;
}

Result<Waiting::Queues> Waiting::read(ports::EventStore& store, const AgencyCode& agency) {
    Queues queues;
    ports::OutboxFilter of_agency;
    of_agency.agency = agency;
    of_agency.limit = kAll;
    const auto unsent = store.outbox(of_agency);
    if (!unsent) return unsent.unexpected();
    for (const auto& row : *unsent)
        queues.effects[row.outgoing.effect.case_id].insert(row.outgoing.effect.key);
    const auto timers = store.timers_of(agency);
    if (!timers) return timers.unexpected();
    for (const auto& timer : *timers) queues.timers.insert(timer.case_id);
    return queues;
}

Result<void> Waiting::look(const cases::State& state, const cases::SubjectKey& key) {
    const auto found = misfit(state, key, queues_);
    if (!found) return found.unexpected();
    if (found->none())
        suspects_.erase(state.id);
    else
        suspects_.insert(state.id);
    return {};
}

Result<Waiting::Misfit> Waiting::misfit(const cases::State& state, const cases::SubjectKey& key,
                                        const Queues& queues) {
    static const std::set<EffectKey> kNone;
    Misfit found;
    const auto waiting = queues.effects.find(state.id);
    const auto& there = waiting == queues.effects.end() ? kNone : waiting->second;
    std::set_difference(state.unsettled.begin(), state.unsettled.end(), there.begin(), there.end(),
                        std::back_inserter(found.gone));
    std::set_difference(there.begin(), there.end(), state.unsettled.begin(), state.unsettled.end(),
                        std::back_inserter(found.foreign));
    if (queues.timers.contains(state.id)) return found;
    auto wake = wake_of(state, key);
    if (!wake) return wake.unexpected();
    found.unset = std::move(*wake);
    return found;
}

// What the case would ask for if nothing happened to it: deciding that its timers fire, when none
// is due, says so.
Result<std::optional<cases::Wake>> Waiting::wake_of(const cases::State& state,
                                                    const cases::SubjectKey& key) {
    auto ready = load_definitions(state.changed_at);
    if (!ready) return ready.unexpected();
    if (!*ready) return std::optional<cases::Wake>();
    const auto bundle = definitions_->of_case(state.agency, state.pinned);
    if (!bundle && bundle.error().code.starts_with("RT")) return std::optional<cases::Wake>();
    if (!bundle) return bundle.unexpected();
    cases::Context context;
    context.now = state.changed_at;
    context.pinned = *bundle;
    context.current = &definitions_->library();
    context.key = key;
    const cases::Command nothing{CommandId(), state.id, {}, cases::FireTimers{}};
    cases::State same = state;
    const auto decision = cases::decide(same, nothing, context);
    const auto* accepted = std::get_if<cases::Accepted>(&decision);
    if (accepted == nullptr || !accepted->events.empty()) return std::optional<cases::Wake>();
    return accepted->wake;
}

// Those in force, as of the day of the case that is looked at first.
Result<bool> Waiting::load_definitions(Instant now) {
    if (tried_) return definitions_.has_value();
    tried_ = true;
    const auto id = store_->in_force();
    if (!id) return id.unexpected();
    if (!*id) return false;
    auto set = store_->definition_set(**id);
    if (!set) return set.unexpected();
    if (!*set) return false;
    Diagnostics diagnostics;
    auto loadout = from_set(std::move(**set), day_of(now), diagnostics);
    if (!loadout) return false;
    definitions_.emplace(*store_, *silence_);
    definitions_->adopt(std::move(*loadout));
    return true;
}

Result<void> Waiting::finish(history::Findings& findings, std::set<CaseId>& moving) {
    for (int looks = 0; looks < kMostLooks && !suspects_.empty(); ++looks)
        if (auto looked = look_again(findings); !looked) return looked;
    moving.insert(suspects_.begin(), suspects_.end());
    return {};
}

// The case before and after the queues: only where it is the same do the two belong together. The
// others stay suspects.
Result<void> Waiting::look_again(history::Findings& findings) {
    std::map<CaseId, std::size_t> before;
    const auto count = [&](const CaseId& id, const ports::StoredCase& stored) {
        before[id] = stored.events.size();
        return Result<void>();
    };
    if (auto counted = each_suspect(count); !counted) return counted;
    const auto queues = read(*store_, agency_);
    if (!queues) return queues.unexpected();
    std::set<CaseId> moved;
    const auto judge = [&](const CaseId& id, const ports::StoredCase& stored) -> Result<void> {
        if (before[id] == stored.events.size()) return tell(id, stored, *queues, findings);
        moved.insert(id);
        return {};
    };
    if (auto judged = each_suspect(judge); !judged) return judged;
    suspects_ = std::move(moved);
    return {};
}

Result<void> Waiting::each_suspect(
    const std::function<Result<void>(const CaseId&, const ports::StoredCase&)>& visit) {
    std::vector<CaseId> some;
    for (auto next = suspects_.begin(); next != suspects_.end();) {
        some.push_back(*next++);
        if (some.size() < kReadTogether && next != suspects_.end()) continue;
        const auto stored = load_readable(*store_, some);
        if (!stored) return stored.unexpected();
        for (std::size_t i = 0; i < some.size(); ++i) {
            if (!(*stored)[i]) continue;
            if (auto visited = visit(some[i], *(*stored)[i]); !visited) return visited;
        }
        some.clear();
    }
    return {};
}

Result<void> Waiting::tell(const CaseId& id, const ports::StoredCase& stored, const Queues& queues,
                           history::Findings& findings) {
    auto state = cases::fold(stored.events);
    state.id = id;
    const auto found = misfit(state, stored.key, queues);
    if (!found) return found.unexpected();
    const auto add = [&](const char* code, std::vector<std::string> args) {
        findings.add({code, std::nullopt, id, 0, std::move(args)});
    };
    for (const auto& key : found->gone) add("HI053", {key.value});
    for (const auto& key : found->foreign) add("HI054", {key.value});
    if (found->unset) add("HI055", {found->unset->name, to_string(found->unset->due)});
    return {};
}

}  // namespace pintu::runtime
