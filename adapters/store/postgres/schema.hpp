// The tables, as a list of numbered steps that are each run once.
//
// SQLite's file is brought up to date by whoever opens it. A PostgreSQL is shared by several nodes,
// of which some may still run the program of before: an empty database is set up by its first
// writer, an older schema is refused until somebody says `pintu db migrate`.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/store/postgres/connection.hpp"

namespace pintu::postgres {

// The newest step of this program.
constexpr std::int64_t kSchema = 4;

// The DDL of a step, 1 ... kSchema. Frozen once shipped.
std::string_view schema_step(std::int64_t version);

// A table as it is spread over machines, and as archives keep it.
struct Table {
    std::string_view name;
    // Not by agency: a copy on each machine, small and rarely written.
    bool reference = false;
    // What an archive keeps: everything but what belongs to this very server.
    std::string_view columns;
    std::string_view order;  // of its rows in an archive
};
// All of them but pintu_schema; referred-to tables first.
std::span<const Table> tables();

enum class Opening {
    use,     // set up an empty database; ST030 on an older schema
    read,    // change nothing; ST009 on an empty database, ST030 on an older schema
    migrate  // whatever steps it does not have yet
};

// ST007 newer, ST008 another program's database; and whatever the server gives. Whoever comes first
// works under a lock, and the rest wait for it; all steps are one transaction.
Result<void> prepare_schema(Connection& connection, Opening opening);

// Which steps the database has; 0: it is empty. ST008 as above.
Result<std::int64_t> schema_of(Connection& connection);

}  // namespace pintu::postgres
