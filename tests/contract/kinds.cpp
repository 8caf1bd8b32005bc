#include "adapters/store/postgres/postgres_store.hpp"
#include "adapters/store/postgres/schema.hpp"
#include "adapters/store/store.hpp"
#include "tests/contract/contract.hpp"
#include "tests/support/cluster.hpp"
#include "tests/support/memory_store.hpp"

namespace pintu::testing {
namespace {

std::unique_ptr<EventStore> make_sqlite() {
    auto store = store::open_store("sqlite::memory:");
    return store ? std::move(*store) : nullptr;
}

std::unique_ptr<EventStore> make_memory() {
    return std::make_unique<MemoryStore>();
}

std::unique_ptr<postgres::Connection> connected(const std::string& address) {
    auto connection =
        postgres::Connection::open(*postgres::parse_address(address, postgres::Role::writer));
    if (!connection) ADD_FAILURE() << connection.error().code << " " << connection.error().args[1];
    const auto ready = postgres::prepare_schema(**connection, postgres::Opening::use);
    if (!ready) ADD_FAILURE() << ready.error().code << " " << ready.error().args[1];
    return std::move(*connection);
}

// The database outlives the store that is connected to it.
struct OnFreshDatabase : private FreshDatabase, public postgres::PostgresStore {
    explicit OnFreshDatabase(bool through_pooler)
        : PostgresStore(connected(through_pooler ? pooled() : address())) {}
};

std::unique_ptr<EventStore> make_postgres() {
    return std::make_unique<OnFreshDatabase>(false);
}

std::unique_ptr<EventStore> make_pooled() {
    return std::make_unique<OnFreshDatabase>(true);
}

}  // namespace

std::vector<Kind> kinds() {
    return {{"sqlite", make_sqlite},
            {"memory", make_memory},
            {"postgres", make_postgres},
            {"pgbouncer", make_pooled}};
}

}  // namespace pintu::testing
