// Commands decided one after the other and kept in one commit. Each sees what those before it did.
// Nothing is kept until write(); a batch that is dropped has done nothing.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/cases/decide/decide.hpp"
#include "engine/ports/entropy.hpp"
#include "engine/ports/log.hpp"
#include "engine/ports/store.hpp"
#include "engine/runtime/cache.hpp"
#include "engine/runtime/definitions.hpp"

namespace pintu::runtime {

// What a batch works with; outlives it.
struct Workbench {
    ports::EventStore& store;
    ports::Entropy& entropy;
    ports::Log& log;
    PinnedDefinitions& definitions;
    Cache& cache;
};

// What became of one command.
struct Verdict {
    bool accepted = false;
    cases::Rejected rejected;  // where it was not
    CaseId case_id;
    TrackingId tracking_id;
    std::uint32_t sequence = 0;  // of the case's last event
    std::size_t events = 0;
    std::vector<Error> notes;
};

class Batch {
  public:
    Batch(const Workbench& bench, Instant now) : bench_(bench), now_(now) {}

    // Loads what is not at hand, at one go.
    Result<void> prefetch(const std::vector<CaseId>& ids);
    // `opens_in`: the definitions of a report's agency; nullptr for commands on cases. Errors are
    // the store's; a command that cannot be decided is a rejection.
    Result<Verdict> decide(const cases::Command& command, const bundle::Bundle* opens_in = nullptr);
    // Looks at a case again later, whatever it asked for.
    Result<void> postpone(const CaseId& id, Instant until);
    // nullptr where there is no such case.
    Result<const Loaded*> find(const CaseId& id);

    // What else belongs into the commit: intake rows, outcomes, settled effects.
    ports::Commit& commit() { return commit_; }
    bool empty() const { return commit_.empty() && touched_.empty(); }
    std::size_t events() const { return commit_.events.size(); }
    // True: it is on disk. False: another process was quicker with a case; nothing was kept and
    // those cases will be read again.
    Result<bool> write();

  private:
    struct Touched {
        std::optional<ports::Timer> timer;
        cases::Values lookups;
    };

    Result<const bundle::Bundle*> bundle_of(const cases::Command& command, const Loaded& loaded,
                                            const bundle::Bundle* opens_in);
    Result<cases::Decision> decide_with_answers(const cases::State& state,
                                                const cases::Command& command,
                                                cases::Context context);
    Result<void> answer(const cases::Needs& needs, cases::Context& context);
    Result<cases::Found> prior(const cases::Question& question);
    Result<std::optional<CaseId>> named(const std::string& name);
    Result<cases::Command> with_texts(cases::Command command);
    Verdict keep(cases::Accepted accepted, const bundle::Bundle& bundle);
    void drop_all();

    Workbench bench_;
    Instant now_;
    ports::Commit commit_;
    std::map<CaseId, Loaded> loaded_;
    std::map<CaseId, Touched> touched_;
    std::map<AgencyCode, std::uint64_t> appended_;  // events of this batch by agency
};

}  // namespace pintu::runtime
