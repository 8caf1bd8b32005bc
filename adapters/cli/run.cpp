#include <chrono>
#include <csignal>
#include <filesystem>
#include <ostream>
#include <thread>

#include "adapters/cli/commands.hpp"
#include "adapters/cli/engine.hpp"
#include "adapters/cli/played_year.hpp"
#include "adapters/clock/system_clock.hpp"
#include "adapters/files/definitions.hpp"

namespace pintu::cli {
namespace {

volatile std::sig_atomic_t stop_asked = 0;

void ask_to_stop(int) {
    stop_asked = 1;
}

// Errors of the store that pass by themselves: another process is writing, the disk is full.
bool passes(const Error& error) {
    return error.code == "ST001" || error.code == "ST002";
}

// Loads edited definitions; bad ones are refused with their diagnostics and the old ones stay.
// False: the store could not take them now, and they are to be tried again.
bool swap_definitions(const Options& options, Engine& engine, Instant now, const Io& io) {
    auto definitions = load_definitions(options, now, io);
    if (!definitions) return say(io, options, "CL091"), true;
    const auto used = engine.runtime->use(
        {std::move(definitions->files),
         std::make_shared<const bundle::Library>(std::move(definitions->library)),
         local_date(now)});
    if (used)
        say(io, options, "CL092");
    else
        say(io, options, used.error());
    return used || !passes(used.error());
}

// Until asked to stop, or `until`: timers, queue, effects, and edited definitions once a second.
int serve(const Options& options, Engine& engine, std::optional<Instant> until, const Io& io) {
    constexpr auto kPause = std::chrono::milliseconds(50);
    constexpr std::int64_t kLookMicros = kMicrosPerSecond;
    clock::SystemClock clock;
    std::string stamp = files::definitions_stamp(options.directory).value_or("");
    Instant looked = clock.now();
    std::string waits_for;  // code of what the store suffers from, said once
    while (stop_asked == 0) {
        const Instant now = clock.now();
        if (until && now >= *until) return kDone;
        if (now.micros - looked.micros >= kLookMicros) {
            looked = now;
            const auto fresh = files::definitions_stamp(options.directory);
            if (fresh && *fresh != stamp && swap_definitions(options, engine, now, io))
                stamp = *fresh;
        }
        const auto stepped = engine.runtime->step(now);
        if (!stepped && !passes(stepped.error())) return store_failed(options, stepped.error(), io);
        const std::string trouble = stepped ? "" : stepped.error().code;
        if (!trouble.empty() && trouble != waits_for) say(io, options, stepped.error());
        waits_for = trouble;
        if (!stepped || stepped->idle) std::this_thread::sleep_for(kPause);
    }
    return kInterrupted;
}

std::optional<Instant> read_until(const Options& options, const RunArgs& args, const Io& io,
                                  bool& wrong) {
    if (args.until.empty()) return std::nullopt;
    constexpr std::int32_t kWitaOffset = 8 * 3600;
    const auto until = parse_moment(args.until, kWitaOffset);
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
    int exit = kFailed;
    const auto store = open_store(options, Access::write, io, exit);
    if (!store) return exit;
    const auto lock = EngineLock::take(store_address(options));
    if (!lock) return say(io, options, "CL090", {store_address(options)}), kTryLater;
    clock::SystemClock clock;
    auto engine = start_engine(options, *store, clock.now(), Effects::perform, std::nullopt, io);
    if (!engine) return kFailed;
    std::signal(SIGINT, ask_to_stop);
    std::signal(SIGTERM, ask_to_stop);
    say(io, options, "CL094", {store_address(options)});
    return serve(options, *engine, until, io);
}

}  // namespace pintu::cli
