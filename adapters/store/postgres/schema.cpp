#include "adapters/store/postgres/schema.hpp"

namespace pintu::postgres {
namespace {

// Of "PNTU", in the key space of transaction-level advisory locks.
constexpr std::int64_t kLock = 0x504e5455;

// Steps may build indexes over everything; and others may be building them before us.
constexpr std::int64_t kLongMs = 24LL * 3600 * 1000;

Result<void> settled(Connection& connection) {
    if (connection.failed()) return Unexpected<Error>{connection.take_error()};
    return {};
}

// Tables, views, sequences of anybody but the server and its extensions.
const std::string kCount =
    "SELECT to_regclass('pintu_schema') IS NOT NULL, count(*) FROM pg_catalog.pg_class c "
    "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
    "WHERE n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%' AND c.relkind IN "
    "('r', 'p', 'v', 'm', 'f', 'S') AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d "
    "WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')";

Result<void> run_steps(Connection& connection, std::int64_t from) {
    if (from == 0) {
        connection.script(
            "CREATE TABLE pintu_schema (version bigint PRIMARY KEY, "
            "applied_at timestamptz NOT NULL DEFAULT now())");
    }
    for (std::int64_t step = from + 1; step <= kSchema; ++step) {
        connection.script(std::string(schema_step(step)));
        connection.run("INSERT INTO pintu_schema (version) VALUES ($1)", step);
    }
    return settled(connection);
}

// Whoever waited for the lock finds the work done.
Result<void> migrate_locked(Connection& connection) {
    connection.run("SELECT pg_advisory_xact_lock($1)", kLock);
    const auto schema = schema_of(connection);
    if (!schema) return schema.unexpected();
    if (const auto done = run_steps(connection, *schema); !done) return done;
    if (connection.commit() == Committed::yes) return {};
    return Unexpected<Error>{connection.take_error()};
}

Result<void> migrate(Connection& connection) {
    const Limits before = connection.limits();
    Limits patient = before;
    patient.statement_ms = patient.lock_ms = patient.idle_ms = kLongMs;
    connection.set_limits(patient);
    connection.begin();
    auto done = migrate_locked(connection);
    connection.rollback();
    connection.set_limits(before);
    return done;
}

}  // namespace

Result<std::int64_t> schema_of(Connection& connection) {
    const Rows found = connection.run(kCount);
    if (const auto done = settled(connection); !done) return done.unexpected();
    const bool ours = found.boolean(0, 0);
    if (!ours && found.integer(0, 1) > 0) return fail("ST008", connection.address().shown);
    if (!ours) return std::int64_t{0};
    const Rows newest = connection.run("SELECT max(version) FROM pintu_schema");
    if (const auto done = settled(connection); !done) return done.unexpected();
    return newest.integer(0, 0);
}

Result<void> prepare_schema(Connection& connection, Opening opening) {
    const auto schema = schema_of(connection);
    if (!schema) return schema.unexpected();
    const std::string& server = connection.address().shown;
    if (*schema == kSchema) return {};
    if (*schema > kSchema) {
        return fail("ST007", server, std::to_string(*schema), std::to_string(kSchema));
    }
    if (*schema == 0 && opening == Opening::read) return fail("ST009", server);
    if (*schema > 0 && opening != Opening::migrate) {
        return fail("ST030", server, std::to_string(*schema), std::to_string(kSchema));
    }
    return migrate(connection);
}

}  // namespace pintu::postgres
