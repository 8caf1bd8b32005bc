#include "adapters/store/sqlite/admin.hpp"

#include <chrono>
#include <filesystem>

#include "adapters/store/sqlite/database.hpp"
#include "adapters/store/sqlite/schema.hpp"

namespace pintu::store {
namespace {

std::int64_t wall_clock_ms() {
    using std::chrono::system_clock;
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               system_clock::now().time_since_epoch())
        .count();
}

std::uint64_t count(Database& database, const std::string& sql) {
    return static_cast<std::uint64_t>(database.number(sql));
}

void count_rows(Database& database, Instant now, Status& status) {
    status.agencies = count(database, "SELECT count(*) FROM logs");
    status.cases = count(database, "SELECT count(*) FROM cases");
    status.open_cases = count(database, "SELECT count(*) FROM cases WHERE NOT closed");
    status.events = count(database, "SELECT count(*) FROM events");
    status.timers = count(database, "SELECT count(*) FROM timers");
    status.due_timers =
        count(database, "SELECT count(*) FROM timers WHERE due <= " + std::to_string(now.micros));
    status.commands = count(database, "SELECT count(*) FROM commands");
    status.effects = count(database, "SELECT count(*) FROM outbox");
}

void read_turns(Database& database, Status& status) {
    static const std::string kHeld =
        "SELECT agency, work, node, until FROM agenda WHERE since <= ?1 AND until > ?1 "
        "ORDER BY agency, work";
    const std::int64_t clock_ms = wall_clock_ms();
    auto& rows = database.query(kHeld, clock_ms);
    while (rows.step()) {
        HeldTurn& turn = status.turns.emplace_back();
        turn.agency = AgencyCode(rows.text(0));
        const std::string work = rows.text(1);
        turn.work = work == "decide" ? ports::Work::decide
                                     : (work == "send" ? ports::Work::send : ports::Work::follow);
        turn.node = rows.text(2);
        turn.left_ms = rows.integer(3) - clock_ms;
    }
    status.open_incidents = count(database, "SELECT count(*) FROM incidents WHERE open");
}

}  // namespace

Result<Migration> migrate_sqlite(const std::string& file) {
    Migration done;
    std::error_code error;
    if (std::filesystem::exists(file, error)) {
        auto database = Database::open(file, {.create = false});
        if (!database) return database.unexpected();
        const auto schema = schema_of(**database, file);
        if (!schema) return schema.unexpected();
        done.from = *schema;
    }
    const auto opened = open_store("sqlite:" + file);
    if (!opened) return opened.unexpected();
    done.to = kSchema;
    return done;
}

Result<Status> sqlite_status(const std::string& file, Instant now) {
    auto opened = Database::open(file, {.create = false, .read_only = true});
    if (!opened) return opened.unexpected();
    Database& database = **opened;
    Status status;
    status.store = "sqlite:" + file;
    const auto schema = schema_of(database, file);
    if (!schema) return schema.unexpected();
    static const std::string kVersion = "SELECT sqlite_version()";
    auto& rows = database.query(kVersion);
    while (rows.step()) status.server = "SQLite " + rows.text(0);
    status.schema = *schema;
    status.known_schema = kSchema;
    for (const char* part : {"", "-wal"}) {
        std::error_code error;
        const auto size = std::filesystem::file_size(file + part, error);
        if (!error) status.bytes += size;
    }
    if (*schema == kSchema) {
        count_rows(database, now, status);
        read_turns(database, status);
    }
    if (database.failed()) return Unexpected<Error>{database.take_error()};
    return status;
}

}  // namespace pintu::store
