// The engine as commands run it: one process at a time decides; the others leave commands in the
// store for it.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "adapters/cli/io.hpp"
#include "adapters/cli/setup.hpp"
#include "engine/cases/command/command.hpp"
#include "engine/runtime/runtime.hpp"

namespace pintu::cli {

// Held by the process that runs the engine over a store; gone with the process, however it ends.
class EngineLock {
  public:
    // Nothing where another process holds it.
    static std::optional<EngineLock> take(const std::string& store_address);
    EngineLock(EngineLock&& other) noexcept : file_(other.file_) { other.file_ = -1; }
    EngineLock& operator=(EngineLock&&) = delete;
    ~EngineLock();

  private:
    explicit EngineLock(int file) : file_(file) {}
    int file_;
};

// Where effects go until plugins exist: beside the store, "FILE.outbox.jsonl".
std::string outbox_path(const std::string& store_address);

// A runtime over a store with the definitions that Options name, ready to decide.
struct Engine {
    std::unique_ptr<ports::Entropy> entropy;
    std::unique_ptr<ports::Connector> connector;
    std::unique_ptr<ports::Log> log;
    std::unique_ptr<runtime::Runtime> runtime;
};
// What happens to effects: performed, by whoever holds the lock, or left for that process.
// `play`: performed without waiting for the disk.
enum class Effects { perform, play, leave };
// `seed`: of a played year; nothing: the kernel's randomness. `log`: nullptr is standard error.
// Says what is wrong and gives nothing.
std::optional<Engine> start_engine(const Options& options, ports::EventStore& store, Instant now,
                                   Effects effects, std::optional<std::uint64_t> seed, const Io& io,
                                   std::unique_ptr<ports::Log> log = nullptr);

// The outcome of a command that was left in the queue: waits for the engine that runs, or, where
// none runs, decides it here. Nothing (and `exit`) where neither answered within `wait_s`.
std::optional<ports::CommandOutcome> await(const Options& options, ports::EventStore& store,
                                           const CommandId& id, Instant now, std::int64_t wait_s,
                                           const Io& io, int& exit);

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
