#include "adapters/cli/plugins.hpp"

#include <cstdlib>
#include <filesystem>
#include <utility>

#include "adapters/cli/facts.hpp"
#include "adapters/cli/setup.hpp"
#include "adapters/clock/system_clock.hpp"
#include "engine/runtime/incidents.hpp"

namespace pintu::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSqlite = "sqlite:";

std::string absolute_path(const fs::path& path) {
    std::error_code ignored;
    return fs::absolute(path, ignored).lexically_normal().string();
}

bool needs_processes(const std::vector<plugins::Chosen>& plugins) {
    for (const auto& chosen : plugins)
        if (!chosen.trusted) return true;
    return false;
}

plugins::PluginsOptions where_they_are(const Options& options,
                                       std::vector<plugins::Chosen> chosen) {
    plugins::PluginsOptions open;
    open.chosen = std::move(chosen);
    open.bundled = bundled_plugins();
    open.directory = (fs::path(var_folder(options)) / "plugins").string();
    open.base = absolute_path(options.directory);
    open.now = [] { return clock::SystemClock().now(); };
    return open;
}

}  // namespace

std::string var_folder(const Options& options) {
    const std::string address = store_address(options);
    const std::string file =
        address.starts_with(kSqlite) ? address.substr(kSqlite.size()) : std::string();
    if (file.empty() || file == ":memory:")
        return absolute_path(fs::path(options.directory) / "var");
    return absolute_path(fs::path(absolute_path(file)).parent_path());
}

std::string blobs_folder(const Options& options) {
    return var_folder(options) + "/blobs";
}

std::string bundled_plugins() {
    if (const char* told = std::getenv("PINTU_PLUGINS"); told != nullptr && *told != '\0')
        return absolute_path(told);
    std::error_code failed;
    const auto binary = fs::read_symlink("/proc/self/exe", failed).parent_path();
    const auto installed = (binary / "../lib/pintu/plugins").lexically_normal();
    if (fs::is_directory(installed, failed)) return installed.string();
    return (binary / "../plugins").lexically_normal().string();
}

void Troubles::add(const plugins::Trouble& trouble, Instant at) {
    const std::lock_guard guard(mutex_);
    waiting_.emplace_back(trouble, at);
}

std::vector<ports::Incident> Troubles::take(const AgencyCode& agency) {
    const std::lock_guard guard(mutex_);
    auto incidents = std::exchange(unkept_, {});
    for (auto& [trouble, at] : waiting_)
        incidents.push_back(
            runtime::plugin_incident(agency, trouble.plugin, std::move(trouble.error), at));
    waiting_.clear();
    return incidents;
}

void Troubles::put_back(std::vector<ports::Incident> incidents) {
    const std::lock_guard guard(mutex_);
    for (auto& incident : incidents) unkept_.push_back(std::move(incident));
}

std::optional<PluginHost> open_plugins(const Options& options, const Settings& settings,
                                       const Io& io, const PluginNeeds& needs) {
    PluginHost host;
    auto chosen = with_shipped_facts(settings.plugins);
    if (needs.call && needs_processes(chosen)) {
        auto launcher = plugins::Launcher::start();
        if (!launcher) return say(io, options, launcher.error()), std::nullopt;
        host.launcher = std::move(*launcher);
    }
    host.troubles = std::make_unique<Troubles>();
    auto open = where_they_are(options, std::move(chosen));
    open.trouble = [&troubles = *host.troubles, tell = needs.tell, &io,
                    &options](const plugins::Trouble& trouble) {
        if (troubles.closed()) return;
        troubles.add(trouble, clock::SystemClock().now());
        if (tell)
            tell(trouble);
        else
            say(io, options, trouble.error);
    };
    open.outside = needs.outside;
    open.launcher = host.launcher.get();
    const auto sources = settings.sources ? settings.sources : std::make_shared<SourceSet>();
    Diagnostics diagnostics;
    host.plugins = plugins::Plugins::open(open, *sources, diagnostics);
    print_diagnostics(io.err, diagnostics, *sources, options, Output::pretty, io.color);
    if (!host.plugins) return std::nullopt;
    return host;
}

void check_plugins(const Options& options, const Settings& settings, SourceSet& sources,
                   Diagnostics& diagnostics) {
    (void)plugins::Plugins::open(where_they_are(options, settings.plugins), sources, diagnostics);
}

}  // namespace pintu::cli
