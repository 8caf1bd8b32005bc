// One thread of a node: its inbox, its connection, its runtime.
#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "adapters/node/inbox.hpp"
#include "adapters/node/node.hpp"

namespace pintu::node {

class Node::Thread {
  public:
    enum class Role { decides, turns, both };

    Thread(const Settings& settings, Role role, Equipment equipment);

    Result<void> use(const runtime::Loadout& loadout) { return runtime_.use(loadout); }
    void start();
    // After close().
    void join();

    // From any thread.
    void put(Job job);
    void close() { inbox_.close(); }
    void add_to(Figures& figures) const;
    std::optional<Error> trouble() const;

  private:
    using Clock = std::chrono::steady_clock;

    void run_worker();
    void run_turner();
    void serve(std::vector<Job> jobs);
    void serve_reports(const runtime::IntakeOptions& options, std::vector<ReportJob> jobs);
    void serve_commands(std::vector<CommandJob> jobs);
    // Asks again while the error may pass and patience lasts.
    template <class Ask>
    auto patiently(const Ask& ask) -> decltype(ask());
    template <class Jobs, class Answers>
    void give(Jobs& jobs, Answers answers);

    // One turn at the next kind of work. True: something was done.
    bool take_turn();
    Result<bool> turn_at(std::size_t kind);
    void follow_definitions();
    void pause();
    void note(const Error& error);
    void note_well();

    const Settings settings_;
    const Role role_;
    Equipment equipment_;
    runtime::Runtime runtime_;
    Inbox inbox_;
    Inbox::Gathering gathering_;  // of the next batch
    std::thread thread_;
    std::size_t next_turn_ = 0;
    Clock::time_point looked_;

    std::atomic<std::uint64_t> batches_{0}, taken_{0}, largest_{0}, refused_{0}, failed_{0};
    std::atomic<std::uint64_t> turns_{0}, timers_{0}, effects_{0};
    mutable std::mutex trouble_mutex_;
    std::optional<Error> trouble_;
};

}  // namespace pintu::node
