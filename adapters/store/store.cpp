#include "adapters/store/store.hpp"

#include "adapters/store/sqlite/sqlite_store.hpp"

namespace pintu::store {

Result<std::unique_ptr<ports::EventStore>> open_store(const std::string& address,
                                                      const OpenOptions& options) {
    constexpr std::string_view kSqlite = "sqlite:";
    if (address.starts_with(kSqlite) && address.size() > kSqlite.size()) {
        return SqliteStore::open(address.substr(kSqlite.size()), options);
    }
    return fail("ST011", address);
}

}  // namespace pintu::store
