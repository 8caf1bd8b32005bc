// Files of cases: which a case has, and what becomes of them when its personal data are destroyed.
#pragma once

#include <functional>
#include <set>
#include <vector>

#include "engine/cases/event/event.hpp"
#include "engine/ports/blobs.hpp"
#include "engine/ports/store.hpp"

namespace pintu::runtime {

// One file of a case, in the order in which they came. Names are personal: of the value at `path`
// of the event.
struct CaseFile {
    std::uint32_t sequence = 0;  // of the event
    std::string path;            // "attachments.0.name", "file.name"
    Digest content{};
    std::int64_t size_bytes = 0;
};
// Those whose content is known, each content once.
std::vector<CaseFile> files_of(const std::vector<cases::Event>& events);

// After the commit that erased these cases: their files are destroyed where no other case has them.
// Cases with the same tracking id (a transfer opened them) keep theirs until they are erased too.
// The first error; the others are still released.
Result<void> release_files(ports::EventStore& store, ports::Blobs& blobs,
                           const std::vector<CaseId>& erased);

// Those of these files that a case has whose intake was stopped before it claimed them are claimed
// for it. Reads all logs, until `stopping`; nothing is to be destroyed where it is an error or was
// stopped: false. A log that lacks rows is an error (HI023, HI030): they may be of such a case.
Result<bool> claim_forgotten(ports::EventStore& store, ports::Blobs& blobs,
                             const std::set<Digest>& files, const std::function<bool()>& stopping);

}  // namespace pintu::runtime
