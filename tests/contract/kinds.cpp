#include "adapters/store/store.hpp"
#include "tests/contract/contract.hpp"
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

}  // namespace

std::vector<Kind> kinds() {
    return {{"sqlite", make_sqlite}, {"memory", make_memory}};
}

}  // namespace pintu::testing
