// One command being decided: the case as it stands after the events so far, and what comes of it.
// Every step looks at stopped() after a step that may refuse, and does nothing more then.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/cases/decide/decide.hpp"
#include "engine/workflow/compile/holders.hpp"

namespace pintu::cases {

class Turn {
  public:
    // The state changes with each event; unless finish() accepts the command it is put back, also
    // where an exception ends the turn.
    Turn(State& state, const Command& command, const Context& context);
    ~Turn();
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

    // Reading.
    const State& state() const { return state_; }
    const Command& command() const { return command_; }
    const Context& context() const { return context_; }
    Instant now() const { return context_.now; }
    const bundle::Bundle& pinned() const { return *context_.pinned; }
    // The definitions of an agency as they are now; the case's own where that one is unknown.
    const bundle::Bundle& current(const AgencyCode& agency) const;
    const bundle::Bundle& current() const { return *current_; }
    const AgencyCode& agency() const;
    const workflow::Workflow* workflow() const { return workflow_; }
    const workflow::State* workflow_state() const;  // that the case is in; nullptr: unknown
    const rules::Ruleset* ruleset() const;          // in force at receipt (L8)
    const workflow::Offices& offices() const { return offices_; }
    Date today() const { return current().calendar.zone().date(now()); }

    // The command came to nothing. The first reason stays.
    void reject(std::string code, std::vector<std::string> args = {});
    // Only the store, or a plugin, knows: the command is decided again with the answer.
    void need(Question question);
    void need(FactQuestion question);
    void need(std::string name);
    bool stopped() const { return rejected_ || needs_; }

    // Adds an event and applies it. Nothing once stopped. `by_engine`: the engine's own doing.
    template <class Happened>
    void emit(Happened happened, bool by_engine = false) {
        if (stopped()) return;
        add_event(by_engine).payload.template emplace<Happened>(std::move(happened));
        apply_event();
    }
    // Seals a personal value of the event that is emitted next. Refused once the case is erased.
    Sealed seal(const std::string& path, const std::string& value);
    // A further effect: event and outbox.
    void request(std::string kind, std::string message, std::string whom, UnitId unit,
                 std::vector<PersonId> persons);
    void follow_up(CaseId to, std::string_view label, Body body);
    // For whoever sent the report: a value that was left out, say.
    void note(Error note) { result_.notes.push_back(std::move(note)); }
    void incident(std::string code, std::vector<std::string> args);

    // For the first event of a case.
    void open(CaseId id, AgencyCode agency, SubjectKey key);
    void mark_erased() { result_.erased = true; }
    // Counts moves from state to state; false, and refused, past the bound.
    bool may_move_again();

    Decision finish(std::optional<Wake> wake);

  private:
    // What is in force for the case's agency, and how its cases go.
    void look_up_agency();
    void look_up_workflow();
    // The envelope of the next event.
    Event& add_event(bool by_engine);
    void apply_event();
    std::string_view key() const { return result_.opened ? result_.key : context_.key; }
    void remember();
    void put_back() noexcept;

    State& state_;
    const bool is_new_;  // there was no case before
    bool accepted_ = false;
    std::unique_ptr<Progress> before_;  // as it was before the first event; nullptr: still is
    const Command& command_;
    const Context& context_;
    Accepted result_;
    std::optional<Rejected> rejected_;
    std::optional<Needs> needs_;
    const bundle::Bundle* current_ = nullptr;
    const workflow::Workflow* workflow_ = nullptr;
    workflow::Offices offices_;
    AgencyCode opened_in_;
    int moves_ = 0;
};

// The agency of a unit: "64.09" of "64.09/dpupr".
AgencyCode agency_of(const UnitId& unit);

// A value of a sorted list of pairs.
const std::string* find_value(const Values& values, const std::string& name);

}  // namespace pintu::cases
