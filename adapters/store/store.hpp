// The door to the stores: one port (engine/ports/store.hpp), chosen by an address.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/ports/store.hpp"

namespace pintu::store {

struct OpenOptions {
    bool create = true;      // make the file, and its folder, where there is none
    bool read_only = false;  // for reading only: nothing is created, changed or brought up to date
    // False: commits do not wait for the disk, and a crash of the machine may lose them. Only for
    // what can be made again from its inputs (a played year).
    bool durable = true;
    // How long to wait for another process that is writing, before it is an error (ST001).
    int busy_timeout_ms = 5'000;
    // SQLite only: the clock that leases go by, in milliseconds since 1970, the same for all who
    // have the file open; nothing: this machine's.
    std::function<std::int64_t()> clock_ms = {};
};

// "sqlite:FILE", or "sqlite::memory:" for a store that ends with the process: an older schema is
// brought up to date. "postgresql://USER@HOST:PORT,HOST:PORT/DATABASE?OPTIONS": an empty database
// is set up (where `create`), an older schema is refused until migrate(), since other nodes may be
// at it. Both: a newer schema is refused. Errors: ST0xx of the messages catalogue.
Result<std::unique_ptr<ports::EventStore>> open_store(const std::string& address,
                                                      const OpenOptions& options = {});

// In front of the file that an address should have come from and that cannot be read: such an
// address opens nothing. Error: ST041, in place of ST011.
constexpr std::string_view kUnread = "unread:";

// Whether an address can be one at all; nothing is opened. Errors: ST011, ST025.
Result<void> check_address(const std::string& address);

// Whether an address is that of a file on this machine: "sqlite:FILE".
bool is_file(const std::string& address);

// An address as messages and logs may show it: without a password.
std::string shown_address(const std::string& address);

// --- `pintu db` ---

// Brings the schema up to date, or sets up an empty database. For SQLite the same as opening it.
struct Migration {
    std::int64_t from = 0;  // 0: it was empty
    std::int64_t to = 0;
};
Result<Migration> migrate(const std::string& address);

struct HeldTurn {
    AgencyCode agency;
    ports::Work work = ports::Work::decide;
    std::string node;
    std::int64_t left_ms = 0;
};
struct Status {
    std::string store;   // shown_address()
    std::string server;  // "PostgreSQL 15.20" | "SQLite 3.40.1"
    // PostgreSQL: it takes no writes (a standby); nothing for SQLite.
    bool read_only = false;
    std::int64_t schema = 0;        // 0: it is empty
    std::int64_t known_schema = 0;  // of this program
    std::uint64_t bytes = 0;        // on its disk
    std::uint64_t agencies = 0;     // that have a log
    std::uint64_t cases = 0;
    std::uint64_t open_cases = 0;
    std::uint64_t events = 0;       // that have their place in a log
    std::uint64_t unsequenced = 0;  // that wait for one
    std::uint64_t timers = 0;
    std::uint64_t due_timers = 0;  // at `now`
    std::uint64_t commands = 0;    // that wait
    std::uint64_t effects = 0;     // that are not settled
    std::uint64_t open_incidents = 0;
    std::vector<HeldTurn> turns;  // by agency and work
};
// Changes nothing, also with an older or newer schema (then only what comes before `agencies` is
// told).
Result<Status> status(const std::string& address, Instant now);

// Whether all events that are committed have their places in the logs of their agencies: then
// whoever reads the logs sees them all. Cheap.
Result<bool> all_placed(const std::string& address);

struct Archived {
    std::string file;
    std::uint64_t bytes = 0;  // of the file
    std::uint64_t rows = 0;
    std::uint64_t events = 0;
    std::uint64_t agencies = 0;  // whose logs were computed anew, and are the same
};
// All of the store as of one moment, into a new file, while others work on; read back and verified
// before the answer. Errors: ST031 and up; a file that could not be finished does not stay.
Result<Archived> backup(const std::string& address, const std::string& file);
// Into an empty or absent store only (ST034); all of it or nothing.
Result<Archived> restore(const std::string& file, const std::string& address);

}  // namespace pintu::store
