// Histories of many cases for who looks at all of a store, the damaged ones too.
#pragma once

#include <cstddef>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/result.hpp"
#include "engine/ports/store.hpp"

namespace pintu::runtime {

// So many cases are read together: neighbours by id lie in the same pages of the log, and memory
// stays that of so many histories.
constexpr std::size_t kReadTogether = 256;

// So often an auditor looks at a case that a running engine moves from one look to the next.
constexpr int kMostLooks = 8;

// In the order asked. A case whose history cannot be read, or does not hang together, has its own
// error (HI001 to HI027) and leaves the others as they are; any other error is the store's.
Result<std::vector<Result<ports::StoredCase>>> load_readable(ports::EventStore& store,
                                                             const std::vector<CaseId>& ids);

}  // namespace pintu::runtime
