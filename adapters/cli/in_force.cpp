#include "adapters/cli/in_force.hpp"

#include <algorithm>

namespace pintu::cli {
namespace {

runtime::Loadout loadout(Definitions definitions, Instant now) {
    return {std::move(definitions.files),
            std::make_shared<const bundle::Library>(std::move(definitions.library)),
            local_date(now)};
}

// Those in force as the store keeps them; nothing where they do not load here. They were proved
// when they were published.
Result<std::optional<runtime::Loadout>> load_kept(ports::EventStore& store, const std::string& id,
                                                  Instant now) {
    auto kept = store.definition_set(id);
    if (!kept) return kept.unexpected();
    if (!*kept) return std::optional<runtime::Loadout>();
    Diagnostics diagnostics;
    return runtime::from_set(std::move(**kept), local_date(now), diagnostics);
}

bool use_kept(const Options& options, ports::EventStore& store, runtime::Runtime& runtime,
              const std::string& id, Instant now, const Io& io, int& exit) {
    auto kept = load_kept(store, id, now);
    if (!kept) return exit = store_failed(options, kept.error(), io), false;
    if (!*kept) {
        say(io, options, "CL129", {short_id(id)});
        return exit = kFailed, false;
    }
    const auto used = runtime.use(std::move(**kept));
    if (!used) exit = store_failed(options, used.error(), io);
    return used.has_value();
}

// Whether the folder's are to be put in force; says so where they are not, though others are.
Result<bool> to_be_published(const Options& options, ports::EventStore& store, Follow follow,
                             const std::string& id, const std::string& in_force, const Io& io) {
    if (follow == Follow::folder) return true;
    if (follow == Follow::store) return say(io, options, "CL127"), false;
    const auto known = store.definition_set(id);
    if (!known) return known.unexpected();
    if (*known) say(io, options, "CL122", {short_id(id), short_id(in_force)});
    return !*known;
}

bool holds(const auto& files, const std::string& path) {
    return std::any_of(files.begin(), files.end(),
                       [&](const auto& file) { return file.path == path; });
}

// Plugins that the folder's rules ask and that those in force count with, but that are not here.
Result<std::vector<std::string>> missing_plugins(ports::EventStore& store,
                                                 const bundle::Definitions& folder) {
    std::vector<std::string> missing;
    const auto asked = bundle::plugins_named(folder);
    if (asked.empty()) return missing;
    const auto id = store.in_force();
    if (!id) return id.unexpected();
    if (!*id) return missing;
    const auto kept = store.definition_set(**id);
    if (!kept) return kept.unexpected();
    for (const auto& name : asked) {
        const std::string path = "plugin/" + name;
        if (*kept && holds((*kept)->files, path) && !holds(folder.files, path))
            missing.push_back(name);
    }
    return missing;
}

}  // namespace

std::optional<Definitions> load_all(const Options& options, Instant now, const Io& io) {
    Options all = options;
    all.agency.clear();
    return load_definitions(all, now, io);
}

Result<std::vector<std::string>> lacking_plugins(ports::EventStore& store,
                                                 const std::string& definitions_id,
                                                 const std::vector<std::string>& installed) {
    constexpr std::string_view kPlugin = "plugin/";
    const auto kept = store.definition_set(definitions_id);
    if (!kept) return kept.unexpected();
    std::vector<std::string> lacking;
    if (!*kept) return lacking;
    for (const auto& file : (*kept)->files) {
        if (!file.path.starts_with(kPlugin)) continue;
        const std::string name = file.path.substr(kPlugin.size());
        if (std::find(installed.begin(), installed.end(), name) == installed.end())
            lacking.push_back(name);
    }
    return lacking;
}

std::string short_id(const std::string& definitions_id) {
    return definitions_id.substr(0, 12);
}

Result<void> publish_folder(const Options& options, ports::EventStore& store,
                            runtime::Runtime& runtime, Definitions definitions, Instant now,
                            const Io& io) {
    const auto missing = missing_plugins(store, definitions.files);
    if (!missing) return missing.unexpected();
    if (auto done = runtime.publish(loadout(std::move(definitions), now)); !done) return done;
    for (const auto& name : *missing) say(io, options, "CL138", {name});
    return {};
}

bool settle_definitions(const Options& options, ports::EventStore& store, runtime::Runtime& runtime,
                        Follow follow, Instant now, const Io& io, int& exit) {
    const auto asked = store.in_force();
    if (!asked) return exit = store_failed(options, asked.error(), io), false;
    if (*asked && follow == Follow::kept)
        return use_kept(options, store, runtime, **asked, now, io, exit);
    auto local = load_all(options, now, io);
    if (!local && !*asked) return exit = kFailed, false;
    if (!local) {
        say(io, options, "CL123", {short_id(**asked)});
        return use_kept(options, store, runtime, **asked, now, io, exit);
    }
    const std::string id = bundle::definitions_id(local->files);
    bool publish = !*asked;
    if (*asked && **asked != id) {
        const auto decided = to_be_published(options, store, follow, id, **asked, io);
        if (!decided) return exit = store_failed(options, decided.error(), io), false;
        if (!*decided) return use_kept(options, store, runtime, **asked, now, io, exit);
        publish = true;
    }
    const auto used = publish ? publish_folder(options, store, runtime, std::move(*local), now, io)
                              : runtime.use(loadout(std::move(*local), now));
    if (!used) exit = store_failed(options, used.error(), io);
    return used.has_value();
}

}  // namespace pintu::cli
