// What `pintu db` asks of a SQLite file; the contracts are those of adapters/store/store.hpp. A
// backup is a SQLite file of its own, without a journal beside it.
#pragma once

#include <string>

#include "adapters/store/store.hpp"

namespace pintu::store {

Result<Migration> migrate_sqlite(const std::string& file);
Result<Status> sqlite_status(const std::string& file, Instant now);
// Writers go on meanwhile; their journal grows until the copy is made.
Result<Archived> backup_sqlite(const std::string& file, const std::string& to);
// `file` must not be there, nor a journal of that name (ST034).
Result<Archived> restore_sqlite(const std::string& from, const std::string& file);

}  // namespace pintu::store
