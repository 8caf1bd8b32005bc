// The steps that commands are made of. Each works on a Turn and stops with it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/cases/decide/turn.hpp"

namespace pintu::cases {

// Rules (rules.cpp).

// Decides one decision on the recorded facts, computing those that it reads and that nobody has yet
// (R6); then the owner, the privacy and the clocks follow it. `asked`: by the command's actor.
void decide_by_rules(Turn& turn, const std::string& decision, bool excluding_previous,
                     bool asked = false);
// Only if it was never decided.
void ensure_decided(Turn& turn, const std::string& decision);
// What follows a decision's new value: owner, privacy, lengths of clocks.
void follow_decision(Turn& turn, const std::string& decision, const std::string& why);
// The owner by decision, action or person. Empty: the front desk.
void assign(Turn& turn, const UnitId& owner, const std::string& why);
// A value as histories write it: units in full, so that they can be read without the program.
std::string text_of(const rules::Program& program, const rules::Domain& domain, rules::Code code);
inline constexpr const char* kUnknownValue = "unknown";
// What rules read of a case: all that is recorded of it, by name.
rules::Input input_of(const rules::Program& program, const State& state);
// The same decision again from what is recorded: for replay. `excluded`: owners that may not be
// answered (Decided::excluded).
Decided decided_again(const rules::Ruleset& ruleset, const State& state,
                      const std::string& decision, const std::vector<UnitId>& excluded);

// Facts (facts.cpp).

// Records a fact that was not found out yet: counted by the store, or answered by a plugin.
void ensure_fact(Turn& turn, const rules::Program& program, const rules::Fact& fact);

// Clocks (clocks.cpp).

// What entering the case's present state does to its clocks and waits. `at_receipt`: the first
// state of a new case, whose clocks start at receipt (C1).
void turn_clocks(Turn& turn, bool at_receipt);
void clocks_follow_length(Turn& turn, const std::string& decision);
// C10; `why`: "calendar" or "owner".
void clocks_follow_calendar(Turn& turn, const std::string& why, bool only_owners);
void start_waits(Turn& turn);
// All that is due at the turn's time, the earliest first, `after` moves included.
void fire_due(Turn& turn);
// Has the time of an event's `within` gone by?
bool too_late(const State& state, const std::string& event, Instant now);
std::optional<Wake> next_wake(const Turn& turn);
// Moves a clock to another version of its spec (migrate.cpp).
void restart_clock(Turn& turn, const std::string& clock);
void recompute_clock(Turn& turn, const std::string& clock);
void stop_clock(Turn& turn, const std::string& clock);

// Privacy (privacy.cpp).

// The key of the case's personal values goes with the commit; commitments stay (UU 27/2022 art.
// 43).
void destroy_personal(Turn& turn, const std::string& why, bool by_engine);
// Is a text that is needed asked for? Not of an open case whose personal data were destroyed:
// nothing could keep it, and the case has to come to its end.
bool asks_texts(const State& state);

// People (people.cpp).

struct Office {
    UnitId unit;
    std::vector<PersonId> persons;
};
Office office(const Turn& turn, const workflow::Who& who);
// Does the command's actor hold that office?
bool holds(const Turn& turn, const workflow::Who& who);
// Somebody of the case's agency, its parents, or its owner's, in office today.
bool is_official(const Turn& turn);

// Moving (enter.cpp).

// Leaves the state for another and does all that the other does on entry: `do`, clocks, then choose
// or transfer.
void enter(Turn& turn, Transitioned move, bool by_engine);
// A case that waits where it could not choose, because nobody had decided, goes on.
void choose_again(Turn& turn, const std::string& decision);
// Does this answer name something that the workflow needs (where to transfer, what to merge into),
// so that it is kept in the open?
bool is_plain_answer(const workflow::Workflow& workflow, const std::string& name);

// Joins the case to another, which counts its supporters (link.cpp).
void merge_into(Turn& turn, const CaseId& parent, bool by_engine);

// Cases like this one (similar.cpp): what to ask for, as far as it can be told now.
std::optional<Question> similar_question(const Turn& turn);

// Fields (fields.cpp).

// Is this text a value of the field? "" never is.
bool is_value_of(const registry::Field& field, const bundle::Bundle& bundle,
                 const std::string& value);
// What the field's type allows, for people.
std::string values_of(const registry::Field& field);

}  // namespace pintu::cases
