// A node: threads, each with its own inbox, connection to the store and runtime; Routes says which
// job goes to which. A thread takes all that waits in its inbox, decides it, commits it as one and
// answers after the commit: while it writes, the next batch gathers, and for a moment after it, so
// that those who were just answered are in it too. So the batch grows with the load, and one lonely
// command goes at once. Two threads keep a machine busy: one decides while the other's commit is
// under way, and each sender waits for half as many others.
//
// Nothing is lost silently: a full inbox refuses (ND001), a node that stops refuses (ND002) and
// first finishes what it took. An error in an answer says what became of the command; where
// may_pass() holds it may be given again, with the same id.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/node/routes.hpp"
#include "engine/ports/clock.hpp"
#include "engine/runtime/runtime.hpp"

namespace pintu::node {

struct Settings {
    std::size_t workers = 1;     // threads that decide what comes in
    std::size_t turners = 1;     // threads that take turns; 0: the workers do, between two batches
    std::size_t batch = 1'000;   // most commands and reports in one commit
    std::size_t inbox = 10'000;  // most that wait, of each worker
    std::int64_t pause_ms = 50;  // of a turner that found nothing to do
    std::int64_t look_ms = 300;  // between two looks at what definitions are in force
    // How long a store that is busy, full or gone is asked again before the callers are told.
    std::int64_t patience_ms = 5'000;
    // Seconds that the definitions' local day is ahead of UTC.
    std::int64_t day_offset_s = 8 * 3'600;
    runtime::Settings runtime;
};

// What one thread works with; made once for each and used by it alone.
struct Equipment {
    std::unique_ptr<ports::EventStore> store;
    std::unique_ptr<ports::Entropy> entropy;
    std::unique_ptr<ports::Connector> connector;
    std::unique_ptr<ports::Log> log;
    std::unique_ptr<ports::Clock> clock;
};
using Equip = std::function<Result<Equipment>()>;

// Called once, on a worker's thread, after the commit. It must not throw, nor wait for another
// answer of the same node.
template <class T>
using Answer = std::function<void(Result<T>)>;

// What was done since the start; each figure by itself is exact.
struct Figures {
    std::uint64_t batches = 0;
    std::uint64_t taken = 0;    // commands and reports that were answered after a commit
    std::uint64_t largest = 0;  // batch
    std::uint64_t refused = 0;  // by a full inbox
    std::uint64_t failed = 0;   // answered with an error of the store
    std::uint64_t turns = 0;    // in which something was done
    std::uint64_t timers = 0;
    std::uint64_t effects = 0;
};

class Node {
  public:
    // Opens all connections first: an error here is that of the first that could not be opened.
    static Result<std::unique_ptr<Node>> start(const Settings& settings, const Equip& equip,
                                               const runtime::Loadout& loadout);
    ~Node();  // stop()
    Node(const Node&) = delete;
    Node& operator=(const Node&) = delete;

    // From any thread. The answer comes after the commit; where the inbox is full or closed it
    // comes at once, on this thread.
    void submit(cases::Report report, runtime::IntakeOptions options,
                Answer<runtime::IntakeAnswer> answer);
    void submit(cases::Command command, Answer<ports::CommandOutcome> answer);
    // The same, to wait for.
    std::future<Result<runtime::IntakeAnswer>> submit(cases::Report report,
                                                      runtime::IntakeOptions options = {});
    std::future<Result<ports::CommandOutcome>> submit(cases::Command command);

    // Refuses what comes from now on, finishes what was taken, and ends the threads.
    void stop();

    Figures figures() const;
    // Why turns or batches fail right now; nothing: they do not.
    std::optional<Error> trouble() const;

  private:
    class Thread;
    explicit Node(const Settings& settings);

    Settings settings_;
    Routes routes_;
    std::vector<std::unique_ptr<Thread>> threads_;  // the workers first
};

}  // namespace pintu::node
