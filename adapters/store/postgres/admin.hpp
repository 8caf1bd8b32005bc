// What `pintu db` asks of a PostgreSQL database; the contracts are those of
// adapters/store/store.hpp. A backup is one file of a format of our own (archive.hpp): it says
// itself what it holds, is verified without a server, and goes into any database of the same
// schema.
#pragma once

#include <string>

#include "adapters/store/store.hpp"

namespace pintu::postgres {

Result<store::Migration> migrate(const std::string& address);
Result<store::Status> status(const std::string& address, Instant now);
Result<bool> all_placed(const std::string& address);
Result<store::Archived> backup(const std::string& address, const std::string& file);
Result<store::Archived> restore(const std::string& file, const std::string& address);

}  // namespace pintu::postgres
