#include "adapters/cli/evidence_sweep.hpp"

#include <set>

#include "adapters/cli/setup.hpp"
#include "adapters/store/store.hpp"
#include "engine/runtime/evidence.hpp"

namespace pintu::cli {

// That all have their places is asked before the logs are read: what is committed later cannot be
// of a file that lay there for so long.
Result<bool> sweep_evidence(const Options& options, ports::EventStore& store,
                            files::BlobFiles& blobs, std::chrono::seconds age,
                            const std::function<bool()>& stopping) {
    const auto files = blobs.unclaimed(age);
    if (files.empty()) return true;
    const auto placed = store::all_placed(store_address(options));
    if (!placed || !*placed) return placed;
    const std::set<Digest> found(files.begin(), files.end());
    const auto looked = runtime::claim_forgotten(store, blobs, found, stopping);
    if (!looked) return looked.unexpected();
    if (!*looked) return true;
    for (const auto& file : files)
        if (auto destroyed = blobs.destroy_unclaimed(file, age); !destroyed)
            return destroyed.unexpected();
    return true;
}

}  // namespace pintu::cli
