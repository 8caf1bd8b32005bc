// A few threads and a bounded queue in front of them.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace pintu::http {

class Workers {
  public:
    Workers(std::size_t threads, std::size_t most_waiting);
    ~Workers();  // stop()
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    // False: the queue is full, or stop() was called. `work` must not throw.
    bool post(std::function<void()> work);
    // What has begun is waited for, what waits is dropped.
    void stop();

  private:
    void run();
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> waiting_;
    const std::size_t most_waiting_;
    std::size_t free_;  // threads that wait for work
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace pintu::http
