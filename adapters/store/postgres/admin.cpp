#include "adapters/store/postgres/admin.hpp"

#include "adapters/store/postgres/connection.hpp"
#include "adapters/store/postgres/schema.hpp"

namespace pintu::postgres {
namespace {

// Counting a large table takes its time.
constexpr Limits kPatient{.statement_ms = 600'000};

constexpr const char* kServer =
    "SELECT 'PostgreSQL ' || split_part(current_setting('server_version'), ' ', 1), "
    "pg_is_in_recovery() OR current_setting('default_transaction_read_only') = 'on', "
    "pg_database_size(current_database())";
constexpr const char* kCounts =
    "SELECT (SELECT count(*) FROM logs WHERE size > 0), (SELECT count(*) FROM cases), "
    "(SELECT count(*) FROM cases WHERE NOT closed), "
    "(SELECT coalesce(sum(size), 0)::bigint FROM logs), "
    "(SELECT coalesce(sum(length(p.leaves) / 32), 0)::bigint FROM logs l JOIN pages p "
    "ON p.agency = l.agency AND (p.xid, p.id) > (l.xid, l.id)), "
    "(SELECT count(*) FROM cases WHERE timer_due IS NOT NULL), "
    "(SELECT count(*) FROM cases WHERE timer_due <= $1), (SELECT count(*) FROM commands), "
    "(SELECT count(*) FROM outbox), (SELECT count(*) FROM incidents WHERE open)";
constexpr const char* kTurns =
    "SELECT agency, work, node, (extract(epoch FROM until - clock_timestamp()) * 1000)::bigint "
    "FROM agenda WHERE until > clock_timestamp() AND work < 3 ORDER BY agency, work";
// Of a log that another server wrote, the cursor says nothing (resynchronise.hpp). LATERAL and
// LIMIT keep the planner from reading all pages.
constexpr const char* kAllPlaced =
    "WITH here AS MATERIALIZED (SELECT s.system_identifier::text AS id FROM pg_control_system() s) "
    "SELECT NOT EXISTS (SELECT 1 FROM here h JOIN logs l ON l.cluster = h.id CROSS JOIN LATERAL "
    "(SELECT 1 FROM pages p WHERE p.agency = l.agency AND (p.xid, p.id) > (l.xid, l.id) "
    "ORDER BY p.xid, p.id LIMIT 1) AS waits) AND NOT EXISTS "
    "(SELECT 1 FROM here h JOIN logs l ON l.cluster <> h.id CROSS JOIN LATERAL "
    "(SELECT 1 FROM pages p WHERE p.agency = l.agency AND NOT EXISTS (SELECT 1 FROM entries e "
    "WHERE e.agency = p.agency AND e.page = p.id) LIMIT 1) AS waits)";

void read_counts(const Rows& rows, store::Status& status) {
    std::uint64_t* const figures[] = {
        &status.agencies,    &status.cases,         &status.open_cases, &status.events,
        &status.unsequenced, &status.timers,        &status.due_timers, &status.commands,
        &status.effects,     &status.open_incidents};
    int column = 0;
    for (auto* figure : figures) *figure = static_cast<std::uint64_t>(rows.integer(0, column++));
}

void read_turns(const Rows& rows, store::Status& status) {
    for (const auto row : rows) {
        status.turns.push_back({AgencyCode(row.text(0)), static_cast<ports::Work>(row.integer(1)),
                                row.text(2), row.integer(3)});
    }
}

}  // namespace

Result<store::Migration> migrate(const std::string& address) {
    const auto parsed = parse_address(address, Role::writer);
    if (!parsed) return parsed.unexpected();
    auto connection = Connection::open(*parsed);
    if (!connection) return connection.unexpected();
    const auto before = schema_of(**connection);
    if (!before) return before.unexpected();
    const auto done = prepare_schema(**connection, Opening::migrate);
    if (!done) return done.unexpected();
    return store::Migration{*before, kSchema};
}

Result<store::Status> status(const std::string& address, Instant now) {
    const auto parsed = parse_address(address, Role::reader);
    if (!parsed) return parsed.unexpected();
    auto opened = Connection::open(*parsed, kPatient);
    if (!opened) return opened.unexpected();
    Connection& connection = **opened;
    store::Status status;
    status.store = parsed->shown;
    status.known_schema = kSchema;
    const auto schema = schema_of(connection);
    if (!schema) return schema.unexpected();
    status.schema = *schema;
    connection.begin(Mode::snapshot);
    const Rows server = connection.run(kServer);
    status.server = server.text(0, 0);
    status.read_only = server.boolean(0, 1);
    status.bytes = static_cast<std::uint64_t>(server.integer(0, 2));
    if (*schema == kSchema) {
        read_counts(connection.run(kCounts, now), status);
        read_turns(connection.run(kTurns), status);
    }
    connection.commit();
    if (connection.failed()) return Unexpected<Error>{connection.take_error()};
    return status;
}

Result<bool> all_placed(const std::string& address) {
    const auto parsed = parse_address(address, Role::writer);
    if (!parsed) return parsed.unexpected();
    auto connection = Connection::open(*parsed, kPatient);
    if (!connection) return connection.unexpected();
    const Rows rows = (*connection)->run(kAllPlaced);
    if ((*connection)->failed()) return Unexpected<Error>{(*connection)->take_error()};
    return rows.boolean(0, 0);
}

}  // namespace pintu::postgres
