// The door to the stores: one port (engine/ports/store.hpp), chosen by an address.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "engine/base/result.hpp"
#include "engine/ports/store.hpp"

namespace pintu::store {

struct OpenOptions {
    bool create = true;      // make the file, and its folder, where there is none
    bool read_only = false;  // for reading only: nothing is created, changed or brought up to date
    // False: commits do not wait for the disk, and a crash of the machine may lose them. Only for what
    // can be made again from its inputs (a played year).
    bool durable = true;
    // How long to wait for another process that is writing, before it is an error (ST001).
    int busy_timeout_ms = 5'000;
    // SQLite only: the clock that leases go by, in milliseconds since 1970, the same for all who have
    // the file open; nothing: this machine's.
    std::function<std::int64_t()> clock_ms = {};
};

// "sqlite:FILE", or "sqlite::memory:" for a store that ends with the process. An older schema is
// brought up to date; a newer one is refused. Errors: ST0xx of the messages catalogue.
Result<std::unique_ptr<ports::EventStore>> open_store(const std::string& address,
                                                      const OpenOptions& options = {});

}  // namespace pintu::store
