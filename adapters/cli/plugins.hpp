// The plugins that pintu.yaml names, ready to be called by one command. Nothing runs yet: a plugin
// is started when it is first called.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "adapters/cli/io.hpp"
#include "adapters/cli/settings.hpp"
#include "engine/ports/log.hpp"
#include "engine/ports/store.hpp"
#include "plugins/host/launch.hpp"
#include "plugins/host/plugins.hpp"

namespace pintu::cli {

// `var` beside the store's file; of a PostgreSQL below the definitions' folder. Plugins keep theirs
// in var/plugins, evidence lies in var/blobs.
std::string var_folder(const Options& options);
std::string blobs_folder(const Options& options);
// The plugins that are shipped: PINTU_PLUGINS, else ../lib/pintu/plugins of an installed binary,
// else ../plugins of one that was built.
std::string bundled_plugins();

// What plugins did that a person must hear of, kept until somebody who has a store puts it there.
// Any thread.
class Troubles {
  public:
    void add(const plugins::Trouble& trouble, Instant at);
    // Those since the last call, as incidents of `agency`. The same trouble is the same incident.
    std::vector<ports::Incident> take(const AgencyCode& agency);
    // What take() gave could not be kept: it comes again.
    void put_back(std::vector<ports::Incident> incidents);
    // What comes from now on is nobody's trouble: plugins are being ended.
    void close() { closed_ = true; }
    bool closed() const { return closed_; }

  private:
    std::atomic<bool> closed_ = false;
    std::mutex mutex_;
    std::vector<std::pair<plugins::Trouble, Instant>> waiting_;
    std::vector<ports::Incident> unkept_;
};

// Members end in the opposite order: plugins first, whoever made their processes last.
struct PluginHost {
    std::unique_ptr<plugins::Launcher> launcher;  // nothing where all are trusted, or none chosen
    std::unique_ptr<Troubles> troubles;
    std::unique_ptr<plugins::Plugins> plugins;  // never nothing; without plugins it has none
};

struct PluginNeeds {
    // Called from any thread, besides Troubles; nothing: said on Io's err.
    std::function<void(const plugins::Trouble&)> tell;
    plugins::Outside* outside = nullptr;  // nothing: plugins have no HTTP and no connections
    // False: they are only looked at (manifests, identities), never called.
    bool call = true;
};

// Before the command opens its store or starts a thread: what is started here is forked, and must
// inherit neither. Nothing where a plugin or its configuration is wrong, or (PL020) processes
// cannot be made; said on err.
std::optional<PluginHost> open_plugins(const Options& options, const Settings& settings,
                                       const Io& io, const PluginNeeds& needs = {});

// What of pintu.yaml's plugins would have open_plugins() give nothing, with its places; `sources`
// are those that `settings` was read with. Starts and makes nothing.
void check_plugins(const Options& options, const Settings& settings, SourceSet& sources,
                   Diagnostics& diagnostics);

}  // namespace pintu::cli
