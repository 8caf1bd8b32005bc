// The threads of a node that wait for plugins: how they are ended without waiting for a slow one.
#pragma once

#include <atomic>
#include <functional>
#include <thread>
#include <vector>

#include "adapters/cli/plugins.hpp"

namespace pintu::cli {

class Workers {
  public:
    // `host` must outlive it.
    explicit Workers(PluginHost& host) : host_(host) {}
    ~Workers() { end(); }
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    void start(std::function<void()> job);
    // Waits for the jobs, which have been told to end. A plugin that is being asked has a few
    // seconds; then plugins in processes are ended, which is nobody's trouble: what they were about
    // comes again. More than once does nothing.
    void end();

  private:
    PluginHost& host_;
    std::vector<std::thread> threads_;
    std::atomic<int> at_work_{0};
};

}  // namespace pintu::cli
