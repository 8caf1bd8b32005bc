#include "adapters/store/postgres/postgres_store.hpp"

#include <thread>

#include "adapters/store/postgres/committer.hpp"
#include "adapters/store/postgres/schema.hpp"
#include "adapters/store/postgres/statements.hpp"
#include "adapters/store/postgres/unit.hpp"
#include "engine/history/codec.hpp"

namespace pintu::postgres {
namespace {

// Of each agency: one for each kind of work, and the sequencer's.
constexpr std::int64_t kAgendaRows = 4;

}  // namespace

Result<std::unique_ptr<ports::EventStore>> PostgresStore::open(const std::string& address,
                                                               const store::OpenOptions& options) {
    const auto parsed = parse_address(address, options.read_only ? Role::reader : Role::writer);
    if (!parsed) return parsed.unexpected();
    Limits limits;
    limits.lock_ms = options.busy_timeout_ms;
    limits.durable = options.durable;
    auto connection = Connection::open(*parsed, limits);
    if (!connection) return connection.unexpected();
    const bool sets_up = options.create && !options.read_only;
    const auto opening = sets_up ? Opening::use : Opening::read;
    if (const auto ready = prepare_schema(**connection, opening); !ready) return ready.unexpected();
    return std::unique_ptr<ports::EventStore>(new PostgresStore(std::move(*connection)));
}

PostgresStore::PostgresStore(std::unique_ptr<Connection> connection)
    : connection_(std::move(connection)) {}

bool PostgresStore::may_repeat(int left) {
    const bool lost = !connection_->alive();
    const bool again = left > 0 && (lost || connection_->may_retry());
    connection_->rollback();
    if (!again) return false;
    if (lost) return connection_->reconnect().has_value();
    (void)connection_->take_error();
    return true;
}

Result<void> PostgresStore::meet(const std::vector<AgencyCode>& agencies) {
    std::vector<AgencyCode> unmet;
    for (const auto& agency : agencies)
        if (!met_.contains(agency)) unmet.push_back(agency);
    if (unmet.empty()) return {};
    const auto met = attempt_commit([&] {
        Batch looks, inserts;
        for (const auto& agency : unmet) looks.add(sql::kMet, agency);
        const auto rows = connection_->run(looks);
        for (std::size_t i = 0; i < unmet.size(); ++i) {
            if (rows[i].integer(0, 0) == kAgendaRows) continue;
            inserts.add(sql::kMeetWork, unmet[i]);
            inserts.add(sql::kMeetLog, unmet[i]);
        }
        connection_->run(inserts);
    });
    if (met) met_.insert(unmet.begin(), unmet.end());
    return met;
}

Result<ports::CommitAnswer> PostgresStore::commit(const ports::Commit& commit) {
    for (const auto& event : commit.events) {
        if (event.bytes.size() > history::kMaxEventBytes) {
            return fail("HI006", std::to_string(event.bytes.size()),
                        std::to_string(history::kMaxEventBytes));
        }
    }
    if (commit.empty() && commit.erased.empty()) return ports::CommitAnswer{};
    const Unit unit(commit);
    if (const auto* id = unit.without_row())
        return fail("ST012", connection_->address().shown, "events of " + id->value);
    if (const auto met = meet(unit.agencies()); !met) return met.unexpected();
    return Committer(*connection_, unit).commit();
}

Result<void> PostgresStore::submit(const ports::PendingCommand& command) {
    if (const auto met = meet({command.agency}); !met) return met;
    return attempt_commit([&] { queue(command); });
}

// Inside a transaction.
void PostgresStore::queue(const ports::PendingCommand& command) {
    Column ids = texts(), case_ids = texts(), times = integers(), bodies = byte_strings();
    ids.add(command.id);
    case_ids.add(command.case_id);
    times.add(command.submitted_at);
    bodies.add(Bytes{command.body});
    Batch batch;
    batch.add(sql::kQueueCommands, command.agency, ids, case_ids, times, bodies);
    batch.add(sql::kDropDecided, command.agency, command.id);
    connection_->run(batch);
    call(command.agency);
    connection_->run(sql::kNotify);
}

// Waits a little for a turn that is ending, which may not have seen the command; not for a node
// that was stopped in the middle of one: that turn runs out, and the next one sees it.
void PostgresStore::call(const AgencyCode& agency) {
    for (int left = 10; left > 0 && !connection_->failed(); --left) {
        if (!connection_->run(sql::kCall, agency).empty()) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

Result<bool> PostgresStore::wait(std::int64_t timeout_ms) {
    // A pooler would give the session to somebody else.
    const bool direct = connection_->direct();
    if (connection_->failed()) {
        return Unexpected<Error>{connection_->take_error()};
    }
    if (!direct) return false;
    if (listens_ != connection_->opened()) {
        connection_->run(sql::kListen);
        if (!connection_->failed()) listens_ = connection_->opened();
    }
    const bool came = connection_->wait(timeout_ms);
    if (connection_->failed()) {
        listens_ = 0;
        return Unexpected<Error>{connection_->take_error()};
    }
    return came;
}

}  // namespace pintu::postgres
