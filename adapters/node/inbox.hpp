// What waits for a worker: bounded, any number of threads put in, one takes out.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <variant>
#include <vector>

#include "adapters/node/node.hpp"
#include "adapters/node/routes.hpp"

namespace pintu::node {

struct ReportJob {
    cases::Report report;
    runtime::IntakeOptions options;
    Answer<runtime::IntakeAnswer> answer;
    Routes::Way way = {};
};

struct CommandJob {
    cases::Command command;
    Answer<ports::CommandOutcome> answer;
    Routes::Way way = {};
};

using Job = std::variant<ReportJob, CommandJob>;

class Inbox {
  public:
    explicit Inbox(std::size_t most) : most_(most) {}

    enum class Put { taken, full, closed };
    // Moves from `job` only where it was taken.
    Put put(Job& job);
    // Whoever was just answered sends again at once: a batch that went without them would make
    // them wait for two.
    struct Gathering {
        std::size_t enough = 1;                         // go at once with so many
        std::chrono::steady_clock::time_point until{};  // and then with what there is
    };
    // What waits, in order, at most `most`; where nothing does, waits for the first until `wait`
    // has gone by or the inbox is closed, and for others as `gathering` says.
    std::vector<Job> take(std::size_t most, std::chrono::milliseconds wait, Gathering gathering);
    // How many wait.
    std::size_t size() const;
    // Nothing goes in any more; what is in can be taken out.
    void close();
    // Closed and empty.
    bool finished() const;
    // Waits so long, or until it is closed: true.
    bool closed_within(std::chrono::milliseconds wait);

  private:
    const std::size_t most_;
    mutable std::mutex mutex_;
    std::condition_variable came_;
    std::deque<Job> jobs_;
    std::size_t awaited_ = 1;  // so many jobs wake whoever takes them
    bool closed_ = false;
};

}  // namespace pintu::node
