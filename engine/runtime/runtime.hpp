// The loop: takes reports in, decides what is due and what was asked, keeps it, then has effects
// performed. Single-threaded and deterministic: the same store, entropy and calls give the same
// histories. Stopped at any moment and started again it loses nothing and does nothing twice.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/cases/command/command.hpp"
#include "engine/ports/connector.hpp"
#include "engine/runtime/batch.hpp"

namespace pintu::runtime {

struct Settings {
    std::size_t batch = 256;     // commands in one commit
    std::size_t cached = 4'096;  // cases kept folded in memory
    AgencyCode province{"64"};   // of reports that say nothing about where
    std::int64_t retry_s = 60;   // before effects that could not be performed are tried again
};

struct Ports {
    ports::EventStore& store;
    ports::Entropy& entropy;
    ports::Connector& connector;
    ports::Log& log;
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
    std::size_t effects = 0;
    std::size_t events = 0;
    bool idle = true;  // nothing was left to do at this time
};

class Runtime {
  public:
    // use() comes first.
    explicit Runtime(const Ports& ports, Settings settings = {});

    // From now on these definitions are in force. Cases keep those of their receipt; clocks follow
    // the calendars, a batch of cases a step (C10).
    Result<void> use(Loadout loadout);
    const bundle::Library& library() const { return definitions_.library(); }

    // In the order of the reports; answers only after the commit. Errors are the store's: of the
    // reports of an earlier batch some may have been kept, and the same reports again answer
    // `repeated`.
    Result<std::vector<IntakeAnswer>> intake(const std::vector<cases::Report>& reports,
                                             const IntakeOptions& options, Instant now);

    // One batch: results of effects, due timers, waiting commands, in one commit; then effects.
    Result<Stepped> step(Instant now);
    // Steps until nothing is left to do at this time.
    Result<Stepped> run_until_idle(Instant now);
    // When there is something to do next, if nothing comes from outside.
    Result<std::optional<Instant>> next_due();

    // Decides a command at once and keeps its outcome.
    Result<ports::CommandOutcome> perform(const cases::Command& command, Instant now);
    // The case as it stands; nullopt where there is none.
    Result<std::optional<cases::State>> find(const CaseId& id);

  private:
    struct Settled {
        CaseId case_id;
        EffectKey key;
        bool done = true;
        std::string why;
    };
    struct IntakeBatch;

    Workbench bench();
    Result<bool> intake_batch(const std::vector<cases::Report>& reports, std::size_t from,
                              const IntakeOptions& options, Instant now,
                              std::vector<IntakeAnswer>& answers);
    Result<void> take_in(Batch& batch, IntakeBatch& work, const cases::Report& report,
                         std::size_t index, IntakeAnswer& answer);
    Result<void> answer_known(Batch& batch, const ports::IntakeRow& known,
                              const cases::Report& report, IntakeAnswer& answer);

    Result<bool> commit_step(Instant now, Stepped& stepped);
    Result<void> record_settled(Batch& batch);
    Result<void> fire_timers(Batch& batch, Instant now, Stepped& stepped);
    Result<void> run_commands(Batch& batch, Instant now, Stepped& stepped);
    Result<void> recompute(Batch& batch, Stepped& stepped);
    Result<void> dispatch(Instant now, Stepped& stepped);

    Ports ports_;
    Settings settings_;
    Cache cache_;
    PinnedDefinitions definitions_;
    std::vector<Settled> settled_;         // performed, and not yet in the log
    std::optional<Instant> retry_at_;      // of effects that could not be performed
    std::deque<AgencyCode> to_recompute_;  // agencies whose cases follow new calendars
    std::optional<CaseId> recomputed_;     // the last case of the first of them
};

}  // namespace pintu::runtime
