// The engine as commands run it: a node among others for as long as the command lasts. What is in
// force for all nodes stands in the store; a command's own folder may be ahead of it, or broken.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "adapters/cli/facts.hpp"
#include "adapters/cli/io.hpp"
#include "adapters/cli/setup.hpp"
#include "adapters/metrics/measured_store.hpp"
#include "engine/cases/command/command.hpp"
#include "engine/runtime/runtime.hpp"
#include "plugins/host/plugins.hpp"

namespace pintu::cli {

// Where effects go that no plugin carries: beside the store's file, "FILE.outbox.jsonl"; of
// PostgreSQL var/DATABASE.outbox.jsonl below the definitions' folder. "/dev/null" of a store in
// memory.
std::string outbox_path(const Options& options);

// A runtime over a store, ready to decide. One thread's.
struct Engine {
    std::unique_ptr<ports::EventStore> store;  // counts what the one below answers; may be empty
    std::unique_ptr<ports::Entropy> entropy;
    std::unique_ptr<ports::Log> log;
    std::unique_ptr<ports::Blobs> blobs;
    std::unique_ptr<ports::Connector> file;     // the one below stands on it
    std::unique_ptr<ports::Connector> plugged;  // and the next on this
    std::unique_ptr<ports::Connector> connector;
    std::unique_ptr<plugged::PluginFacts> facts;  // of EngineSettings::plugins; else nothing
    std::unique_ptr<LoneFacts> lone_facts;        // where there are none
    std::unique_ptr<runtime::Runtime> runtime;
};

// What happens to effects: performed, performed without waiting for the disk, or left to others.
enum class Effects { perform, play, leave };

// Whose definitions count where the folder's are other ones than those in force.
enum class Follow {
    folder,  // publish the folder's: a played year
    fresh,   // publish the folder's where the store has never seen them; else the store's count
    store,   // the store's, if it has any
    kept     // the store's, and the folder is not read
};

struct EngineSettings {
    Instant now;
    Effects effects = Effects::leave;
    Follow follow = Follow::fresh;
    std::string outbox;                 // "": outbox_path()
    std::optional<std::uint64_t> seed;  // of a played year; nothing: the kernel's randomness
    metrics::Metrics* metrics = nullptr;
    // A node's, which outlive the engine: they answer facts and carry messages. Nothing: those that
    // answer facts are started for this command alone, when the first is asked, and all messages go
    // to the outbox file.
    plugins::Plugins* plugins = nullptr;
    std::int64_t fact_patience_ms = 0;  // as of plugged::PluginFacts
    runtime::Settings runtime;
};
// `store` must outlive it. `log`: nullptr is standard error. Says what is wrong and gives nothing;
// then `exit` is set.
std::optional<Engine> start_engine(const Options& options, ports::EventStore& store,
                                   const EngineSettings& settings, const Io& io, int& exit,
                                   std::unique_ptr<ports::Log> log = nullptr);

// What a command that is over in a moment does: on a file it publishes edited definitions and
// performs effects, as there may be nobody else; in a PostgreSQL it leaves both to the nodes.
EngineSettings lone_settings(const Options& options, Instant now);

// The outcome of a command that was left in the queue: taken from whichever node decides it, this
// one among them. Nothing (and `exit`) where that takes longer than `wait_s`.
std::optional<ports::CommandOutcome> await(const Options& options, ports::EventStore& store,
                                           const CommandId& id, Instant now, std::int64_t wait_s,
                                           const Io& io, int& exit);

// Gives events their places in the logs until there are no more to place: for commands after which
// there may be no node. What cannot be done now is done by the next one.
void sequence_all(ports::EventStore& store);

// Who says so: a person of the registry, or "pelapor" (also "reporter"), the reporter.
cases::Actor actor_named(const std::string& name);

// Leaves a command for the case in the queue and waits as await() does.
std::optional<ports::CommandOutcome> send(const Options& options, ports::EventStore& store,
                                          const cases::CaseRow& row, const cases::Actor& actor,
                                          cases::Body body, std::int64_t wait_s, const Io& io,
                                          int& exit);

// A refused command: why, and what would be allowed.
void print_refusal(const Options& options, const ports::CommandOutcome& outcome,
                   const std::string& actor, const Io& io);

}  // namespace pintu::cli
