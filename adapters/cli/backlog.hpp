// Looks at what waits in the store, of all agencies, and puts it into the metrics: in a thread and
// over connections of its own, so that a slow answer holds up nobody.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "adapters/cli/io.hpp"
#include "adapters/metrics/metrics.hpp"

namespace pintu::cli {

class Backlog {
  public:
    // Looks at once, then every ten seconds; more seldom where a look takes over a tenth of that.
    Backlog(const Options& options, metrics::Metrics& metrics);
    // Ends its thread once the look that it is at is over.
    ~Backlog();
    Backlog(const Backlog&) = delete;
    Backlog& operator=(const Backlog&) = delete;

  private:
    void watch(const std::string& store);
    void look(const std::string& store);

    metrics::Metrics& metrics_;
    std::mutex mutex_;
    std::condition_variable ended_;
    bool end_ = false;
    std::thread thread_;
};

}  // namespace pintu::cli
