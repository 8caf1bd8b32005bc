// Commands decided one after the other and kept in one commit. Each sees what those before it did.
// Nothing is kept until write(); a batch that is dropped has done nothing.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/cases/decide/decide.hpp"
#include "engine/ports/blobs.hpp"
#include "engine/ports/entropy.hpp"
#include "engine/ports/log.hpp"
#include "engine/ports/store.hpp"
#include "engine/runtime/asked_facts.hpp"
#include "engine/runtime/cache.hpp"
#include "engine/runtime/definitions.hpp"

namespace pintu::runtime {

// Cases with their last events.
using Sequences = std::unordered_map<CaseId, std::uint32_t>;

// What a batch works with; outlives it.
struct Workbench {
    ports::EventStore& store;
    ports::Entropy& entropy;
    ports::Log& log;
    PinnedDefinitions& definitions;
    Cache& cache;
    AskedFacts& facts;
    std::set<CaseId>& unreadable_told;  // that have an incident by now
    Sequences* decided;                 // gets the cases of what was kept; may be nullptr
    ports::Blobs* blobs;                // loses the files of cases that were erased; may be nullptr
};

// What became of one command.
struct Verdict {
    bool accepted = false;
    cases::Rejected rejected;  // where it was not
    bool unreadable = false;   // because of the case's history
    CaseId case_id;
    TrackingId tracking_id;
    std::uint32_t sequence = 0;  // of the case's last event
    std::size_t events = 0;
    std::vector<Error> notes;
};

// What became of a batch.
enum class Written {
    kept,  // it is on disk
    lost,  // another node was quicker with a case: nothing was kept, those cases are read again
    stale  // a turn had ended: nothing was kept, and the work is in other hands
};

// Other nodes change cases too, so that what is cached may be outdated. Where a case gets an event
// the commit finds that out; where it gets none, because a command was refused or changed nothing,
// the case is read again before anybody is answered.
class Batch {
  public:
    Batch(const Workbench& bench, Instant now) : bench_(bench), now_(now) {}
    ~Batch() { bench_.cache.put_back(hand_, kept_); }
    Batch(const Batch&) = delete;
    Batch& operator=(const Batch&) = delete;

    // Loads what is not at hand, at one go.
    Result<void> prefetch(const std::vector<const CaseId*>& ids);
    // Loads them as they are in the store, whatever is cached.
    Result<void> prefetch_anew(const std::vector<const CaseId*>& ids);
    // Of those that were loaded anew: how many were cached too, and how many of these as they no
    // longer are.
    std::size_t compared() const { return compared_; }
    std::size_t outdated() const { return outdated_; }
    // That many commands follow, more or less.
    void expect(std::size_t commands);
    // `opens_in`: the definitions of a report's agency; nullptr for commands on cases. Errors are
    // the store's; a command that cannot be decided is a rejection.
    Result<Verdict> decide(const cases::Command& command, const bundle::Bundle* opens_in = nullptr);
    // Looks at a case again later, whatever it asked for; `name` as of a timer.
    Result<void> postpone(const CaseId& id, const std::string& name, Instant until);
    // nullptr where there is no such case, or it is unreadable.
    Result<const Loaded*> find(const CaseId& id);
    // As find(), read from the store unless this batch has events of it.
    Result<const Loaded*> find_anew(const CaseId& id);
    // Why a case that was asked for cannot be read: its history was damaged. Others go on; nothing
    // is decided on it, and a person is told. nullptr: it can.
    const Error* unreadable(const CaseId& id) const;
    // The same trouble twice is one incident.
    void report(ports::Incident incident);

    // How long plugins kept it waiting for facts.
    std::int64_t waited_ms() const { return waited_ms_; }

    // What else belongs into the commit: intake rows, outcomes, settled effects.
    ports::Commit& commit() { return commit_; }
    std::size_t events() const { return commit_.events.size(); }
    Result<Written> write();

  private:
    struct Outcome {
        cases::Decision decision;
        const bundle::Bundle* bundle = nullptr;
        std::optional<Error> unloaded;  // the case's definitions
        bool leaves_no_event() const;
    };

    Held* in_hand(const CaseId& id);
    void drop(const CaseId& id);
    Result<Held*> hold(const CaseId& id);
    Result<void> fetch(const std::vector<CaseId>& ids);
    void take(const CaseId& id, ports::StoredCase stored);
    Verdict refuse_unreadable(const cases::Command& command, const Error& why);
    Result<Verdict> open(const cases::Command& command, const bundle::Bundle* opens_in);
    Verdict conclude(const cases::Command& command, Outcome&& outcome, Held& held);
    Result<void> decide_once(const cases::Command& command, const bundle::Bundle* opens_in,
                             Loaded& loaded, Outcome& outcome);
    cases::Context context_of(const Loaded& loaded, const bundle::Bundle& bundle);
    Result<const bundle::Bundle*> bundle_of(const cases::Command& command, const Loaded& loaded,
                                            const bundle::Bundle* opens_in);
    void report_unloaded(const CaseId& id, const Error& why);
    Result<void> decide_with_answers(cases::State& state, const cases::Command& command,
                                     cases::Context& context, cases::Decision& decision);
    Result<void> answer(const cases::Needs& needs, const cases::Command& command,
                        cases::Context& context);
    Result<std::optional<std::string>> fact(const cases::FactQuestion& question,
                                            const cases::Command& command);
    Result<std::optional<std::string>> text_of(const cases::Command& command,
                                               const std::string& at);
    Result<cases::Found> prior(const cases::Question& question);
    Result<std::optional<CaseId>> named(const std::string& name);
    Result<cases::Command> with_texts(cases::Command command);
    Verdict keep(cases::Accepted&& accepted, Held& held, const bundle::Bundle& bundle);
    ports::CaseUpdate& place_of(Held& held);
    ports::CaseUpdate& update(Held& held, const bundle::Bundle* definitions);
    void tell_warnings();
    void release_erased();

    Workbench bench_;
    Instant now_;
    ports::Commit commit_;
    bool kept_ = false;  // the commit is on disk
    Hand hand_;
    std::list<Held>::iterator next_ = hand_.cases.end();  // in hand, that is likely asked for next
    std::map<CaseId, Error> unreadable_;
    std::vector<cases::Incident> warnings_;
    std::size_t compared_ = 0;
    std::size_t outdated_ = 0;
    std::int64_t waited_ms_ = 0;
    std::map<AgencyCode, std::uint64_t> appended_;  // events of this batch by agency
};

}  // namespace pintu::runtime
