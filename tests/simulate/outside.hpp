// The people: citizens who report, over a network that loses, and again until they are answered;
// officers who act; an operator; somebody who publishes.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/simulate/node.hpp"
#include "tests/simulate/world.hpp"

namespace pintu::simulate {

class Outside {
  public:
    explicit Outside(World& world);

    // What will happen in the first `length` of the world.
    void begin(Micros length);
    // From now on whoever waits asks until there is an answer, and officers finish what is open.
    void finish();
    bool all_answered() const;
    // Puts definitions in force, until the store says that they are.
    void publish(const runtime::Loadout& loadout);

  private:
    struct Report {
        cases::Report report;
        AgencyCode intake;
        std::string name;
        bool done = false;  // answered, or refused for good
        int tries = 0;
    };
    struct Asked {
        cases::Command command;
        bool done = false;
        int tries = 0;
    };
    // A process of its own, such as `pintu case act`.
    struct Client {
        Condition condition;
        std::unique_ptr<Connection> connection;
    };

    void make_report(std::size_t number);
    void send(Report& report, bool changed);
    void ask_again(Report& report);
    void act_somewhere();
    void act_on(const CaseId& id, const StoredRows& rows, bool sensibly);
    cases::Body something(const CaseId& id, const StoredRows& rows, bool sensibly,
                          cases::Actor& actor);
    cases::Body some_event(const workflow::State& state, const StoredRows& rows, bool sensibly,
                           cases::Actor& actor);
    cases::Answers answers_of(const workflow::EventSpec& event, const StoredRows& rows);
    const workflow::State* state_of(const StoredRows& rows) const;
    void give(Asked& asked);
    void submit(Asked& asked);
    void answered(Asked& asked, const Result<ports::CommandOutcome>& outcome);
    void retry_incidents();
    Client& client();
    Node& some_node() { return *world_.nodes[chance_.below(world_.nodes.size())]; }
    bool lost() { return !world_.calm && chance_.permille(60); }
    Micros travel() { return chance_.between(kMillisecond, 200 * kMillisecond); }

    World& world_;
    Chance chance_;
    std::deque<Report> reports_;
    std::deque<Asked> asked_;
    std::map<CaseId, int> acts_;
    std::vector<std::unique_ptr<Client>> clients_;
};

}  // namespace pintu::simulate
