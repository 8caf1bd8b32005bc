// Turns: who takes them, and the sweep for work that nobody was told of.
#include "adapters/store/postgres/packed.hpp"
#include "adapters/store/postgres/postgres_store.hpp"
#include "adapters/store/postgres/statements.hpp"
#include "adapters/store/sql/lists.hpp"

namespace pintu::postgres {
namespace {

constexpr std::chrono::seconds kSweepEvery{1};
constexpr std::size_t kSweptAtOnce = 16;
// Of the slow round over all agencies, each time: for commits that took longer than anybody waits.
constexpr std::size_t kSweptAnyway = 8;
// Agencies whose agenda says that there is work, and whose queues say that there is none.
constexpr int kMostRounds = 64;

// A process that is stopped while its batch is under way keeps its socket: the server waits for the
// rest of the batch, or for room to answer, and no timeout of its own counts then (that for idle
// transactions does between batches only). What the transaction holds, its turn and the order of
// the log, stands still. Whoever is alive ends it after as long as an idle one has. Statements of a
// batch have parameters or number pages; those of people, and of a restore, do neither.
constexpr const char* kEndStuck =
    "SELECT pg_terminate_backend(s.pid) FROM pg_stat_activity s WHERE s.datname = "
    "current_database() AND s.usename = current_user AND s.backend_type = 'client backend' AND "
    "s.state = 'active' AND s.wait_event_type = 'Client' AND s.backend_xid IS NOT NULL AND "
    "s.query_start < clock_timestamp() - $1 * interval '1 millisecond' AND "
    "(s.query LIKE '%$1%' OR s.query LIKE '%page_numbers%')";

const char* end_of(ports::Work work) {
    return work == ports::Work::decide ? sql::kEndDecide : sql::kEndSend;
}

}  // namespace

Result<std::optional<ports::Claimed>> PostgresStore::claim(const ports::ClaimRequest& request) {
    return attempt([&] {
        std::optional<ports::Claimed> claimed;
        sweep_some();
        for (int round = 0; round < kMostRounds && !connection_->failed(); ++round) {
            const Rows waiting = connection_->run_kept(
                sql::kPoll, static_cast<std::int64_t>(request.work), request.now);
            if (waiting.empty()) break;
            for (const auto row : waiting) {
                claimed = take(AgencyCode(row.text(0)), request);
                if (claimed || connection_->failed()) return claimed;
            }
        }
        return claimed;
    });
}

// The turn and its batch in one round trip. A timer that was moved leaves its old time in the
// agenda: then there is nothing, and the turn is over at once.
std::optional<ports::Claimed> PostgresStore::take(const AgencyCode& agency,
                                                  const ports::ClaimRequest& request) {
    const std::uint64_t limit = request.limit;
    Batch batch;
    batch.keep();
    batch.add(sql::kClaim, agency, static_cast<std::int64_t>(request.work), request.now,
              request.node, request.lease_ms);
    if (request.work == ports::Work::decide) {
        batch.add(sql::kDueTimers, agency, request.now, limit);
        batch.add(sql::kWaitingCommands, agency, limit);
    }
    if (request.work == ports::Work::send)
        batch.add(sql::kWaitingEffects, agency, request.now, limit);
    std::vector<Rows> answers;
    connection_->begin();
    if (connection_->commit(batch, &answers) != Committed::yes || answers[0].empty()) return {};
    ports::Claimed claimed;
    claimed.lease = {agency, request.work, static_cast<std::uint64_t>(answers[0].integer(0, 0)),
                     answers[0].text(0, 1)};
    if (request.work == ports::Work::follow) return claimed;
    for (const auto row : answers[1]) {
        if (request.work == ports::Work::decide) {
            claimed.timers.push_back(
                {CaseId(row.text(0)), AgencyCode(row.text(1)), {row.integer(2)}, row.text(3)});
        } else {
            claimed.effects.push_back({unpack_effect(row.text(0), row.bytes(1)),
                                       static_cast<std::uint32_t>(row.integer(2)), row.boolean(3),
                                       store::ids_from_list<PersonTag>(row.bytes(4))});
        }
    }
    if (request.work == ports::Work::decide) {
        for (const auto row : answers[2])
            claimed.commands.push_back({CommandId(row.text(0)),
                                        AgencyCode(row.text(1)),
                                        CaseId(row.text(2)),
                                        {row.integer(3)},
                                        row.text(4)});
    }
    if (!claimed.timers.empty() || !claimed.commands.empty() || !claimed.effects.empty())
        return claimed;
    give_back(claimed.lease);
    return {};
}

void PostgresStore::give_back(const ports::Lease& lease) {
    connection_->begin();
    const Rows held = connection_->run(sql::kHoldTurn, lease.agency,
                                       static_cast<std::int64_t>(lease.work), lease.token, false);
    Batch batch;
    if (held.integer(0, 0) == 1)
        batch.add(end_of(lease.work), lease.agency, Bytes{lease.memo}, std::int64_t{0});
    connection_->commit(batch);
}

// --- the sweep ---

void PostgresStore::sweep_some() {
    const auto now = std::chrono::steady_clock::now();
    if (to_sweep_.empty() && now - swept_ >= kSweepEvery) {
        swept_ = now;
        if (const auto idle_ms = connection_->limits().idle_ms; idle_ms > 0)
            connection_->run(kEndStuck, idle_ms);
        const Rows touched = connection_->run(sql::kPollTouched);
        for (const auto row : touched) to_sweep_.emplace_back(row.text(0));
        const Rows next = connection_->run(sql::kPollNext, last_swept_ ? last_swept_->value : "",
                                           std::uint64_t{kSweptAnyway});
        last_swept_.reset();
        for (const auto row : next) {
            last_swept_ = AgencyCode(row.text(0));
            to_sweep_.push_back(*last_swept_);
        }
    }
    std::vector<AgencyCode> some;
    while (!to_sweep_.empty() && some.size() < kSweptAtOnce) {
        some.push_back(std::move(to_sweep_.front()));
        to_sweep_.pop_front();
    }
    sweep_agencies(some);
}

void PostgresStore::sweep_agencies(const std::vector<AgencyCode>& agencies) {
    if (agencies.empty()) return;
    Batch batch;
    batch.keep();
    for (const auto& agency : agencies) batch.add(sql::kSweep, agency);
    connection_->begin();
    connection_->commit(batch);
}

Result<void> PostgresStore::sweep() {
    const auto done = attempt([&] {
        std::vector<AgencyCode> agencies;
        const Rows touched = connection_->run(sql::kPollTouched);
        for (const auto row : touched) agencies.emplace_back(row.text(0));
        sweep_agencies(agencies);
        return true;
    });
    if (!done) return done.unexpected();
    return {};
}

}  // namespace pintu::postgres
