// A store that tells somebody of every case row that a commit wrote: how a played office sees the
// cases change.
#pragma once

#include <functional>

#include "engine/ports/store.hpp"

namespace pintu::cli {

class ObservedStore final : public ports::EventStore {
  public:
    using Observer = std::function<void(const cases::CaseRow&)>;
    ObservedStore(ports::EventStore& store, Observer observer)
        : store_(store), observer_(std::move(observer)) {}

    Result<ports::CommitAnswer> commit(const ports::Commit& commit) override {
        auto answer = store_.commit(commit);
        if (answer && answer->kept())
            for (const auto& update : commit.cases) observer_(update.row);
        return answer;
    }
    Result<std::vector<ports::StoredCase>> load(const std::vector<CaseId>& cases) override {
        return store_.load(cases);
    }
    Result<std::vector<CaseId>> find(const TrackingId& id) override { return store_.find(id); }
    Result<std::vector<cases::PersonalValue>> personal(const CaseId& id) override {
        return store_.personal(id);
    }
    Result<std::vector<std::vector<cases::PersonalValue>>> personal_of(
        const std::vector<CaseId>& cases) override {
        return store_.personal_of(cases);
    }
    Result<std::vector<std::optional<ports::IntakeRow>>> find_intake(
        const std::vector<ports::IntakeKey>& keys) override {
        return store_.find_intake(keys);
    }
    Result<ports::PriorAnswer> prior(const ports::PriorQuery& query) override {
        return store_.prior(query);
    }
    Result<std::vector<cases::CaseRow>> list(const ports::CaseFilter& filter) override {
        return store_.list(filter);
    }
    Result<std::vector<ports::LoggedEvent>> log(const AgencyCode& agency, std::uint64_t from,
                                                std::size_t limit) override {
        return store_.log(agency, from, limit);
    }
    Result<std::vector<ports::LogRoot>> roots(const AgencyCode& agency) override {
        return store_.roots(agency);
    }
    Result<std::vector<AgencyCode>> agencies() override { return store_.agencies(); }
    Result<std::vector<ports::Timer>> due_timers(Instant now, std::size_t limit) override {
        return store_.due_timers(now, limit);
    }
    Result<std::vector<ports::Timer>> timers_of(const AgencyCode& agency) override {
        return store_.timers_of(agency);
    }
    Result<std::optional<Instant>> next_due() override { return store_.next_due(); }
    Result<void> submit(const ports::PendingCommand& command) override {
        return store_.submit(command);
    }
    Result<std::vector<ports::PendingCommand>> pending(std::size_t limit) override {
        return store_.pending(limit);
    }
    Result<std::optional<ports::CommandOutcome>> outcome(const CommandId& id) override {
        return store_.outcome(id);
    }
    Result<std::vector<cases::Effect>> unsent(std::size_t limit) override {
        return store_.unsent(limit);
    }
    Result<void> save_definitions(const ports::DefinitionSet& definitions) override {
        return store_.save_definitions(definitions);
    }
    Result<std::optional<ports::DefinitionSet>> load_definitions(const BundleHash& hash) override {
        return store_.load_definitions(hash);
    }
    Result<std::size_t> sequence(std::size_t limit) override { return store_.sequence(limit); }
    Result<std::optional<ports::Claimed>> claim(const ports::ClaimRequest& request) override {
        return store_.claim(request);
    }
    Result<std::vector<std::optional<ports::CommandOutcome>>> outcomes(
        const std::vector<CommandId>& ids) override {
        return store_.outcomes(ids);
    }
    Result<std::vector<ports::Incident>> incidents(const ports::IncidentFilter& filter) override {
        return store_.incidents(filter);
    }
    Result<std::vector<ports::OutboxRow>> outbox(const ports::OutboxFilter& filter) override {
        return store_.outbox(filter);
    }
    Result<bool> retry_effect(const EffectKey& key, Instant now) override {
        return store_.retry_effect(key, now);
    }
    Result<bool> retry_incident(const std::string& id, Instant now) override {
        return store_.retry_incident(id, now);
    }
    Result<void> publish(const ports::DefinitionSet& definitions,
                         const std::vector<AgencyCode>& agencies) override {
        return store_.publish(definitions, agencies);
    }
    Result<std::optional<std::string>> in_force() override { return store_.in_force(); }
    Result<std::optional<ports::DefinitionSet>> definition_set(const std::string& id) override {
        return store_.definition_set(id);
    }
    Result<bool> wait(std::int64_t timeout_ms) override { return store_.wait(timeout_ms); }

  private:
    ports::EventStore& store_;
    Observer observer_;
};

}  // namespace pintu::cli
