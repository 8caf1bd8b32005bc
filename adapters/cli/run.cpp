#include "adapters/cli/commands.hpp"
#include "adapters/cli/played_year.hpp"
#include "adapters/cli/serve.hpp"
#include "adapters/cli/setup.hpp"
#include "adapters/metrics/responder.hpp"

namespace pintu::cli {
namespace {

std::optional<Instant> read_until(const Options& options, const RunArgs& args, const Io& io,
                                  bool& wrong) {
    if (args.until.empty()) return std::nullopt;
    const auto until = parse_moment(args.until, kLocalOffset);
    wrong = !until;
    if (wrong) say(io, options, "CL003", {args.until});
    return until;
}

}  // namespace

int run(const Options& options, const RunArgs& args, Io& io) {
    bool wrong = false;
    const auto until = read_until(options, args, io, wrong);
    if (wrong) return kWrongUsage;
    if (args.clock == "virtual") {
        if (!until) return say(io, options, "CL093"), kWrongUsage;
        return play_year(options, args, *until, io);
    }
    if (!args.metrics.empty() && !metrics::is_address(args.metrics))
        return say(io, options, "CL120", {args.metrics}), kWrongUsage;
    Settings settings;
    if (!read_settings(options, settings, io)) return kWrongUsage;
    RunArgs named = args;
    if (named.node.empty()) named.node = default_node_name();
    return serve(options, named, settings, until, io);
}

}  // namespace pintu::cli
