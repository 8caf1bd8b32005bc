// The store in a PostgreSQL database that many nodes share: group commits, turns with tokens, a log
// that is put in order afterwards. One of these is one connection, for one thread; behind a
// pgbouncer in transaction mode it does all but wait().
//
// A read whose connection broke is made again on a new one; a commit is as committer.hpp says.
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "adapters/store/postgres/connection.hpp"
#include "adapters/store/store.hpp"

namespace pintu::postgres {

class PostgresStore : public ports::EventStore {
  public:
    // `address` as address.hpp has it. An empty database is set up, unless it is opened for reading
    // only.
    static Result<std::unique_ptr<ports::EventStore>> open(const std::string& address,
                                                           const store::OpenOptions& options);
    explicit PostgresStore(std::unique_ptr<Connection> connection);

    Result<ports::CommitAnswer> commit(const ports::Commit& commit) override;
    Result<std::vector<ports::StoredCase>> load(const std::vector<CaseId>& cases) override;
    Result<std::vector<CaseId>> find(const TrackingId& tracking_id) override;
    Result<std::vector<cases::PersonalValue>> personal(const CaseId& case_id) override;
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
    // The events of one page get their places together: more than `limit` only where one page has
    // more.
    Result<std::size_t> sequence(std::size_t limit) override;
    Result<std::optional<ports::Claimed>> claim(const ports::ClaimRequest& request) override;
    Result<std::vector<ports::Timer>> due_timers(Instant now, std::size_t limit) override;
    Result<std::vector<ports::Timer>> timers_of(const AgencyCode& agency) override;
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
    Result<bool> wait(std::int64_t timeout_ms) override;

    // Work that a commit brought while a turn was ending, and which neither saw, is looked for: of
    // all agencies whose turns changed a moment ago. claim() does this by itself, a few agencies at
    // a time, once a second.
    Result<void> sweep();

    Connection& connection() { return *connection_; }

  private:
    // Runs `work` and gives what it gives, unless a statement failed; once more where a new attempt
    // may go well.
    template <class Work>
    auto attempt(Work work) -> Result<decltype(work())> {
        for (int left = 1;; --left) {
            auto value = work();
            if (!connection_->failed()) return value;
            if (!may_repeat(left)) return Unexpected<Error>{connection_->take_error()};
        }
    }
    // The same, in a transaction.
    template <class Work>
    Result<void> attempt_commit(Work work) {
        const auto done = attempt([&] {
            connection_->begin();
            work();
            connection_->commit();
            return true;
        });
        if (!done) return done.unexpected();
        return {};
    }
    bool may_repeat(int left);
    Result<void> vouch();

    using Outcomes = std::map<std::string, ports::CommandOutcome>;  // by command
    Result<Outcomes> written(const std::vector<CommandId>& ids);
    Result<Outcomes> told(const std::vector<CommandId>& ids);
    std::map<std::string, std::vector<CommandId>> marked(const std::vector<CommandId>& ids);

    // Agencies are known by rows in the agenda and a log, made when they are met first.
    Result<void> meet(const std::vector<AgencyCode>& agencies);

    std::optional<ports::Claimed> take(const AgencyCode& agency,
                                       const ports::ClaimRequest& request);
    void give_back(const ports::Lease& lease);
    void sweep_some();
    void sweep_agencies(const std::vector<AgencyCode>& agencies);

    Result<std::size_t> sequence_agency(const AgencyCode& agency, std::size_t limit);
    void queue(const ports::PendingCommand& command);
    void call(const AgencyCode& agency);
    std::optional<ports::DefinitionSet> read_definitions(const std::string& id);

    std::unique_ptr<Connection> connection_;
    std::set<AgencyCode> met_;
    std::int64_t listens_ = 0;  // Connection::opened() of the session that does
    std::chrono::steady_clock::time_point swept_{};
    std::deque<AgencyCode> to_sweep_;
    std::optional<AgencyCode> last_swept_;  // of the slow round over all agencies
};

}  // namespace pintu::postgres
