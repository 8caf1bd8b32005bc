// A store whose answers are counted on their way: commits, turns, errors.
#pragma once

#include "adapters/metrics/metrics.hpp"
#include "engine/ports/connector.hpp"
#include "engine/ports/store.hpp"

namespace pintu::metrics {

// Both must outlive it.
class MeasuredStore final : public ports::EventStore {
  public:
    MeasuredStore(ports::EventStore& store, Metrics& metrics) : store_(store), metrics_(metrics) {}

    Result<ports::CommitAnswer> commit(const ports::Commit& commit) override;
    Result<std::vector<ports::StoredCase>> load(const std::vector<CaseId>& cases) override;
    Result<std::vector<CaseId>> find(const TrackingId& id) override;
    Result<std::vector<cases::PersonalValue>> personal(const CaseId& id) override;
    Result<std::vector<std::vector<cases::PersonalValue>>> personal_of(
        const std::vector<CaseId>& cases) override;
    Result<std::vector<std::optional<ports::IntakeRow>>> find_intake(
        const std::vector<ports::IntakeKey>& keys) override;
    Result<ports::PriorAnswer> prior(const ports::PriorQuery& query) override;
    Result<std::vector<cases::CaseRow>> list(const ports::CaseFilter& filter) override;
    Result<std::vector<ports::LoggedEvent>> log(const AgencyCode& agency, std::uint64_t from,
                                                std::size_t limit) override;
    Result<std::vector<ports::LogRoot>> roots(const AgencyCode& agency) override;
    Result<std::vector<AgencyCode>> agencies() override;
    Result<std::size_t> sequence(std::size_t limit) override;
    Result<std::optional<ports::Claimed>> claim(const ports::ClaimRequest& request) override;
    Result<std::vector<ports::Timer>> due_timers(Instant now, std::size_t limit) override;
    Result<std::vector<ports::Timer>> timers_of(const AgencyCode& agency) override;
    Result<std::optional<Instant>> next_due() override;
    Result<void> submit(const ports::PendingCommand& command) override;
    Result<std::vector<ports::PendingCommand>> pending(std::size_t limit) override;
    Result<std::optional<ports::CommandOutcome>> outcome(const CommandId& id) override;
    Result<std::vector<cases::Effect>> unsent(std::size_t limit) override;
    Result<std::vector<ports::Incident>> incidents(const ports::IncidentFilter& filter) override;
    Result<std::vector<ports::OutboxRow>> outbox(const ports::OutboxFilter& filter) override;
    Result<bool> retry_effect(const EffectKey& key, Instant now) override;
    Result<bool> retry_incident(const std::string& id, Instant now) override;
    Result<void> save_definitions(const ports::DefinitionSet& definitions) override;
    Result<std::optional<ports::DefinitionSet>> load_definitions(const BundleHash& hash) override;
    Result<void> publish(const ports::DefinitionSet& definitions,
                         const std::vector<AgencyCode>& agencies) override;
    Result<std::optional<std::string>> in_force() override;
    Result<std::optional<ports::DefinitionSet>> definition_set(const std::string& id) override;
    Result<bool> wait(std::int64_t timeout_ms) override;

  private:
    // Counts the error, if it is one.
    template <class T>
    T seen(T answer) {
        if (!answer) metrics_.add(Metric::store_errors, 1, answer.error().code);
        return answer;
    }
    ports::EventStore& store_;
    Metrics& metrics_;
};

// A connector whose answers are counted. Both must outlive it.
class MeasuredConnector final : public ports::Connector {
  public:
    MeasuredConnector(ports::Connector& connector, Metrics& metrics)
        : connector_(connector), metrics_(metrics) {}
    bool reads(const cases::Effect& effect) const override { return connector_.reads(effect); }
    std::vector<ports::Performed> perform(const std::vector<ports::Message>& messages) override;

  private:
    ports::Connector& connector_;
    Metrics& metrics_;
};

}  // namespace pintu::metrics
