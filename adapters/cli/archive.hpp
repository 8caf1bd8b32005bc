// The definitions that a store keeps, for those who replay.
#pragma once

#include "engine/ports/store.hpp"
#include "engine/replay/archive.hpp"

namespace pintu::cli {

// Asks the store, which must outlive it.
replay::Archive archive_of(ports::EventStore& store);

}  // namespace pintu::cli
