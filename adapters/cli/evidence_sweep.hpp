// Evidence files that no case has: of reports that were not taken in, or whose intake was stopped
// before it said whose they are.
#pragma once

#include <chrono>
#include <functional>

#include "adapters/cli/io.hpp"
#include "adapters/files/blob_files.hpp"
#include "engine/ports/store.hpp"

namespace pintu::cli {

// Claims those that a case has after all, and destroys the others that were not put within `age`.
// False, and nothing is destroyed: committed events wait for their places in a log, and may be of
// such a case; to be called again later. Nothing is destroyed either where a log lacks rows (an
// error), or `stopping` says so meanwhile. `store` is that of the options.
Result<bool> sweep_evidence(const Options& options, ports::EventStore& store,
                            files::BlobFiles& blobs, std::chrono::seconds age,
                            const std::function<bool()>& stopping);

}  // namespace pintu::cli
