// Commits as the engine makes them, for tests and benchmarks of stores: cases that are received and
// then moved on, with everything that goes with an event.
#pragma once

#include <map>
#include <string>

#include "engine/ports/store.hpp"

namespace pintu::testing {

class SampleCases {
  public:
    explicit SampleCases(AgencyCode agency = AgencyCode("64.09")) : agency_(std::move(agency)) {}

    // A new case: four events, two personal values, its key, row, timer, intake key and an effect.
    // `command`: the case's own that opens it.
    void receive(ports::Commit& commit, const std::string& name, Instant at,
                 const std::string& command = "");
    // The case goes to another state: two events, a personal value, row, timer and an effect.
    void move(ports::Commit& commit, const std::string& name, const std::string& state, Instant at);
    // The same by a command of the case's own, whose outcome is added: what its last event tells.
    void act(ports::Commit& commit, const std::string& name, const std::string& state, Instant at,
             const std::string& command);
    CommandId command(const std::string& name, const std::string& command) const;
    // Events that the store refused: the case is where it was before.
    void forget(const std::string& name) { cases_.erase(name); }

    CaseId id(const std::string& name) const;
    ports::IntakeKey intake_key(const std::string& name) const;
    const cases::CaseRow& row(const std::string& name) const { return cases_.at(name).row; }

  private:
    struct Case {
        cases::CaseRow row;
        Digest last{};
        std::string key;
    };
    void add_event(ports::Commit& commit, Case& of, cases::Payload payload, Instant at);
    cases::Sealed keep(ports::Commit& commit, const Case& of, const std::string& path,
                       const std::string& value);
    void add_effect(ports::Commit& commit, const Case& of, const std::string& kind, Instant at);
    void add_outcome(ports::Commit& commit, const Case& of, Instant at);
    void add_update(ports::Commit& commit, Case& of, Instant at);

    AgencyCode agency_;
    CommandId command_;  // of the next events; empty: one for each
    std::map<std::string, Case> cases_;
};

}  // namespace pintu::testing
