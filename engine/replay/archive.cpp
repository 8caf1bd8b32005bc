#include "engine/replay/archive.hpp"

namespace pintu::replay {
namespace {

// Rules are loaded for the days up to a year after one (R13). No clock is asked for it: half years
// are counted, so that each event finds its own day covered.
Date day_of(Instant at) {
    constexpr std::int64_t kHalfYear = 182;
    const std::int64_t day = at.micros / kMicrosPerSecond / kSecondsPerDay;
    return {static_cast<std::int32_t>(day / kHalfYear * kHalfYear)};
}

// Proved when they came into force; not again.
std::shared_ptr<const bundle::Library> load_files(const bundle::Definitions& files, Date today,
                                                  std::optional<AgencyCode> only) {
    Diagnostics diagnostics;
    bundle::LoadOptions options;
    options.only = std::move(only);
    options.today = today;
    options.prove = false;
    auto library = bundle::load(files, options, std::make_shared<SourceSet>(), diagnostics);
    return library ? std::make_shared<const bundle::Library>(std::move(*library)) : nullptr;
}

std::shared_ptr<const bundle::Bundle> bundle_in(const bundle::Library& library,
                                                const AgencyCode& agency) {
    const auto found = library.bundles.find(agency);
    return found == library.bundles.end() ? nullptr : found->second;
}

}  // namespace

void Archive::know(std::shared_ptr<const bundle::Library> library) {
    known_.push_back(std::move(library));
}

Result<Definitions> Archive::find(const AgencyCode& agency, const BundleHash& pinned,
                                  const BundleHash& current, Instant at) {
    const Date today = day_of(at);
    if (found_.pinned != nullptr && last_.pinned == pinned && last_.current == current &&
        last_.agency == agency && last_.today == today) {
        return found_;
    }
    Key key{agency, pinned, current, today};
    auto held = held_.find(key);
    if (held == held_.end()) {
        auto loaded = load(key);
        if (!loaded) return loaded.unexpected();
        held = held_.emplace(key, std::move(*loaded)).first;
    }
    last_ = std::move(key);
    found_ = {held->second.pinned.get(), held->second.current.get()};
    return found_;
}

Result<Archive::Held> Archive::load(const Key& key) {
    Held held;
    auto library = library_of(key);
    if (!library) return library.unexpected();
    held.current = *library;
    held.pinned = bundle_in(*held.current, key.agency);
    if (held.pinned->pinned == key.pinned) return held;
    for (const auto& known : known_) {
        const auto bundle = bundle_in(*known, key.agency);
        if (bundle && bundle->pinned == key.pinned && bundle->current == key.current) {
            held.pinned = bundle;
            return held;
        }
    }
    const auto then = files_of(key.agency, key.pinned);
    if (!then) return then.unexpected();
    const auto now = files_of(key.agency, key.current);
    if (!now) return now.unexpected();
    // As the runtime does it: rules of then over the registry of now; where those do not fit
    // together, over their own.
    auto mixed = load_files(bundle::with_current(**then, **now), key.today, key.agency);
    if (!mixed || !bundle_in(*mixed, key.agency)) mixed = load_files(**then, key.today, key.agency);
    if (!mixed || !bundle_in(*mixed, key.agency)) {
        return fail("HI061", key.agency.value, key.pinned.text());
    }
    held.pinned = bundle_in(*mixed, key.agency);
    if (held.pinned->pinned != key.pinned) {
        return fail("HI062", key.agency.value, key.pinned.text(), held.pinned->pinned.text());
    }
    return held;
}

Result<std::shared_ptr<const bundle::Library>> Archive::library_of(const Key& key) {
    for (const auto& known : known_) {
        const auto bundle = bundle_in(*known, key.agency);
        if (bundle && bundle->current == key.current) return known;
    }
    const auto files = files_of(key.agency, key.current);
    if (!files) return files.unexpected();
    auto& library = libraries_[{bundle::definitions_id(**files), key.today}];
    if (!library) library = load_files(**files, key.today, std::nullopt);
    if (!library) library = load_files(**files, key.today, key.agency);
    const auto bundle = library ? bundle_in(*library, key.agency) : nullptr;
    if (!bundle) return fail("HI061", key.agency.value, key.current.text());
    if (bundle->current != key.current) {
        return fail("HI062", key.agency.value, key.current.text(), bundle->current.text());
    }
    return library;
}

Result<const bundle::Definitions*> Archive::files_of(const AgencyCode& agency,
                                                     const BundleHash& hash) {
    auto found = files_.find(hash);
    if (found == files_.end()) {
        auto fetched = fetch_(hash);
        if (!fetched) return fetched.unexpected();
        if (!*fetched) return fail("HI060", agency.value, hash.text());
        found = files_.emplace(hash, std::move(**fetched)).first;
    }
    return &found->second;
}

}  // namespace pintu::replay
