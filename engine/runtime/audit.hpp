// What an auditor asks of a whole store: is this the history that was written, does everything kept
// beside it still follow from it, and does it replay. Reads only.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/result.hpp"
#include "engine/history/checkpoint.hpp"
#include "engine/history/verify.hpp"
#include "engine/ports/store.hpp"
#include "engine/replay/replay.hpp"

namespace pintu::runtime {

// Called now and then with what is done so far, of how many (0: not known).
using Progress = std::function<void(std::uint64_t done, std::uint64_t of)>;

struct Audit {
    AgencyCode agency;
    std::uint64_t events = 0;
    std::uint64_t cases = 0;
    Digest root{};  // over what is there now
    history::Findings findings;
};

// Log against its roots and the checkpoints (others' agencies are refused there, HI033), rows and
// personal values against the log. Errors are the store's.
Result<Audit> audit(ports::EventStore& store, const AgencyCode& agency,
                    const std::vector<history::Checkpoint>& against, const Progress& progress = {});

// The checkpoint of the log as it is now, recomputed from its rows. HI035 where the log does not
// verify: nothing is vouched for that does not hold.
Result<history::Checkpoint> make_checkpoint(ports::EventStore& store, const AgencyCode& agency,
                                            Instant now);

// Definitions of other days, out of the store.
replay::Archive archive_of(ports::EventStore& store);

// All cases of one agency, or of all. `differs` hears of each divergence. Errors are the store's
// and the archive's (HI060 to HI062).
Result<replay::Summary> replay_all(
    ports::EventStore& store, replay::Archive& archive, const std::optional<AgencyCode>& agency,
    const std::function<void(const replay::Divergence&)>& differs = {},
    const Progress& progress = {});

}  // namespace pintu::runtime
