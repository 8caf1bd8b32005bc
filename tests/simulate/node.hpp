// One node of the engine: a real Runtime on a stack of its own, with a connection, a clock and
// secrets of its own. It may be killed, stopped and started at any moment.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <variant>

#include "engine/ports/connector.hpp"
#include "tests/simulate/world.hpp"

namespace pintu::simulate {

// Where effects go. Whoever receives them knows their keys and does nothing twice; some it refuses
// for good. Answers may be late, or lost.
class FarSide : public ports::Connector {
  public:
    FarSide(World& world, Condition& condition) : world_(world), condition_(condition) {}
    std::vector<ports::Performed> perform(const std::vector<ports::Message>& messages) override;

  private:
    ports::Performed perform_one(const cases::Effect& effect);
    World& world_;
    Condition& condition_;
};

class NodeLog : public ports::Log {
  public:
    NodeLog(World& world, int number) : world_(world), number_(number) {}
    void write(ports::LogLevel level, const std::string& code,
               const std::vector<std::string>& args) override;

  private:
    World& world_;
    int number_;
};

// What came to a node, and how its answer goes back. `answer` only sends it off.
struct ReportRequest {
    cases::Report report;
    AgencyCode intake;
    std::function<void(const Result<runtime::IntakeAnswer>&)> answer;
};
struct CommandRequest {
    cases::Command command;
    std::function<void(const Result<ports::CommandOutcome>&)> answer;
};

class Node {
  public:
    Node(World& world, int number);

    void start();
    void kill();
    void stop(Micros length);
    bool alive() const { return task_ != nullptr; }
    // Nobody answers for a node that is not alive.
    void receive(ReportRequest request);
    void receive(CommandRequest request);
    // The store's notice has come.
    void told();
    // The store has changed, which nobody tells the node: whether a poll finds it.
    void store_changed();
    void set_clock(Micros offset);
    // Of its inbox, since it began; nothing: none waits there.
    std::optional<std::uint64_t> served_before_what_waits() const;
    Micros clock_offset() const { return clock_offset_; }
    Condition& condition() { return condition_; }

  private:
    Instant now() const { return {world_.scheduler.now() + clock_offset_}; }
    void live();
    void begin(runtime::Runtime& runtime);
    bool serve(runtime::Runtime& runtime);
    void take_reports(runtime::Runtime& runtime);
    void take_commands(runtime::Runtime& runtime);
    bool take_turns(runtime::Runtime& runtime);
    void refresh(runtime::Runtime& runtime);
    bool inbox_waits() const { return !reports_.empty() || !commands_.empty(); }
    void came_in();
    void rest();
    void plan_poll();
    // True where there is none; else it waits a little, or ends the world where it cannot pass.
    bool fine(const std::optional<Error>& error);

    World& world_;
    int number_;
    Chance chance_;
    Condition condition_;
    Connection connection_;
    SimulatedEntropy entropy_;
    FarSide far_side_;
    NodeLog log_;
    runtime::Settings settings_;
    Task* task_ = nullptr;
    std::uint64_t resting_ = 0;  // number of its wait, while it has nothing to do
    Micros polls_at_ = 0;        // while it rests: the next poll that is played
    std::uint64_t seen_changes_ = 0;
    std::uint64_t seen_publications_ = 0;
    std::uint64_t served_ = 0;
    Micros clock_offset_ = 0;
    std::deque<ReportRequest> reports_;
    std::deque<CommandRequest> commands_;
};

}  // namespace pintu::simulate
