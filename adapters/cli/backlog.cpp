#include "adapters/cli/backlog.hpp"

#include <algorithm>
#include <chrono>

#include "adapters/cli/setup.hpp"
#include "adapters/clock/system_clock.hpp"
#include "adapters/store/store.hpp"

namespace pintu::cli {

using metrics::Metric;

Backlog::Backlog(const Options& options, metrics::Metrics& metrics)
    : metrics_(metrics), thread_([this, store = store_address(options)] { watch(store); }) {}

Backlog::~Backlog() {
    {
        const std::lock_guard guard(mutex_);
        end_ = true;
    }
    ended_.notify_all();
    thread_.join();
}

void Backlog::watch(const std::string& store) {
    constexpr std::chrono::milliseconds kEvery{10'000};
    constexpr int kShare = 10;
    std::unique_lock guard(mutex_);
    while (!end_) {
        guard.unlock();
        const auto start = std::chrono::steady_clock::now();
        look(store);
        const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::steady_clock::now() - start);
        guard.lock();
        ended_.wait_for(guard, std::max(kEvery, took * kShare), [this] { return end_; });
    }
}

void Backlog::look(const std::string& store) {
    const auto status = store::status(store, clock::SystemClock().now());
    if (!status) return metrics_.add(Metric::store_errors, 1, status.error().code);
    const auto set = [&](Metric metric, std::uint64_t count) {
        metrics_.set(metric, static_cast<double>(count));
    };
    set(Metric::due_timers, status->due_timers);
    set(Metric::pending_commands, status->commands);
    set(Metric::unsent_effects, status->effects);
    set(Metric::unsequenced_events, status->unsequenced);
    set(Metric::open_incidents, status->open_incidents);
}

}  // namespace pintu::cli
