#include "adapters/cli/facts.hpp"

#include <algorithm>
#include <filesystem>

#include "adapters/cli/settings.hpp"
#include "adapters/files/whole_file.hpp"
#include "engine/runtime/runtime.hpp"

namespace pintu::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostManifestBytes = 1U << 20U;

bool has_manifest(const std::string& folder) {
    std::error_code failed;
    return fs::exists(fs::path(folder) / plugins::kManifestFile, failed);
}

// What is wrong with it is said where it is opened, or by `pintu check`.
std::optional<plugins::Manifest> manifest_in(const std::string& folder) {
    SourceSet sources;
    Diagnostics told_elsewhere;
    return plugins::read_manifest(folder, sources, told_elsewhere);
}

std::string shipped_folder(const std::string& name) {
    return (fs::path(bundled_plugins()) / name).string();
}

bool is_chosen(const std::string& name, const std::vector<plugins::Chosen>& chosen) {
    return std::any_of(chosen.begin(), chosen.end(),
                       [&](const auto& one) { return one.name == name; });
}

std::string folder_of(const std::string& name, const std::vector<plugins::Chosen>& chosen) {
    for (const auto& one : chosen)
        if (one.name == name && !one.folder.empty()) return one.folder;
    return shipped_folder(name);
}

Settings settings_of(const std::string& directory) {
    const auto sources = std::make_shared<SourceSet>();
    Diagnostics told_elsewhere;
    Settings settings = read_settings(directory, *sources, told_elsewhere);
    settings.sources = sources;
    return settings;
}

bool needs_nothing(const plugins::Manifest& manifest) {
    return manifest.pure && manifest.secrets.empty() &&
           std::none_of(manifest.config.begin(), manifest.config.end(),
                        [](const auto& key) { return key.second.required; });
}

// A broken one may, and is told about where it is opened.
bool may_answer_facts(const plugins::Chosen& chosen) {
    const auto manifest =
        manifest_in(chosen.folder.empty() ? shipped_folder(chosen.name) : chosen.folder);
    return !manifest || manifest->has(plugins::Kind::fact);
}

bundle::PluginOffer offer_of(const plugins::Manifest& manifest) {
    bundle::PluginOffer offer;
    if (manifest.has(plugins::Kind::fact))
        for (const auto& [name, fact] : manifest.facts)
            offer.facts[name] = {fact.arguments, fact.gives};
    offer.personal = manifest.personal;
    return offer;
}

}  // namespace

bundle::PluginOffers add_plugins(const std::string& directory, bundle::Definitions& definitions,
                                 SourceSet& sources, Diagnostics& diagnostics) {
    bundle::PluginOffers offers;
    const auto named = bundle::plugins_named(definitions);
    if (named.empty()) return offers;
    const Settings settings = settings_of(directory);
    for (const auto& name : named) {
        const std::string folder = folder_of(name, settings.plugins);
        if (!has_manifest(folder)) continue;
        const auto manifest = is_chosen(name, settings.plugins)
                                  ? manifest_in(folder)
                                  : plugins::read_manifest(folder, sources, diagnostics);
        if (!manifest) continue;
        definitions.files.push_back({"plugin/" + name, manifest->identity + "\n"});
        offers[name] = offer_of(*manifest);
    }
    std::sort(definitions.files.begin(), definitions.files.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
    return offers;
}

bundle::PluginOffers add_plugins(const std::string& directory, bundle::Definitions& definitions) {
    SourceSet sources;
    Diagnostics told_elsewhere;
    return add_plugins(directory, definitions, sources, told_elsewhere);
}

std::vector<plugins::Chosen> with_shipped_facts(std::vector<plugins::Chosen> chosen) {
    std::error_code failed;
    for (fs::directory_iterator at(bundled_plugins(), failed), end; !failed && at != end;
         at.increment(failed)) {
        const std::string name = at->path().filename().string();
        if (is_chosen(name, chosen)) continue;
        // Reading a manifest takes the hash of all that it runs: only of those that may fit.
        const auto text =
            files::read_file((at->path() / plugins::kManifestFile).string(), kMostManifestBytes);
        if (!text || text->find("fact") == std::string::npos) continue;
        const auto manifest = manifest_in(at->path().string());
        if (!manifest || !manifest->has(plugins::Kind::fact) || !needs_nothing(*manifest)) continue;
        plugins::Chosen shipped;
        shipped.name = name;
        chosen.push_back(std::move(shipped));
    }
    std::sort(chosen.begin(), chosen.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
    return chosen;
}

void LoneFacts::open() {
    opened_ = true;
    Settings settings = settings_of(options_.directory);
    // What brings reports in or sends messages is not this command's.
    std::erase_if(settings.plugins, [](const auto& chosen) { return !may_answer_facts(chosen); });
    host_ = open_plugins(options_, settings, io_);
    if (host_) facts_.emplace(*host_->plugins, log_, patience_ms_);
}

ports::FactAnswer LoneFacts::ask(const ports::FactQuestion& question) {
    if (!opened_) open();
    return facts_ ? facts_->ask(question) : ports::FactAnswer{};
}

void LoneFacts::settle(ports::EventStore& store) {
    if (!host_) return;
    ports::Commit commit;
    const AgencyCode asked(options_.agency);
    commit.incidents = host_->troubles->take(asked.empty() ? runtime::Settings{}.province : asked);
    if (commit.incidents.empty()) return;
    const auto kept = store.commit(commit);
    if (!kept) host_->troubles->put_back(std::move(commit.incidents));
}

}  // namespace pintu::cli
