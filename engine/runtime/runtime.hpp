// The loop of one node: takes reports in, decides what is due and what was asked, keeps it, then
// has effects performed. Single-threaded and deterministic: the same store, entropy and calls give
// the same histories. Any number of nodes share one store: they take turns at an agency's work
// (ports::Lease). Stopped at any moment and started again, or never, nothing is lost or done twice.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/cases/command/command.hpp"
#include "engine/ports/blobs.hpp"
#include "engine/ports/connector.hpp"
#include "engine/runtime/batch.hpp"
#include "engine/runtime/delivery.hpp"

namespace pintu::runtime {

constexpr int kMostRaces = 100;  // lost in a row: something is wrong

struct Settings {
    std::size_t batch = 256;     // commands in one commit
    std::size_t cached = 4'096;  // cases kept folded in memory
    AgencyCode province{"64"};   // of reports that say nothing about where
    std::int64_t retry_s = 60;   // before an effect is tried again; doubles, to an hour at most
    std::string node = "pintu";  // for people: who holds a turn
    std::int64_t lease_ms = 10'000;
    // A turn at sending is never shorter: no less than the connector may take for one batch, else
    // another node sends what this one is sending. At least lease_ms.
    std::int64_t send_lease_ms = 0;
    // Most effects that go out by a channel in a minute, for each agency; a channel that is not
    // named has no limit.
    std::map<std::string, std::int64_t> per_minute;
    // When messages to reporters wait, by channel.
    std::map<std::string, QuietHours> quiet;
    std::int64_t jitter_percent = 25;  // of retries
    bool sends = true;                 // else step() leaves effects to others
    Patience patience;
};

struct Ports {
    ports::EventStore& store;
    ports::Entropy& entropy;
    ports::Connector& connector;
    ports::Log& log;
    ports::FactSource* facts = nullptr;  // nothing: facts of plugins take their `else`
    ports::Blobs* blobs = nullptr;       // files of cases; nothing: none are kept
};

struct IntakeOptions {
    AgencyCode agency;     // whose intake it is; empty: the province's
    std::string workflow;  // empty: the agency's first
};

struct IntakeAnswer {
    enum class Status { accepted, repeated, conflict, rejected } status = Status::rejected;
    TrackingId tracking_id;     // not of rejected
    CaseId case_id;             // not of rejected
    std::vector<Error> errors;  // why it was rejected or conflicts
    std::vector<Error> notes;   // values that were left out
};

// What one step did.
struct Stepped {
    std::size_t timers = 0;
    std::size_t commands = 0;  // that waited in the queue
    std::size_t recomputed = 0;
    std::size_t effects = 0;  // performed or refused
    std::size_t events = 0;
    std::size_t sequenced = 0;  // events that got their places in the logs
    std::size_t stale = 0;      // turns that were over before their work was kept
    bool idle = true;           // nothing was left to do at this time
    Stepped& operator+=(const Stepped& other);
};

class Runtime {
  public:
    // use() comes first.
    explicit Runtime(const Ports& ports, Settings settings = {});

    // This node decides by these definitions from now on; they are kept by their hashes first.
    // Cases keep those of their receipt.
    Result<void> use(Loadout loadout);
    // use(), and in force on all nodes that share the store; clocks follow the calendars, a batch
    // of cases a turn (C10).
    Result<void> publish(Loadout loadout);
    // Follows what another node published, if it did. True: these definitions are new here. Where
    // they do not load on this node the old ones stay, with an incident. `today` as of Loadout.
    // Cases that were decided on here since the last call follow them too.
    Result<bool> refresh(Date today);
    // DefinitionSet::id of what this node decides by.
    std::string definitions_id() const { return definitions_.id(); }
    const bundle::Library& library() const { return definitions_.library(); }

    // In the order of the reports; answers only after the commit. Errors are the store's: of the
    // reports of an earlier batch some may have been kept, and the same reports again answer
    // `repeated`.
    Result<std::vector<IntakeAnswer>> intake(const std::vector<cases::Report>& reports,
                                             const IntakeOptions& options, Instant now);

    // A turn at each kind of work that some agency has: decide_step(), send_step(), follow_step(),
    // then the logs' sequence.
    Result<Stepped> step(Instant now);
    // One agency's due timers and waiting commands, a batch, in one commit.
    Result<Stepped> decide_step(Instant now);
    // One agency's effects, a batch: performed, then what became of them in one commit. May take as
    // long as the connector does.
    Result<Stepped> send_step(Instant now);
    // A batch of one agency's open cases follows new definitions.
    Result<Stepped> follow_step(Instant now);
    // Steps until nothing is left to do at this time.
    Result<Stepped> run_until_idle(Instant now);
    // When there is something to do next, if nothing comes from outside.
    Result<std::optional<Instant>> next_due();

    // Decides commands at once, in one commit, and keeps their outcomes. An id that was decided
    // before gives the outcome of then.
    Result<std::vector<ports::CommandOutcome>> perform(const std::vector<cases::Command>& commands,
                                                       Instant now);
    Result<ports::CommandOutcome> perform(const cases::Command& command, Instant now);
    // The case as it stands; nullopt where there is none.
    Result<std::optional<cases::State>> find(const CaseId& id);

  private:
    struct IntakeBatch;
    class Outcomes;
    // What one turn does; it may be asked again, after a race was lost.
    using TurnWork = std::function<Result<void>(Batch&, ports::TurnEnd&, Stepped&)>;

    Workbench bench();
    // `end`: of the reports that were decided.
    Result<Written> intake_batch(const std::vector<cases::Report>& reports, std::size_t from,
                                 std::size_t& end, const IntakeOptions& options, Instant now,
                                 std::vector<IntakeAnswer>& answers);
    Result<void> take_in(Batch& batch, IntakeBatch& work, const cases::Report& report,
                         std::size_t index, IntakeAnswer& answer);
    Result<void> answer_known(Batch& batch, const ports::IntakeRow& known,
                              const cases::Report& report, IntakeAnswer& answer);

    Result<void> follow_late(Date today);
    Result<bool> refuse_definitions(const std::string& id, Date today, const std::string& why);
    Result<std::optional<ports::Claimed>> claim(ports::Work work, Instant now);
    Result<void> fetch(Batch& batch, const std::vector<const CaseId*>& ids, bool alone);
    Result<Stepped> take_turn(const ports::Lease& lease, Instant now, const TurnWork& work);
    void release(const ports::Lease& lease, const Error& after);

    Result<void> recall(const std::vector<cases::Command>& commands, Outcomes& outcomes);
    // What became of the commands, where all of them were decided before.
    Result<std::vector<ports::CommandOutcome>> known_or(
        const Error& otherwise, const std::vector<cases::Command>& commands);
    Result<void> decide_new(Batch& batch, const std::vector<cases::Command>& commands,
                            Outcomes& outcomes, Instant now);

    // How many of them nothing can be done about.
    Result<std::size_t> fire_timers(Batch& batch, const std::vector<ports::Timer>& timers,
                                    Instant now);
    Result<void> run_commands(Batch& batch, const std::vector<ports::PendingCommand>& commands,
                              Instant now);
    Result<void> run_command(Batch& batch, const ports::PendingCommand& waiting, Instant now);
    Result<void> drop_decided(std::vector<ports::PendingCommand>& commands);
    void fit_turns(bool was_stale);
    // What may go now; the rest waits for its slot, or for the morning.
    std::vector<ports::Outgoing> may_go(ports::Claimed& claimed, Instant now,
                                        std::vector<ports::Deferred>& deferred);
    // In words, where the connector reads them. `held`: of those that cannot be put into words now
    // by their place, why; they are not to be performed.
    Result<std::vector<ports::Message>> put_into_words(const std::vector<ports::Outgoing>& going,
                                                       std::map<std::size_t, std::string>& held);
    struct Sources;
    Result<Sources> sources_of(const std::vector<ports::Outgoing>& going);
    Result<std::optional<std::string>> put_into_words(ports::Message& message,
                                                      const Sources& sources);
    std::vector<ports::Performed> deliver(std::vector<ports::Message> messages,
                                          const std::map<std::size_t, std::string>& held);
    bool has_waited(const Batch& batch) const;
    std::int64_t least_send_lease_ms() const;
    Result<void> record(Batch& batch, const std::vector<ports::Outgoing>& sent,
                        const std::vector<ports::Performed>& performed, Instant now);
    Result<void> wait_for(Batch& batch, const ports::Outgoing& one,
                          const ports::Performed& performed, Instant now);
    Result<void> record_one(Batch& batch, const cases::Effect& effect,
                            const ports::Performed& performed, Instant now);
    Result<void> follow(Batch& batch, ports::TurnEnd& end, Stepped& stepped, Instant now);

    Ports ports_;
    Settings settings_;
    Cache cache_;
    PinnedDefinitions definitions_;
    AskedFacts facts_;
    std::optional<std::pair<std::string, Date>> refused_;  // published, and do not load here
    std::set<CaseId> unreadable_told_;
    // Cases that this node decided on since it last knew what is in force: if others are by now,
    // these were decided by older ones, perhaps after all cases had followed.
    Sequences decided_since_;
    std::map<CaseId, std::uint32_t> late_;
    bool refreshes_ = false;
    bool trusts_cache_ = true;                     // others seldom change what is cached here
    bool expects_known_ = false;                   // the last commands were decided before, some
    bool expects_repeats_ = true;                  // reports seldom come twice, then many do
    std::map<AgencyCode, std::uint64_t> decided_;  // token of this node's last turn
    // A turn in which the connector took longer than the lease is tried with fewer effects, then
    // with more time.
    std::size_t send_batch_;
    std::int64_t send_lease_ms_;
};

}  // namespace pintu::runtime
