// Definitions of other days, found by the hashes that events carry and checked against them.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "engine/base/bundle_hash.hpp"
#include "engine/base/ids.hpp"
#include "engine/base/result.hpp"
#include "engine/bundle/bundle.hpp"

namespace pintu::replay {

// What decided an event (L8).
struct Definitions {
    const bundle::Bundle* pinned = nullptr;    // rules, workflow and schema of the case's receipt
    const bundle::Library* current = nullptr;  // registries and calendars of that moment
};

class Archive {
  public:
    // The files that a bundle of this hash was made of; nothing: they are not kept.
    using Fetch = std::function<Result<std::optional<bundle::Definitions>>(const BundleHash&)>;
    explicit Archive(Fetch fetch) : fetch_(std::move(fetch)) {}
    // With a library at hand, whose files need not be fetched.
    void know(std::shared_ptr<const bundle::Library> library);

    // Of an event at a moment. HI060: the definitions are not kept. HI061: they no longer load.
    // HI062: what is kept under this hash has another. Valid as long as the archive.
    Result<Definitions> find(const AgencyCode& agency, const BundleHash& pinned,
                             const BundleHash& current, Instant at);

  private:
    struct Key {
        AgencyCode agency;
        BundleHash pinned;
        BundleHash current;
        Date today;  // as of which they are loaded; see day_of()
        auto operator<=>(const Key&) const = default;
    };
    struct Held {
        std::shared_ptr<const bundle::Bundle> pinned;
        std::shared_ptr<const bundle::Library> current;
    };
    Result<Held> load(const Key& key);
    Result<const bundle::Definitions*> files_of(const AgencyCode& agency, const BundleHash& hash);
    Result<std::shared_ptr<const bundle::Library>> library_of(const Key& key);

    Fetch fetch_;
    std::map<BundleHash, bundle::Definitions> files_;
    std::map<std::pair<std::string, Date>, std::shared_ptr<const bundle::Library>>
        libraries_;  // by definitions_id and day
    std::vector<std::shared_ptr<const bundle::Library>> known_;
    std::map<Key, Held> held_;
    Key last_;
    Definitions found_;
};

}  // namespace pintu::replay
