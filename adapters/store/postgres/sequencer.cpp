// The log's sequencer: events that were committed get their places in the logs of their agencies.
//
// Many nodes append at once, and no event waits for another's place: what a transaction wrote
// becomes visible when it ends, in any order. So places are given afterwards, by whichever node
// comes first, in the order of (transaction, row), and only to rows of transactions below
// pg_snapshot_xmin: all of those have ended, nothing can appear among them any more. Whoever reads
// by the highest number seen so far loses what commits late (tests show both).
//
// A crash may undo the newest places, as nothing waits for the disk here: the same rows get the
// same places again.
#include <algorithm>

#include "adapters/store/postgres/packed.hpp"
#include "adapters/store/postgres/postgres_store.hpp"
#include "adapters/store/postgres/resynchronise.hpp"
#include "adapters/store/postgres/statements.hpp"
#include "engine/history/merkle.hpp"

namespace pintu::postgres {
namespace {

// Of one transaction, so that what waits is read in pieces.
constexpr std::size_t kMostPages = 2'000;

// Pages that get their places in one transaction.
struct Placed {
    Column positions = integers(), pages = integers();
    std::size_t events = 0;
};

void place(Placed& placed, history::Frontier& frontier, const Rows::Row& row) {
    placed.positions.add(frontier.size());
    placed.pages.add(row.integer(0));
    const auto leaves = split_digests(row.bytes(1));
    for (const auto& leaf : leaves) frontier.append(leaf);
    placed.events += leaves.size();
}

}  // namespace

Result<std::size_t> PostgresStore::sequence(std::size_t limit) {
    std::optional<Error> broken;
    auto done = attempt([&] {
        std::size_t placed = 0;
        const Rows waiting = connection_->run_kept(sql::kPollLogs);
        for (const auto row : waiting) {
            if (placed >= limit || connection_->failed()) break;
            auto some = sequence_agency(AgencyCode(row.text(0)), limit - placed);
            connection_->rollback();
            if (!some && !broken) broken = some.error();
            if (some) placed += *some;
        }
        return placed;
    });
    if (broken) return Unexpected<Error>{*broken};
    return done;
}

// HI012 where the stored tree is not one; other failures stay with the connection.
Result<std::size_t> PostgresStore::sequence_agency(const AgencyCode& agency, std::size_t limit) {
    connection_->begin();
    const Rows log = connection_->run_kept(sql::kLockLog, agency);
    if (log.empty()) return std::size_t{0};  // another node is at it
    if (!log.boolean(0, 4)) {
        resynchronise(*connection_, agency);
        connection_->commit();
        return std::size_t{0};
    }
    auto frontier = history::Frontier::restore(static_cast<std::uint64_t>(log.integer(0, 0)),
                                               split_digests(log.bytes(0, 1)));
    if (!frontier) return frontier.unexpected();
    std::string xid = std::to_string(log.integer(0, 2));
    std::int64_t id = log.integer(0, 3);
    const Rows rows = connection_->run_kept(sql::kUnplaced, agency, xid, id,
                                            std::uint64_t{std::min(limit, kMostPages)});
    Placed placed;
    for (const auto row : rows) {
        const std::size_t count = row.bytes(1).size() / sizeof(Digest);
        if (placed.events > 0 && placed.events + count > limit) break;
        place(placed, *frontier, row);
        xid = std::to_string(row.integer(2));
        id = row.integer(0);
    }
    Batch batch;
    batch.keep();
    if (placed.events > 0) {
        batch.add(sql::kPlace, agency, placed.positions, placed.pages);
        batch.add(sql::kAddRoot, agency, frontier->size(), frontier->root());
        batch.add(sql::kAdvanceLog, agency, frontier->size(), Bytes{join(frontier->nodes())}, xid,
                  id);
    }
    batch.add(sql::kEndSequence, agency, xid, id);
    if (connection_->commit(batch) != Committed::yes) return std::size_t{0};
    return placed.events;
}

}  // namespace pintu::postgres
