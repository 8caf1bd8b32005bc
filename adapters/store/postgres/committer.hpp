// One commit, to its end: kept, refused, or known not to be known. A unit that lost to another one
// by the server's choice (serialization, deadlock), or whose connection broke, is sent again as a
// whole; one whose COMMIT was not answered is asked for first.
#pragma once

#include <cstdint>
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
    // The commit's own rows are there, of any attempt that was asked for.
    bool was_kept();
    bool was_kept(std::int64_t number);
    bool is_vouched();
    bool is_ended(const ports::TurnEnd& turn);

    Connection& connection_;
    const Unit& unit_;
    std::int64_t transaction_ = 0;
    std::int64_t number_ = 0;          // of its pages
    std::vector<std::int64_t> asked_;  // numbers of earlier attempts without an answer
};

}  // namespace pintu::postgres
