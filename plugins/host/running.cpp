#include "plugins/host/running.hpp"

#include <algorithm>

#include "plugins/abi/pintu_plugin.h"
#include "plugins/host/disk.hpp"
#include "plugins/host/document.hpp"
#include "plugins/host/in_process.hpp"
#include "plugins/host/stdio.hpp"

namespace pintu::plugins {
namespace {

std::string spool_in(const Belongings& belongings) {
    return belongings.folder + "/spool";
}

Confinement confinement_of(const Version& version, const Belongings& belongings) {
    Confinement confinement{{version.manifest.folder},
                            {spool_in(belongings)},
                            version.manifest.memory_mb,
                            version.manifest.open_files};
    for (const auto& [path, write] : allowed_folders(version.manifest, version.config))
        (write ? confinement.writable : confinement.readable).push_back(path);
    return confinement;
}

Result<std::unique_ptr<Guest>> make_guest(const Version& version, Kind kind, bool trusted,
                                          Launcher* launcher, const Belongings& belongings,
                                          Services& services) {
    const Manifest& manifest = version.manifest;
    if (trusted && manifest.command.empty())
        return make_in_process_guest({manifest.name, manifest.file(), belongings.folder}, services);
    if (launcher == nullptr) return fail("PL018", manifest.name);
    Launch launch{manifest.name, "", manifest.command, manifest.folder,
                  confinement_of(version, belongings)};
    if (manifest.command.empty()) {
        launch.file = manifest.file();
        return launcher->launch(launch, services);
    }
    auto child = launcher->spawn(launch);
    if (!child) return child.unexpected();
    const StdioSettings settings{manifest.name, std::string(kind_name(kind))};
    return make_stdio_guest(settings, std::move(*child), services);
}

std::string_view extension_of(Kind kind) {
    switch (kind) {
        case Kind::channel: return PINTU_CHANNEL_1;
        case Kind::connector: return PINTU_CONNECTOR_1;
        case Kind::fact: return PINTU_FACT_1;
        case Kind::evidence: return PINTU_EVIDENCE_1;
    }
    return "";
}

Result<void> as_promised(const Manifest& manifest, Kind kind, const Introduced& said) {
    const auto differs = [&](const char* what, std::string_view promised, std::string_view is) {
        return fail("PL015", manifest.name, what, std::string(promised), plain(is, 200));
    };
    if (said.name != manifest.name) return differs("plugin", manifest.name, said.name);
    if (said.version != manifest.version) return differs("version", manifest.version, said.version);
    const auto needed = extension_of(kind);
    const auto& has = said.extensions;
    if (std::find(has.begin(), has.end(), needed) != has.end()) return {};
    std::string all;
    for (const auto& id : has) all += (all.empty() ? "" : ", ") + id;
    return differs("kinds", needed, all);
}

}  // namespace

Result<Running> start_guest(const Version& version, Kind kind, bool trusted,
                            const PluginsOptions& options, Belongings& belongings) {
    if (auto made = make_folder(spool_in(belongings)); !made) return made.unexpected();
    const std::string document =
        config_document(version.manifest, version.config, kind, spool_in(belongings));
    Running running{&version, nullptr, nullptr};
    running.services = std::make_unique<PluginServices>(ServiceSettings{
        &version.manifest, kind, version.config, document, version.secrets, options.base,
        options.now, &belongings.state, &belongings.log, options.outside});
    auto guest =
        make_guest(version, kind, trusted, options.launcher, belongings, *running.services);
    if (!guest) return guest.unexpected();
    running.guest = std::move(*guest);
    running.services->answer_within(kToStart);
    const auto said = running.guest->start(document, kToStart);
    if (!said) return said.unexpected();
    if (auto promised = as_promised(version.manifest, kind, *said); !promised)
        return promised.unexpected();
    return running;
}

std::string form_words(const Manifest& manifest, bool trusted, const Launcher* launcher) {
    if (trusted && manifest.command.empty()) return "trusted";
    const std::string form = manifest.command.empty() ? "process" : "stdio";
    return form + (launcher == nullptr ? "" : ": " + launcher->sandbox().words());
}

}  // namespace pintu::plugins
