// An engine on a SQLite file whose process may die, and what the world outside remembers of it:
// what was acknowledged, which effects reached somebody.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "adapters/store/store.hpp"
#include "engine/runtime/runtime.hpp"
#include "tests/support/world.hpp"

namespace pintu::testing {

// All that somebody was told.
struct Ledger {
    std::map<std::string, CaseId> accepted;  // by the report's external id
    std::set<CommandId> submitted;
    std::map<CommandId, ports::CommandOutcome> decided;
    std::optional<std::string> in_force;  // definitions
    std::set<CaseId> erased;
    std::set<std::string> retried;  // incidents
    bool backed_up = false;
};

// Goes on when processes die.
struct Outside {
    RememberingConnector connector;
    CountingEntropy entropy{"faults"};
    Ledger ledger;
    std::vector<std::string> broken;    // promises, seen at once
    std::int64_t clock_ms = 1'000'000;  // of leases
};

class Process {
  public:
    Process(std::string file, Outside& world, bool durable = true)
        : outside(world), file_(std::move(file)), durable_(durable) {}

    // Opens the store and uses definitions, where that was not done. The code of what failed,
    // empty: nothing; so all that follows.
    std::string start(const runtime::Loadout& loadout);
    ports::EventStore& store() { return *store_; }
    runtime::Runtime& runtime() { return *runtime_; }
    const std::string& file() const { return file_; }

    std::string intake(const std::vector<cases::Report>& reports, const std::string& now);
    std::string submit(const CommandId& id, const std::string& external_id, const std::string& who,
                       cases::Body body, const std::string& now);
    // What became of it, as whoever submitted it is told.
    std::string hear(const CommandId& id);
    // Nothing waits, not what one case asked of another either.
    std::string all_decided();
    std::string perform(const CommandId& id, const std::string& external_id, const std::string& who,
                        cases::Body body, const std::string& now);
    std::string publish(const runtime::Loadout& loadout);
    std::string retry(const std::string& incident, const std::string& now);
    // Turns of one kind, until there are none.
    std::string turns(Result<runtime::Stepped> (runtime::Runtime::*step)(Instant),
                      const std::string& now);
    // All that becomes due up to then, each at its own time.
    std::string play(const std::string& until);

    Outside& outside;

  private:
    cases::Command command(const CommandId& id, const std::string& external_id,
                           const std::string& who, cases::Body body);

    std::string file_;
    bool durable_;
    CollectingLog log_;
    std::unique_ptr<ports::EventStore> store_;
    std::unique_ptr<runtime::Runtime> runtime_;
    bool used_ = false;
};

// What of the ledger the file does not hold, and what in the file does not agree with itself.
std::vector<std::string> problems(const std::string& file, const Outside& outside);

// Histories and effects without what chance made of them, so that two runs can be compared.
std::string ended(const std::string& file, const Outside& outside);

}  // namespace pintu::testing
