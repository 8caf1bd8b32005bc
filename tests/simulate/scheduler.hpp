// Simulated time: what happens next happens at once, in order of its time, ties in the order in
// which they were asked for. Processes wait here; between two of their steps anything may happen.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <queue>
#include <string>
#include <vector>

#include "tests/simulate/fiber.hpp"

namespace pintu::simulate {

using Micros = std::int64_t;
constexpr Micros kMillisecond = 1'000;
constexpr Micros kSecond = 1'000'000;
constexpr Micros kHour = 3'600 * kSecond;
constexpr Micros kDay = 24 * kHour;

// Ends a process where it stands, as SIGKILL does: thrown out of whatever it waited for. Nobody
// but Scheduler catches it.
struct Killed {};

class Task {
  public:
    explicit Task(std::function<void()> body);
    bool ended() const { return fiber_.ended(); }

  private:
    friend class Scheduler;
    Fiber fiber_;
    std::uint64_t wait_ = 0;  // number of its present wait; 0: it does not wait
    Micros stopped_until_ = 0;
    bool killed_ = false;
};

class Scheduler {
  public:
    explicit Scheduler(Micros start) : now_(start) {}
    ~Scheduler() { shut_down(); }
    // Kills all tasks.
    void shut_down();

    Micros now() const { return now_; }
    void at(Micros when, std::function<void()> what);
    void after(Micros delay, std::function<void()> what) { at(now_ + delay, std::move(what)); }
    // The task lives as long as the scheduler.
    Task* spawn(std::function<void()> body);

    // From within a task.
    Task* current() const { return current_; }
    void sleep(Micros delay);
    // Begins a wait, to be ended by wake() with its number; then block() for it.
    std::uint64_t prepare();
    void block();

    void wake(Task* task, std::uint64_t wait, Micros delay = 0);
    // Not from within a task.
    void kill(Task* task);
    // It gets no time until then; what it waits for goes on.
    void stop(Task* task, Micros until) { task->stopped_until_ = until; }

    // The next thing happens. False: nothing is left.
    bool step();
    std::uint64_t steps() const { return steps_; }

  private:
    struct Due {
        Micros when;
        std::uint64_t order;
        Task* task;  // to wake; else `what`
        std::uint64_t wait;
        std::function<void()> what;
    };
    struct Later {
        bool operator()(const Due& a, const Due& b) const {
            return a.when != b.when ? a.when > b.when : a.order > b.order;
        }
    };
    void resume(Task* task);
    void push(Due due);

    Micros now_;
    std::uint64_t order_ = 0;
    std::uint64_t waits_ = 0;
    std::uint64_t steps_ = 0;
    std::vector<Due> due_;  // a heap
    std::vector<std::unique_ptr<Task>> tasks_;
    Task* current_ = nullptr;
};

}  // namespace pintu::simulate
