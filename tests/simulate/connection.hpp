// One process' way to the store: each call travels, may be late, lost, or done with nobody hearing
// of it. Whoever calls waits in the scheduler, so that anything can happen meanwhile.
#pragma once

#include <functional>
#include <memory>

#include "tests/simulate/chance.hpp"
#include "tests/simulate/points.hpp"
#include "tests/simulate/scheduler.hpp"
#include "tests/simulate/server.hpp"

namespace pintu::simulate {

// How bad the network is: of 1,000 calls.
struct Weather {
    std::size_t request_lost = 0;
    std::size_t answer_lost = 0;
    std::size_t slow = 0;       // up to a second
    std::size_t very_slow = 0;  // up to half a minute: past any lease
};

// What the outside sees of a process at a crash or a stop.
struct Condition {
    int owner = 0;  // number of the node; negative: somebody outside
    Micros cut_off_until = 0;
    bool committing = false;
    Micros holds_turn_until = 0;  // by true time, as far as it knows
};

// Shared by all connections of a world.
struct Network {
    Scheduler& scheduler;
    Server& server;
    Points& points;
    Chance chance;
    Weather weather;
    std::function<void(Condition&)> on_call;  // something may go wrong now
};

class Connection : public ports::EventStore {
  public:
    Connection(Network& network, Condition& condition)
        : network_(network), server_(network.server), condition_(condition) {}

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
    Result<std::size_t> sequence(std::size_t limit) override;
    Result<std::optional<ports::Claimed>> claim(const ports::ClaimRequest& request) override;
    Result<std::vector<ports::Timer>> due_timers(Instant now, std::size_t limit) override;
    Result<std::optional<Instant>> next_due() override;
    Result<void> submit(const ports::PendingCommand& command) override;
    Result<std::vector<ports::PendingCommand>> pending(std::size_t limit) override;
    Result<std::optional<ports::CommandOutcome>> outcome(const CommandId& id) override;
    Result<std::vector<std::optional<ports::CommandOutcome>>> outcomes(
        const std::vector<CommandId>& ids) override;
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

    // Nothing travels: for looking at what is there when the world has stopped.
    void at_rest() { at_rest_ = true; }

  private:
    // One call under way.
    template <class T>
    struct Call {
        std::optional<T> answer;
        std::uint64_t xid = 0;
        bool delivered = false;
        bool given_up = false;  // the connection is closed: what has not begun never will
    };
    // Runs `work(xid)` at the server, once, if it gets there. `before(xid)` runs as the transaction
    // begins; reads have none.
    template <class T, class Before, class Work>
    std::shared_ptr<Call<T>> travel(bool writes, Before before, Work work);
    template <class T, class Work>
    Result<T> read(Work work);
    template <class T, class Work>
    Result<T> write(Work work);
    bool cut_off() const;
    Micros latency();
    Result<ports::CommitAnswer> resolve(const ports::Commit& commit, std::uint64_t xid);
    bool has_evidence_of(const ports::Commit& commit) const;

    Network& network_;
    Server& server_;
    Condition& condition_;
    Micros swept_ = 0;
    bool at_rest_ = false;
};

}  // namespace pintu::simulate
