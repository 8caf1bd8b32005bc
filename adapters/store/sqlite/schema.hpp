// The tables, as a list of numbered steps that are each run once.
#pragma once

#include <string>

#include "adapters/store/sqlite/database.hpp"

namespace pintu::store {

// The newest step of this program.
constexpr std::int64_t kSchema = 3;

// Which steps a file has; 0 for a new one. ST008: another program's file.
Result<std::int64_t> schema_of(Database& database, const std::string& file);

// Settings, then whatever steps the file does not have yet, in one transaction. ST007 newer, ST008
// another program's file, ST013 older and read-only; and whatever the file itself gives.
Result<void> prepare_schema(Database& database, const std::string& file, bool read_only);

// All steps in an empty file that nobody else knows of; all of it is on the disk then.
Result<void> make_schema(Database& database);

}  // namespace pintu::store
