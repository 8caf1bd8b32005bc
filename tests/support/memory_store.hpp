// A store in memory that keeps every promise of the port: for tests of the runtime, and the oracle
// of the stores' contract. Copy it to keep what was on disk at one moment. Nothing is remembered
// about when an agency's work is due: it is seen from the work itself, so that no wake-up is lost.
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
    Result<std::optional<ports::Claimed>> claim(const ports::ClaimRequest& request) override;
    Result<std::vector<ports::Timer>> due_timers(Instant now, std::size_t limit) override;
    Result<std::optional<Instant>> next_due() override;
    Result<void> submit(const ports::PendingCommand& command) override;
    Result<std::vector<ports::PendingCommand>> pending(std::size_t limit) override;
    Result<std::optional<ports::CommandOutcome>> outcome(const CommandId& id) override;
    Result<std::vector<cases::Effect>> unsent(std::size_t limit) override;
    Result<void> save_definitions(const ports::DefinitionSet& definitions) override;
    Result<std::optional<ports::DefinitionSet>> load_definitions(const BundleHash& hash) override;
    Result<std::vector<ports::Incident>> incidents(const ports::IncidentFilter& filter) override;
    Result<std::vector<ports::OutboxRow>> outbox(const ports::OutboxFilter& filter) override;
    Result<bool> retry_effect(const EffectKey& key, Instant now) override;
    Result<bool> retry_incident(const std::string& id, Instant now) override;
    Result<void> publish(const ports::DefinitionSet& definitions,
                         const std::vector<AgencyCode>& agencies) override;
    Result<std::optional<std::string>> in_force() override;
    Result<std::optional<ports::DefinitionSet>> definition_set(const std::string& id) override;

    // The clock that leases go by stands still unless it is moved.
    void pass(std::int64_t ms) { clock_ms_ += ms; }

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
    struct Waiting {
        cases::Effect effect;
        Instant until;  // 0: it never waited
        std::uint32_t attempts = 0;
        bool slotted = false;
        std::vector<PersonId> reached = {};
        std::string why = {};
        bool dead = false;  // then `until` is never
    };
    // An agency's turns at work of one kind.
    struct Turns {
        std::uint64_t token = 0;
        std::string node;
        std::int64_t until_ms = 0;  // of the turn that goes on, by the store's clock
        Instant last;               // ClaimRequest::now of the last one
        std::string memo;
    };
    using Agenda = std::pair<ports::Work, AgencyCode>;

    std::vector<CaseId> conflicts(const ports::Commit& commit) const;
    void add_row_conflicts(const ports::Commit& commit, std::map<CaseId, std::uint32_t> last,
                           std::vector<CaseId>& lost) const;
    bool is_stale(const ports::TurnEnd& end) const;
    void keep(const ports::Commit& commit);
    void keep_events(const ports::Commit& commit);
    void keep_cases(const ports::Commit& commit);
    void keep_effects(const ports::Commit& commit);
    void keep_incident(const ports::Incident& incident);
    void end_turn(const ports::TurnEnd& end);
    std::map<AgencyCode, Instant> due(ports::Work work) const;
    void hand_out(const ports::ClaimRequest& request, ports::Claimed& claimed) const;
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
    std::vector<Waiting> outbox_;
    std::set<std::pair<Instant, CaseId>> timers_;
    std::vector<ports::DefinitionSet> definitions_;
    std::map<Agenda, Turns> agenda_;
    std::set<AgencyCode> to_follow_;
    std::map<std::string, ports::Incident> incidents_;
    std::optional<std::string> in_force_;
    std::int64_t clock_ms_ = 0;
    std::size_t commits_ = 0;
};

}  // namespace pintu::testing
