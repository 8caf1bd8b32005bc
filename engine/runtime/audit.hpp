// What an auditor asks of a whole store: is this the history that was written, and does everything
// kept beside it still follow from it. Reads only.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/result.hpp"
#include "engine/history/checkpoint.hpp"
#include "engine/history/verify.hpp"
#include "engine/ports/store.hpp"

namespace pintu::runtime {

enum class AuditStage { events, cases };

// Called now and then with what is done so far, of how many (0: not known).
using Progress = std::function<void(AuditStage stage, std::uint64_t done, std::uint64_t of)>;

struct Audit {
    AgencyCode agency;
    std::uint64_t events = 0;
    std::uint64_t cases = 0;
    Digest root{};  // over what is there now
    history::Findings findings;
    std::set<CaseId> moving;  // moved at each look, and are not judged
};

// Log against its roots and the checkpoints (others' agencies are refused there, HI033), rows,
// personal values, timers and effects that wait against the log. A case that cannot be loaded
// though its events stand in the log has the finding that the load gave. An engine may be running:
// the log is looked at as far as its roots went at first, and what is found of a case is told only
// where a second look at it alone finds it too (CaseAuditor). Errors are the store's.
Result<Audit> audit(ports::EventStore& store, const AgencyCode& agency,
                    const std::vector<history::Checkpoint>& against, const Progress& progress = {});

// The checkpoint of the log as it is now, recomputed from its rows. HI035 where the log does not
// verify: nothing is vouched for that does not hold.
Result<history::Checkpoint> make_checkpoint(ports::EventStore& store, const AgencyCode& agency,
                                            Instant now);

}  // namespace pintu::runtime
