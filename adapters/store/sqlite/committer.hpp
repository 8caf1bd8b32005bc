// One commit as rows, inside a transaction that is open.
#pragma once

#include <map>
#include <vector>

#include "adapters/store/sqlite/database.hpp"
#include "engine/history/merkle.hpp"
#include "engine/ports/store.hpp"

namespace pintu::store {

class Committer {
  public:
    Committer(Database& database, const ports::Commit& commit)
        : database_(database), commit_(commit) {}

    // As CommitAnswer says. The writers' lock is held, so that the answer stays true until the end
    // of the transaction.
    std::vector<CaseId> conflicts();
    // Writes everything. HI012 where the stored tree is not one; other failures stay with the
    // database.
    Result<void> write();

  private:
    struct Last {
        std::uint32_t sequence = 0;
        Digest leaf{};
    };
    void add_taken(std::vector<CaseId>& lost);
    Last last_of(const CaseId& case_id);
    const AgencyCode& agency_of(const CaseId& case_id);
    Result<history::Frontier> frontier_of(const AgencyCode& agency);

    Result<void> write_events();
    void write_personal();
    void write_cases();
    void write_case(const ports::CaseUpdate& update);
    void write_lookups(const ports::CaseUpdate& update, std::int64_t opened);
    void write_timer(const ports::CaseUpdate& update);
    void write_intake();
    void write_outbox();
    void write_commands();
    void write_incidents();
    void erase();

    Database& database_;
    const ports::Commit& commit_;
    std::map<CaseId, AgencyCode> agencies_;  // of cases met so far
    std::map<CaseId, std::int64_t> opened_;  // id of the first event, of cases that begin here
};

// Puts a command in the queue; false where its id is known.
bool submit(Database& database, const ports::PendingCommand& command);

}  // namespace pintu::store
