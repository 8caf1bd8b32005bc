// What commands begin with: the definitions, the store, the case that was meant. Each says on err
// what is wrong and gives nothing; then the command ends with `exit`.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "adapters/cli/io.hpp"
#include "engine/bundle/bundle.hpp"
#include "engine/ports/store.hpp"

namespace pintu::cli {

// Seconds that East Kalimantan is ahead of UTC (Asia/Makassar, without change since 1945).
constexpr std::int32_t kLocalOffset = 8 * 3600;

// The address of the store: --store, else `store:` of pintu.yaml in the definitions' folder, else
// sqlite:var/pintu.db.
std::string store_address(const Options& options);
// As above for messages: without a password.
std::string shown_store(const Options& options);

enum class Access {
    read,
    write,   // a database that was set up: a wrong address is not filled; SQLite makes a new file
    set_up,  // write, also to an empty database
    play     // write without waiting for the disk: a played year can be played again
};
Result<std::unique_ptr<ports::EventStore>> open_store(const Options& options, Access access);
// As above; where nothing comes back it is said, and `exit` is set as store_failed() does.
std::unique_ptr<ports::EventStore> open_store(const Options& options, Access access, const Io& io,
                                              int& exit);
// For an error of the store in the middle of a command: says it, gives the exit code (kTryLater
// where it passes by itself, kBroken where a history does not hold).
int store_failed(const Options& options, const Error& error, const Io& io);

struct Definitions {
    bundle::Library library;
    bundle::Definitions files;
};
// Loads what Options name: every agency, or only --agency with the layers above it. Diagnostics go
// to err; with errors there is nothing. `now` is the start of the horizon. pintu.yaml is left out:
// it is about this machine.
std::optional<Definitions> load_definitions(const Options& options, Instant now, const Io& io);
// As of moment().
std::optional<Definitions> load_definitions(const Options& options, const Io& io);

// The case of a tracking id (of the newest case, where a transfer opened several) or a case id.
std::optional<cases::CaseRow> find_case(const Options& options, ports::EventStore& store,
                                        const std::string& id, const Io& io, int& exit);

// A moment or a date (its beginning in the zone) as the command line gives it.
std::optional<Instant> parse_moment(const std::string& text, std::int32_t offset_s);

// --as-of, else the clock's.
Instant moment(const Options& options);

// The date of a moment in the zone of East Kalimantan (UTC+8).
Date local_date(Instant at);
// The moment in the zone of East Kalimantan (UTC+8), to the minute: "2026-03-13 09:30".
std::string local(Instant at);

}  // namespace pintu::cli
