#include "plugins/host/plugins.hpp"

#include <algorithm>
#include <atomic>
#include <deque>
#include <set>

#include "plugins/host/one_plugin.hpp"

namespace pintu::plugins {
namespace {

// A channel that both bring reports in by, or both send by; nothing: none.
const std::string* shared_channel(const Manifest& first, const Manifest& second) {
    const auto both = [&](Kind kind) { return first.has(kind) && second.has(kind); };
    if (!both(Kind::channel) && !both(Kind::connector)) return nullptr;
    const auto& taken = first.channels;
    for (const auto& channel : second.channels)
        if (std::find(taken.begin(), taken.end(), channel) != taken.end()) return &channel;
    return nullptr;
}

}  // namespace

struct Plugins::Inside {
    PluginsOptions options;
    std::vector<std::unique_ptr<OnePlugin>> plugins;  // in the order of `chosen`
    // Manifests as they were at some time: who asked before a swap still holds the old ones.
    std::deque<std::vector<Manifest>> seen;
    std::atomic<const std::vector<Manifest>*> current{nullptr};
    std::mutex publishing;

    OnePlugin* find(std::string_view name) const {
        for (std::size_t i = 0; i < plugins.size(); ++i)
            if (options.chosen[i].name == name) return plugins[i].get();
        return nullptr;
    }
    // Says where one that was read before carries a channel of this one's.
    bool alone(const Chosen& chosen, const Manifest& manifest, Diagnostics& diagnostics) const {
        for (const auto& other : plugins) {
            const Manifest& before = other->manifest();
            const auto* channel = shared_channel(before, manifest);
            if (channel == nullptr) continue;
            diagnostics.error("PL144", chosen.span, before.name, manifest.name, *channel);
            return false;
        }
        return true;
    }
    void publish() {
        const std::lock_guard lock(publishing);
        std::vector<Manifest> manifests;
        for (const auto& plugin : plugins) manifests.push_back(plugin->manifest());
        seen.push_back(std::move(manifests));
        current = &seen.back();
    }
};

Plugins::Plugins() : inside_(std::make_unique<Inside>()) {}
Plugins::~Plugins() = default;

std::unique_ptr<Plugins> Plugins::open(const PluginsOptions& options, SourceSet& sources,
                                       Diagnostics& diagnostics) {
    std::unique_ptr<Plugins> opened(new Plugins);
    Inside& inside = *opened->inside_;
    inside.options = options;
    std::set<std::string> names;
    bool good = true;
    for (const auto& chosen : options.chosen) {
        const bool fresh = names.insert(chosen.name).second;
        if (!fresh) diagnostics.error("PL140", chosen.span, chosen.name);
        auto version = read_version(chosen, inside.options, sources, diagnostics);
        good = good && fresh && version && inside.alone(chosen, version->manifest, diagnostics);
        if (good)
            inside.plugins.push_back(
                std::make_unique<OnePlugin>(chosen, inside.options, std::move(*version)));
    }
    if (!good) return nullptr;
    inside.publish();
    return opened;
}

const std::vector<Manifest>& Plugins::manifests() const {
    return *inside_->current.load();
}

const Manifest* Plugins::find(std::string_view name) const {
    for (const auto& manifest : manifests())
        if (manifest.name == name) return &manifest;
    return nullptr;
}

Result<Answer> Plugins::call(std::string_view plugin, Kind kind, std::string_view method,
                             std::string_view document, Milliseconds deadline) {
    OnePlugin* found = inside_->find(plugin);
    if (found == nullptr)
        return fail("PL010", std::string(plugin.substr(0, 100)), std::string(kind_name(kind)));
    return found->call(kind, method, document, deadline);
}

void Plugins::start_all() {
    for (const auto& plugin : inside_->plugins) plugin->start_all();
}

void Plugins::look_around() {
    bool changed = false;
    for (const auto& plugin : inside_->plugins) changed = plugin->look_around() || changed;
    if (changed) inside_->publish();
}

std::vector<PluginStatus> Plugins::status() const {
    std::vector<PluginStatus> all;
    for (const auto& plugin : inside_->plugins) all.push_back(plugin->status());
    return all;
}

std::string Plugins::spool_of(std::string_view plugin) const {
    const OnePlugin* found = inside_->find(plugin);
    return found == nullptr ? "" : found->spool();
}

}  // namespace pintu::plugins
