// A store in memory that keeps every promise of the port: for tests of the runtime, and the oracle
// of the stores' contract. Copy it to keep what was on disk at one moment.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/history/merkle.hpp"
#include "engine/ports/store.hpp"

namespace pintu::testing {

class MemoryStore : public ports::EventStore {
  public:
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
    Result<std::optional<Instant>> next_due() override;
    Result<void> submit(const ports::PendingCommand& command) override;
    Result<std::vector<ports::PendingCommand>> pending(std::size_t limit) override;
    Result<std::optional<ports::CommandOutcome>> outcome(const CommandId& id) override;
    Result<std::vector<cases::Effect>> unsent(std::size_t limit) override;
    Result<void> save_definitions(const ports::DefinitionSet& definitions) override;
    Result<std::optional<ports::DefinitionSet>> load_definitions(const BundleHash& hash) override;
    Result<std::optional<std::string>> settled() override { return settled_; }

    // For tests to look at.
    std::vector<CaseId> all_cases() const { return order_; }
    std::size_t commits() const { return commits_; }
    std::size_t personal_values() const { return personal_.size(); }

  private:
    struct Case {
        std::vector<cases::Event> events;
        Digest last_leaf{};
        cases::SubjectKey key;
        cases::CaseRow row;
        std::optional<ports::Timer> timer;
        cases::Values lookups;
    };
    std::vector<CaseId> conflicts(const ports::Commit& commit) const;
    void keep(const ports::Commit& commit);
    void erase(const CaseId& id);
    void enqueue(const ports::PendingCommand& command);

    std::map<CaseId, Case> cases_;
    std::vector<CaseId> order_;  // by first event
    std::map<AgencyCode, std::vector<ports::LoggedEvent>> logs_;
    std::map<AgencyCode, history::Frontier> frontiers_;
    std::map<AgencyCode, std::vector<ports::LogRoot>> roots_;
    std::vector<cases::PersonalValue> personal_;
    std::map<ports::IntakeKey, ports::IntakeRow> intake_;
    std::vector<ports::PendingCommand> queue_;
    std::map<CommandId, ports::CommandOutcome> outcomes_;
    std::vector<cases::Effect> outbox_;
    std::set<std::pair<Instant, CaseId>> timers_;
    std::vector<ports::DefinitionSet> definitions_;
    std::optional<std::string> settled_;
    std::size_t commits_ = 0;
};

}  // namespace pintu::testing
