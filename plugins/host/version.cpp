#include "plugins/host/version.hpp"

#include <algorithm>

#include "plugins/host/services.hpp"
#include "plugins/host/what_it_runs.hpp"

namespace pintu::plugins {
namespace {

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
    const std::string folder =
        chosen.folder.empty() ? options.bundled + "/" + chosen.name : chosen.folder;
    auto manifest = read_manifest(folder, sources, diagnostics);
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
