#include "adapters/store/sqlite/schema.hpp"

#include <array>

namespace pintu::store {
namespace {

// "PNTU": tells our files from those of other programs.
constexpr std::int64_t kApplicationId = 0x504e5455;

// A step is frozen once shipped. What grows with the cases has the agency as its first column, so
// that the same tables can be spread over machines by agency.
constexpr std::array<const char*, 3> kSteps = {R"sql(
CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    agency TEXT NOT NULL,
    position INTEGER NOT NULL,
    case_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    leaf BLOB NOT NULL
);
CREATE UNIQUE INDEX events_by_position ON events (agency, position);
CREATE UNIQUE INDEX events_by_case ON events (case_id, sequence);
CREATE TABLE logs (
    agency TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    nodes BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE roots (
    agency TEXT NOT NULL,
    size INTEGER NOT NULL,
    root BLOB NOT NULL,
    PRIMARY KEY (agency, size)
) WITHOUT ROWID;
CREATE TABLE personal (
    agency TEXT NOT NULL,
    case_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    path TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (agency, case_id, sequence, path)
) WITHOUT ROWID;
CREATE TABLE case_keys (
    agency TEXT NOT NULL,
    case_id TEXT NOT NULL,
    key BLOB NOT NULL,
    PRIMARY KEY (agency, case_id)
) WITHOUT ROWID;
CREATE TABLE cases (
    agency TEXT NOT NULL,
    case_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    tracking_id TEXT NOT NULL,
    workflow TEXT NOT NULL,
    state TEXT NOT NULL,
    closed INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL,
    owner TEXT NOT NULL,
    channel TEXT NOT NULL,
    external_id TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    closed_at INTEGER,
    region TEXT NOT NULL,
    lat_udeg INTEGER,
    lon_udeg INTEGER,
    anonim INTEGER NOT NULL,
    rahasia INTEGER NOT NULL,
    erased INTEGER NOT NULL,
    supporters INTEGER NOT NULL,
    escalations INTEGER NOT NULL,
    hops INTEGER NOT NULL,
    waits_for_approval INTEGER NOT NULL,
    value_list TEXT NOT NULL,
    clock_list TEXT NOT NULL,
    late INTEGER NOT NULL,
    opened INTEGER NOT NULL,
    lookup_list TEXT NOT NULL,
    PRIMARY KEY (agency, case_id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX cases_by_id ON cases (case_id);
CREATE INDEX cases_by_tracking ON cases (tracking_id, opened);
CREATE TABLE lookups (
    agency TEXT NOT NULL,
    attribute TEXT NOT NULL,
    value TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    case_id TEXT NOT NULL,
    opened INTEGER NOT NULL,
    lat_udeg INTEGER,
    lon_udeg INTEGER,
    PRIMARY KEY (agency, attribute, value, received_at, case_id)
) WITHOUT ROWID;
CREATE TABLE timers (
    agency TEXT NOT NULL,
    case_id TEXT NOT NULL,
    due INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (agency, case_id)
) WITHOUT ROWID;
CREATE INDEX timers_by_due ON timers (due, case_id);
CREATE TABLE intake (
    agency TEXT NOT NULL,
    key TEXT NOT NULL,
    case_id TEXT NOT NULL,
    tracking_id TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (agency, key)
) WITHOUT ROWID;
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    agency TEXT NOT NULL,
    effect_key TEXT NOT NULL UNIQUE,
    case_id TEXT NOT NULL,
    tracking_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    message TEXT NOT NULL,
    whom TEXT NOT NULL,
    unit TEXT NOT NULL,
    person_list TEXT NOT NULL
);
CREATE TABLE commands (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    agency TEXT NOT NULL,
    command_id TEXT NOT NULL UNIQUE,
    case_id TEXT NOT NULL,
    submitted_at INTEGER NOT NULL,
    body BLOB NOT NULL
);
CREATE TABLE outcomes (
    command_id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL,
    accepted INTEGER NOT NULL,
    code TEXT NOT NULL,
    arg_list TEXT NOT NULL,
    allowed_list TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE notes (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE definition_sets (
    id TEXT PRIMARY KEY
) WITHOUT ROWID;
CREATE TABLE definition_files (
    set_id TEXT NOT NULL,
    path TEXT NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (set_id, path)
) WITHOUT ROWID;
CREATE TABLE definition_bytes (
    digest BLOB PRIMARY KEY,
    bytes BLOB NOT NULL
);
CREATE TABLE definition_hashes (
    bundle TEXT PRIMARY KEY,
    set_id TEXT NOT NULL
) WITHOUT ROWID;
)sql",
                                               R"sql(
CREATE TABLE agenda (
    agency TEXT NOT NULL,
    work TEXT NOT NULL,
    due INTEGER NOT NULL,
    turned INTEGER NOT NULL,
    token INTEGER NOT NULL,
    node TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL,
    memo TEXT NOT NULL,
    PRIMARY KEY (agency, work)
) WITHOUT ROWID;
CREATE INDEX agenda_by_due ON agenda (work, due, agency);
CREATE TABLE incidents (
    agency TEXT NOT NULL,
    id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    times INTEGER NOT NULL,
    what TEXT NOT NULL,
    subject TEXT NOT NULL,
    code TEXT NOT NULL,
    arg_list TEXT NOT NULL,
    command BLOB NOT NULL,
    open INTEGER NOT NULL,
    PRIMARY KEY (agency, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX incidents_by_id ON incidents (id);
CREATE INDEX incidents_by_time ON incidents (at, id);
DROP INDEX timers_by_due;
CREATE INDEX timers_by_due ON timers (agency, due, case_id);
CREATE INDEX commands_by_agency ON commands (agency, id);
ALTER TABLE outbox ADD COLUMN channel TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN next_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN slotted INTEGER NOT NULL DEFAULT 0;
UPDATE outbox SET channel = CASE WHEN whom <> 'reporter' THEN 'internal'
    ELSE coalesce((SELECT c.channel FROM cases c WHERE c.agency = outbox.agency
        AND c.case_id = outbox.case_id), '') END;
CREATE INDEX outbox_by_next ON outbox (agency, next_at, id);
INSERT INTO agenda SELECT agency, 'decide', min(due), 0, 0, '', 0, 0, ''
    FROM (SELECT agency, due FROM timers UNION ALL SELECT agency, 0 FROM commands)
    GROUP BY agency;
INSERT INTO agenda SELECT agency, 'send', 0, 0, 0, '', 0, 0, '' FROM outbox GROUP BY agency;
INSERT INTO notes SELECT 'in_force', value FROM notes
    WHERE name = 'settled' AND value IN (SELECT id FROM definition_sets);
DELETE FROM notes WHERE name = 'settled';
)sql",
                                               R"sql(
ALTER TABLE outbox ADD COLUMN reached_list TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN why TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN dead INTEGER NOT NULL DEFAULT 0;
)sql"};
static_assert(kSteps.size() == kSchema);

// Each statement of a script ends with ';' at the end of a line; SOCI runs one at a time.
void run_script(Database& database, std::string_view script) {
    while (!database.failed()) {
        const auto end = script.find(";\n");
        if (end == std::string_view::npos) return;
        database.execute(std::string(script.substr(0, end)));
        script.remove_prefix(end + 2);
    }
}

Result<void> settled(Database& database) {
    if (database.failed()) return Unexpected<Error>{database.take_error()};
    return {};
}

void run_steps(Database& database, std::int64_t from) {
    if (from == 0) {
        database.execute("PRAGMA application_id = " + std::to_string(kApplicationId));
        database.execute("CREATE TABLE schema_versions (version INTEGER PRIMARY KEY)");
    }
    for (std::int64_t step = from; step < kSchema; ++step) {
        run_script(database, kSteps[static_cast<std::size_t>(step)]);
        database.execute("INSERT INTO schema_versions VALUES (" + std::to_string(step + 1) + ")");
    }
}

// SQLite does not wait here for another process that makes the same switch, so we do, for its lock.
Result<void> switch_to_wal(Database& database) {
    constexpr int kMostTries = 100;
    for (int tries = 1;; ++tries) {
        database.execute("PRAGMA journal_mode = WAL");
        if (!database.failed()) return {};
        Error error = database.take_error();
        if (error.code != "ST001" || tries == kMostTries)
            return Unexpected<Error>{std::move(error)};
        database.begin();
        database.rollback();
        if (database.failed()) return settled(database);
    }
}

}  // namespace

// As of one moment: another process may be making the tables just now.
Result<std::int64_t> schema_of(Database& database, const std::string& file) {
    database.execute("SAVEPOINT looked_at");
    const std::int64_t id = database.number("PRAGMA application_id");
    const std::int64_t tables = database.number("SELECT count(*) FROM sqlite_master");
    const bool ours = id == kApplicationId && tables != 0;
    const std::int64_t schema =
        ours ? database.number("SELECT max(version) FROM schema_versions") : 0;
    database.execute("RELEASE looked_at");
    if (database.failed()) {
        database.rollback();
        return Unexpected<Error>{database.take_error()};
    }
    if (id != kApplicationId && (id != 0 || tables != 0)) return fail("ST008", file);
    return schema;
}

Result<void> prepare_schema(Database& database, const std::string& file, bool read_only) {
    auto schema = schema_of(database, file);
    if (!schema) return schema.unexpected();
    if (*schema > kSchema)
        return fail("ST007", file, std::to_string(*schema), std::to_string(kSchema));
    if (*schema < kSchema && read_only) return fail("ST013", file, std::to_string(*schema));
    if (read_only) return {};
    // FULL: a commit is on the disk before it is answered. Deleted content is overwritten, since
    // commands and erased cases hold personal data.
    if (const auto switched = switch_to_wal(database); !switched) return switched;
    database.execute("PRAGMA synchronous = FULL");
    database.execute("PRAGMA secure_delete = ON");
    database.execute("PRAGMA cache_size = -65536");
    if (*schema < kSchema) {
        database.begin();
        // Another process may have been quicker.
        schema = schema_of(database, file);
        if (schema) run_steps(database, *schema);
        if (database.failed()) {
            database.rollback();
        } else {
            database.commit();
        }
        if (!schema) return schema.unexpected();
    }
    return settled(database);
}

// Not in the journal of a WAL, whose way into the file is nobody's to see fail when it is closed.
Result<void> make_schema(Database& database) {
    database.begin();
    run_steps(database, 0);
    if (database.failed())
        database.rollback();
    else
        database.commit();
    if (database.failed()) return settled(database);
    return switch_to_wal(database);
}

}  // namespace pintu::store
