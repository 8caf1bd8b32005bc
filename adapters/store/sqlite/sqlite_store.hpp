// The store in one SQLite file: embedded, durable at each commit, open to several processes.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "adapters/store/sqlite/database.hpp"
#include "adapters/store/store.hpp"

namespace pintu::store {

// A commit that fails at the disk (ST002, ST010) is gone for everybody who has the file open; if
// the machine fails as well before anything else is written, it may be found in the journal after
// all, whole. Whoever gives the same ids again learns it.
class SqliteStore final : public ports::EventStore {
  public:
    static Result<std::unique_ptr<ports::EventStore>> open(const std::string& file,
                                                           const OpenOptions& options);
    SqliteStore(std::unique_ptr<Database> database, std::function<std::int64_t()> clock_ms)
        : database_(std::move(database)), clock_ms_(std::move(clock_ms)) {}

    Result<ports::CommitAnswer> commit(const ports::Commit& commit) override;
    Result<std::vector<ports::StoredCase>> load(const std::vector<CaseId>& cases) override;
    Result<std::vector<CaseId>> find(const TrackingId& tracking_id) override;
    Result<std::vector<cases::PersonalValue>> personal(const CaseId& case_id) override;
    Result<std::vector<std::optional<ports::IntakeRow>>> find_intake(
        const std::vector<ports::IntakeKey>& keys) override;
    Result<ports::PriorAnswer> prior(const ports::PriorQuery& query) override;
    Result<std::vector<cases::CaseRow>> list(const ports::CaseFilter& filter) override;
    Result<std::vector<ports::LoggedEvent>> log(const AgencyCode& agency, std::uint64_t from,
                                                std::size_t limit) override;
    Result<std::vector<ports::LogRoot>> roots(const AgencyCode& agency) override;
    Result<std::vector<AgencyCode>> agencies() override;
    Result<std::vector<ports::Timer>> due_timers(Instant now, std::size_t limit) override;
    Result<std::vector<ports::Timer>> timers_of(const AgencyCode& agency) override;
    Result<std::optional<Instant>> next_due() override;
    Result<void> submit(const ports::PendingCommand& command) override;
    Result<std::vector<ports::PendingCommand>> pending(std::size_t limit) override;
    Result<std::optional<ports::CommandOutcome>> outcome(const CommandId& id) override;
    Result<std::vector<cases::Effect>> unsent(std::size_t limit) override;
    Result<void> save_definitions(const ports::DefinitionSet& definitions) override;
    Result<std::optional<ports::DefinitionSet>> load_definitions(const BundleHash& hash) override;
    Result<void> publish(const ports::DefinitionSet& definitions,
                         const std::vector<AgencyCode>& agencies) override;
    Result<std::optional<std::string>> in_force() override;
    Result<std::optional<ports::DefinitionSet>> definition_set(const std::string& id) override;
    Result<std::optional<ports::Claimed>> claim(const ports::ClaimRequest& request) override;
    Result<std::vector<ports::Incident>> incidents(const ports::IncidentFilter& filter) override;
    Result<std::vector<ports::OutboxRow>> outbox(const ports::OutboxFilter& filter) override;
    Result<bool> retry_effect(const EffectKey& key, Instant now) override;
    Result<bool> retry_incident(const std::string& id, Instant now) override;

  private:
    // The value, unless something failed on the way to it.
    template <class T>
    Result<T> given(T value) {
        if (database_->failed()) return Unexpected<Error>{database_->take_error()};
        return value;
    }
    Result<ports::StoredCase> load_one(const CaseId& case_id);

    Result<std::optional<ports::DefinitionSet>> load_set(const std::string& id);
    void save(const ports::DefinitionSet& definitions);
    Result<void> done();

    std::unique_ptr<Database> database_;
    std::function<std::int64_t()> clock_ms_;
};

}  // namespace pintu::store
