#include "adapters/store/store.hpp"

#include "adapters/store/postgres/address.hpp"
#include "adapters/store/postgres/admin.hpp"
#include "adapters/store/postgres/postgres_store.hpp"
#include "adapters/store/sqlite/admin.hpp"
#include "adapters/store/sqlite/sqlite_store.hpp"

namespace pintu::store {
namespace {

// The file of "sqlite:FILE"; empty for any other address.
std::string sqlite_file(const std::string& address) {
    constexpr std::string_view kSqlite = "sqlite:";
    return address.starts_with(kSqlite) ? address.substr(kSqlite.size()) : std::string();
}

// What may be shown of an address: one that is none may be meant for a server, with a password.
std::string shown_of_unknown(const std::string& address) {
    if (address.starts_with(kUnread)) return address.substr(kUnread.size());
    if (!sqlite_file(address).empty() || address.find_first_of("@=") == std::string::npos)
        return address;
    return address.substr(0, address.find(':') + 1) + "...";
}

Unexpected<Error> unknown(const std::string& address) {
    return fail(address.starts_with(kUnread) ? "ST041" : "ST011", shown_of_unknown(address));
}

}  // namespace

Result<std::unique_ptr<ports::EventStore>> open_store(const std::string& address,
                                                      const OpenOptions& options) {
    if (postgres::is_postgres(address)) return postgres::PostgresStore::open(address, options);
    const std::string file = sqlite_file(address);
    if (!file.empty()) return SqliteStore::open(file, options);
    return unknown(address);
}

Result<void> check_address(const std::string& address) {
    if (postgres::is_postgres(address)) {
        const auto parsed = postgres::parse_address(address, postgres::Role::reader);
        if (!parsed) return parsed.unexpected();
    } else if (sqlite_file(address).empty()) {
        return unknown(address);
    }
    return {};
}

bool is_file(const std::string& address) {
    return !sqlite_file(address).empty();
}

std::string shown_address(const std::string& address) {
    return postgres::is_postgres(address) ? postgres::shown_address(address)
                                          : shown_of_unknown(address);
}

Result<Migration> migrate(const std::string& address) {
    if (postgres::is_postgres(address)) return postgres::migrate(address);
    const std::string file = sqlite_file(address);
    if (!file.empty()) return migrate_sqlite(file);
    return unknown(address);
}

Result<Status> status(const std::string& address, Instant now) {
    if (postgres::is_postgres(address)) return postgres::status(address, now);
    const std::string file = sqlite_file(address);
    if (!file.empty()) return sqlite_status(file, now);
    return unknown(address);
}

// SQLite gives the places with the commit.
Result<bool> all_placed(const std::string& address) {
    if (postgres::is_postgres(address)) return postgres::all_placed(address);
    if (!sqlite_file(address).empty()) return true;
    return unknown(address);
}

Result<Archived> backup(const std::string& address, const std::string& file) {
    if (postgres::is_postgres(address)) return postgres::backup(address, file);
    const std::string from = sqlite_file(address);
    if (!from.empty()) return backup_sqlite(from, file);
    return unknown(address);
}

Result<Archived> restore(const std::string& file, const std::string& address) {
    if (postgres::is_postgres(address)) return postgres::restore(file, address);
    const std::string to = sqlite_file(address);
    if (!to.empty()) return restore_sqlite(file, to);
    return unknown(address);
}

}  // namespace pintu::store
