#include <ostream>

#include "adapters/cli/commands.hpp"
#include "adapters/cli/engine.hpp"
#include "adapters/cli/in_force.hpp"

namespace pintu::cli {

// On purpose: also definitions that were in force before.
int publish(const Options& options, const PublishArgs& args, Io& io) {
    Options from = options;
    from.agency.clear();
    if (!args.directory.empty()) from.directory = args.directory;
    const Instant now = moment(options);
    auto definitions = load_definitions(from, now, io);
    if (!definitions) return kFailed;
    const std::string id = bundle::definitions_id(definitions->files);
    int exit = kFailed;
    const auto store = open_store(options, Access::write, io, exit);
    if (!store) return exit;
    const auto before = store->in_force();
    if (!before) return store_failed(options, before.error(), io);
    if (*before && **before == id) return say(io, options, "CL131", {short_id(id)}), kDone;
    EngineSettings settings;
    settings.now = now;
    settings.follow = Follow::folder;
    const auto engine = start_engine(from, *store, settings, io, exit);
    if (!engine) return exit;
    say(io, options, "CL130", {short_id(id)});
    return kDone;
}

}  // namespace pintu::cli
