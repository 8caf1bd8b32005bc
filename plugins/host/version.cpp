#include "plugins/host/version.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "plugins/host/services.hpp"
#include "plugins/host/what_it_runs.hpp"

namespace pintu::plugins {
namespace {

namespace fs = std::filesystem;

bool has_manifest(const fs::path& folder) {
    std::error_code failed;
    return fs::is_regular_file(folder / kManifestFile, failed);
}

std::string shipped_names(const std::string& bundled) {
    std::set<std::string> names;
    std::error_code failed;
    for (fs::directory_iterator at(bundled, failed), end; !failed && at != end;
         at.increment(failed))
        if (has_manifest(at->path())) names.insert(at->path().filename().string());
    std::string all;
    for (const auto& name : names) all += (all.empty() ? "" : ", ") + name;
    return all;
}

// The place is told, never what stands there: it may be the secret itself.
void check_secrets(const Manifest& manifest, const Chosen& chosen, Diagnostics& diagnostics) {
    for (const auto& [name, place] : chosen.secrets) {
        const auto& named = manifest.secrets;
        if (std::find(named.begin(), named.end(), name) == named.end())
            diagnostics.error("PL135", place.span, name, manifest.name);
        else if (!is_secret_place(place.text))
            diagnostics.error("PL136", place.span, name);
    }
}

}  // namespace

std::optional<Version> read_version(const Chosen& chosen, const PluginsOptions& options,
                                    SourceSet& sources, Diagnostics& diagnostics) {
    const bool shipped = chosen.folder.empty();
    const std::string folder = shipped ? options.bundled + "/" + chosen.name : chosen.folder;
    if (shipped && !has_manifest(folder)) {
        diagnostics.error("PL142", chosen.span, chosen.name, shipped_names(options.bundled));
        return std::nullopt;
    }
    auto manifest = read_manifest(folder, sources, diagnostics, chosen.span);
    if (!manifest) return std::nullopt;
    Diagnostics own;
    if (manifest->name != chosen.name) own.error("PL141", chosen.span, chosen.name, manifest->name);
    auto config = check_config(*manifest, chosen.config, options.base, chosen.span, own);
    check_secrets(*manifest, chosen, own);
    diagnostics.append(own);
    if (own.has_errors() || !config) return std::nullopt;
    Version version{std::move(*manifest), std::move(*config), {}, ""};
    for (const auto& [name, place] : chosen.secrets) version.secrets[name] = place.text;
    version.fingerprint = fingerprint(version.manifest);
    return version;
}

}  // namespace pintu::plugins
