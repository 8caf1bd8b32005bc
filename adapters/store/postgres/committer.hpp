// One commit, to its end: kept, refused, or known not to be known. A unit that lost to another one
// by the server's choice (serialization, deadlock), or whose connection broke, is sent again as a
// whole; one whose COMMIT was not answered is asked for first.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "adapters/store/postgres/connection.hpp"
#include "adapters/store/postgres/unit.hpp"
#include "engine/base/result.hpp"

namespace pintu::postgres {

class Committer {
  public:
    // Precondition: no transaction is open, and the rows that all agencies have (agenda, logs) are
    // there.
    Committer(Connection& connection, const Unit& unit) : connection_(connection), unit_(unit) {}

    // ST020: the server cannot be reached, nothing was kept. ST021: it may have been kept. ST023:
    // it lost too often.
    Result<ports::CommitAnswer> commit();

  private:
    enum class Ended {
        kept,
        stale,
        conflict,
        again,    // nothing was kept, and the same may succeed
        unknown,  // it may have been kept
        failed    // nothing was kept, and the same would fail again
    };
    Ended attempt();
    // All in one round trip, which does not come to its end where anything is not as expected;
    // nothing: why not is asked for in several.
    std::optional<Ended> at_once();
    Ended step_by_step();
    Ended committed(Committed how);
    Ended ended();
    // Every case was as it was expected; rows of those that changed their lookups come behind.
    bool fits(std::vector<Rows>& rows, Unit::Places& places);
    Ended finish(const std::vector<Rows>& rows, const Unit::Places& places);
    bool add_erasure(Batch& batch);
    Result<ports::CommitAnswer> conflict();
    Result<std::vector<CaseId>> conflicts();
    void add_moved(std::vector<CaseId>& lost);
    void add_taken(std::vector<CaseId>& lost);

    // What became of a COMMIT without an answer. Waits until the old transaction is over, within
    // limits.
    Ended settle();
    bool is_over();
    bool reached();
    // The commit's own rows are there, of any attempt.
    bool was_kept();
    bool is_vouched();
    bool is_ended(const ports::TurnEnd& turn);

    Connection& connection_;
    const Unit& unit_;
    std::int64_t first_ = 0;          // none of its transactions has a lower number
    std::int64_t transaction_ = 0;    // of the last attempt; 0: not known
    std::optional<Session> session_;  // that made the last attempt
    bool asked_ = false;              // an earlier attempt had no answer
};

}  // namespace pintu::postgres
