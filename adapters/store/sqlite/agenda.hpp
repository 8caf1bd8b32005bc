// Whose turn it is: one row for each agency and kind of work, with when it is due, who is at it
// and how often it went round. The only table that a poll reads. Inside a transaction that is open.
//
// Leases go by the clock of the machine. Where that clock was set back before a lease began, the
// lease counts as run out: its node finds itself stale and claims anew.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/store/sqlite/database.hpp"
#include "engine/ports/store.hpp"

namespace pintu::store {

class Agenda {
  public:
    // `clock_ms`: what time it is for leases.
    Agenda(Database& database, std::int64_t clock_ms) : database_(database), clock_ms_(clock_ms) {}

    // There is work that is due and that nobody is at. Needs no transaction.
    bool has_work(ports::Work work, Instant now);
    // A turn at what has waited longest, with its batch; nothing: there is none.
    std::optional<ports::Claimed> claim(const ports::ClaimRequest& request);

    // All of these turns go on.
    bool holds(const std::vector<ports::TurnEnd>& turns);
    // Looks anew at when the agency's next work is due, by the queue itself.
    void look(const AgencyCode& agency, ports::Work work);
    // Work that a commit brings.
    void note(const ports::Commit& commit);
    // After all else of the commit.
    void end(const std::vector<ports::TurnEnd>& turns);
    // Work from the beginning, of which nobody is at any more.
    void restart(const AgencyCode& agency, ports::Work work);

  private:
    struct Waiting {
        AgencyCode agency;
        std::uint64_t token = 0;
        std::string memo;
    };
    std::optional<Waiting> longest_waiting(const ports::ClaimRequest& request);
    void fill(ports::Claimed& claimed, const ports::ClaimRequest& request);
    std::int64_t next_due(const AgencyCode& agency, ports::Work work);

    Database& database_;
    std::int64_t clock_ms_;
};

}  // namespace pintu::store
