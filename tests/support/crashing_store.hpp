// A store whose process dies at a chosen call: before it takes effect, or after, when nobody hears
// the answer. From then on every call fails, until a new process opens what is left.
#pragma once

#include <cstddef>
#include <memory>

#include "engine/ports/store.hpp"

namespace pintu::testing {

struct Crash {
    std::size_t at_call = 0;  // 1, 2, ...; 0: never
    bool after = false;       // the call takes effect, its answer is lost
};

class CrashingStore : public ports::EventStore {
  public:
    CrashingStore(ports::EventStore& disk, Crash crash) : disk_(disk), crash_(crash) {}

    std::size_t calls() const { return calls_; }
    bool dead() const { return dead_; }

    Result<ports::CommitAnswer> commit(const ports::Commit& commit) override {
        return call([&] { return disk_.commit(commit); });
    }
    Result<std::vector<ports::StoredCase>> load(const std::vector<CaseId>& cases) override {
        return call([&] { return disk_.load(cases); });
    }
    Result<std::vector<CaseId>> find(const TrackingId& tracking_id) override {
        return call([&] { return disk_.find(tracking_id); });
    }
    Result<std::vector<cases::PersonalValue>> personal(const CaseId& case_id) override {
        return call([&] { return disk_.personal(case_id); });
    }
    Result<std::vector<std::optional<ports::IntakeRow>>> find_intake(
        const std::vector<ports::IntakeKey>& keys) override {
        return call([&] { return disk_.find_intake(keys); });
    }
    Result<ports::PriorAnswer> prior(const ports::PriorQuery& query) override {
        return call([&] { return disk_.prior(query); });
    }
    Result<std::vector<cases::CaseRow>> list(const ports::CaseFilter& filter) override {
        return call([&] { return disk_.list(filter); });
    }
    Result<std::vector<ports::LoggedEvent>> log(const AgencyCode& agency, std::uint64_t from,
                                                std::size_t limit) override {
        return call([&] { return disk_.log(agency, from, limit); });
    }
    Result<std::vector<AgencyCode>> agencies() override {
        return call([&] { return disk_.agencies(); });
    }
    Result<std::vector<ports::Timer>> due_timers(Instant now, std::size_t limit) override {
        return call([&] { return disk_.due_timers(now, limit); });
    }
    Result<std::optional<Instant>> next_due() override {
        return call([&] { return disk_.next_due(); });
    }
    Result<void> submit(const ports::PendingCommand& command) override {
        return call([&] { return disk_.submit(command); });
    }
    Result<std::vector<ports::PendingCommand>> pending(std::size_t limit) override {
        return call([&] { return disk_.pending(limit); });
    }
    Result<std::optional<ports::CommandOutcome>> outcome(const CommandId& id) override {
        return call([&] { return disk_.outcome(id); });
    }
    Result<std::vector<cases::Effect>> unsent(std::size_t limit) override {
        return call([&] { return disk_.unsent(limit); });
    }
    Result<void> save_definitions(const ports::DefinitionSet& definitions) override {
        return call([&] { return disk_.save_definitions(definitions); });
    }
    Result<std::optional<ports::DefinitionSet>> load_definitions(const BundleHash& hash) override {
        return call([&] { return disk_.load_definitions(hash); });
    }
    Result<std::vector<ports::LogRoot>> roots(const AgencyCode& agency) override {
        return call([&] { return disk_.roots(agency); });
    }
    Result<std::size_t> sequence(std::size_t limit) override {
        return call([&] { return disk_.sequence(limit); });
    }
    Result<std::optional<ports::Claimed>> claim(const ports::ClaimRequest& request) override {
        return call([&] { return disk_.claim(request); });
    }
    Result<std::vector<std::optional<ports::CommandOutcome>>> outcomes(
        const std::vector<CommandId>& ids) override {
        return call([&] { return disk_.outcomes(ids); });
    }
    Result<std::vector<ports::Incident>> incidents(const ports::IncidentFilter& filter) override {
        return call([&] { return disk_.incidents(filter); });
    }
    Result<std::vector<ports::OutboxRow>> outbox(const ports::OutboxFilter& filter) override {
        return call([&] { return disk_.outbox(filter); });
    }
    Result<bool> retry_effect(const EffectKey& key, Instant now) override {
        return call([&] { return disk_.retry_effect(key, now); });
    }
    Result<bool> retry_incident(const std::string& id, Instant now) override {
        return call([&] { return disk_.retry_incident(id, now); });
    }
    Result<void> publish(const ports::DefinitionSet& definitions,
                         const std::vector<AgencyCode>& agencies) override {
        return call([&] { return disk_.publish(definitions, agencies); });
    }
    Result<std::optional<std::string>> in_force() override {
        return call([&] { return disk_.in_force(); });
    }
    Result<std::optional<ports::DefinitionSet>> definition_set(const std::string& id) override {
        return call([&] { return disk_.definition_set(id); });
    }

  private:
    template <class F>
    auto call(F&& f) -> decltype(f()) {
        const bool now = !dead_ && ++calls_ == crash_.at_call;
        if (dead_ || (now && !crash_.after)) {
            dead_ = true;
            return fail("crashed");
        }
        auto answer = f();
        if (!now) return answer;
        dead_ = true;
        return fail("crashed");
    }

    ports::EventStore& disk_;
    Crash crash_;
    std::size_t calls_ = 0;
    bool dead_ = false;
};

}  // namespace pintu::testing
