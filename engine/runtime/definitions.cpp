#include "engine/runtime/definitions.hpp"

namespace pintu::runtime {
namespace {

std::optional<bundle::Library> load_files(const bundle::Definitions& files,
                                          const AgencyCode& agency, Date today) {
    Diagnostics diagnostics;
    bundle::LoadOptions options;
    options.only = agency;
    options.today = today;
    options.prove = false;
    return bundle::load(files, options, std::make_shared<SourceSet>(), diagnostics);
}

}  // namespace

ports::DefinitionSet to_set(const Loadout& loadout) {
    ports::DefinitionSet set;
    set.id = loadout.id;
    for (const auto& file : loadout.files.files) set.files.push_back({file.path, file.bytes});
    for (const auto& [agency, bundle] : loadout.library->bundles) {
        set.hashes.push_back(bundle->pinned);
        set.hashes.push_back(bundle->current);
    }
    return set;
}

std::optional<Loadout> from_set(ports::DefinitionSet set, Date today, Diagnostics& diagnostics) {
    bundle::Definitions files;
    for (auto& file : set.files) files.files.push_back({file.path, std::move(file.bytes)});
    bundle::LoadOptions options;
    options.today = today;
    options.prove = false;
    auto library = bundle::load(files, options, std::make_shared<SourceSet>(), diagnostics);
    if (!library) return std::nullopt;
    auto shared = std::make_shared<const bundle::Library>(std::move(*library));
    return Loadout(std::move(files), std::move(shared), today);
}

Result<void> PinnedDefinitions::use(Loadout loadout) {
    if (auto saved = store_.save_definitions(to_set(loadout)); !saved) return saved;
    adopt(std::move(loadout));
    return {};
}

void PinnedDefinitions::adopt(Loadout loadout) {
    loadout_ = std::move(loadout);
    older_.clear();
}

const bundle::Bundle* PinnedDefinitions::in_force(const AgencyCode& agency) const {
    const auto& bundles = loadout_.library->bundles;
    const auto found = bundles.find(agency);
    return found == bundles.end() ? nullptr : found->second.get();
}

Result<const bundle::Bundle*> PinnedDefinitions::of_case(const AgencyCode& agency,
                                                         const BundleHash& pinned) {
    const auto* now = in_force(agency);
    if (now != nullptr && now->pinned == pinned) return now;
    const Key key{agency, pinned};
    if (const auto found = older_.find(key); found != older_.end()) return found->second.get();
    return load(key);
}

Result<const bundle::Bundle*> PinnedDefinitions::load(const Key& key) {
    auto set = store_.load_definitions(key.pinned);
    if (!set) return set.unexpected();
    if (!*set) return fail("RT020", key.agency.value, key.pinned.text());
    bundle::Definitions then;
    for (auto& file : (*set)->files) then.files.push_back({file.path, std::move(file.bytes)});
    auto library =
        load_files(bundle::with_current(then, loadout_.files), key.agency, loadout_.today);
    if (!library || !library->bundles.contains(key.agency)) {
        // Today's registry does not fit the rules of then: they keep their own.
        log_.write(ports::LogLevel::warning, "RT021", {key.agency.value, key.pinned.text()});
        library = load_files(then, key.agency, loadout_.today);
    }
    if (!library || !library->bundles.contains(key.agency))
        return fail("RT022", key.agency.value, key.pinned.text());
    auto bundle = library->bundles.at(key.agency);
    return older_.emplace(key, std::move(bundle)).first->second.get();
}

}  // namespace pintu::runtime
