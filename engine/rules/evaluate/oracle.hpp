// The reference evaluator: language.md R1 to R18, L2 and L4 word by word, with no thought for
// speed. Tests hold the compiled form against it; nothing else decides what a rule means.
#pragma once

#include <compare>
#include <vector>

#include "engine/rules/model.hpp"
#include "engine/rules/outcome.hpp"

namespace pintu::rules {

// R3, R4, R11: an atom on an unknown value is U, but for `is known` and `is unknown`; a place above
// the asked node is U; a duration that cannot be compared with the constant is U.
Truth truth_of(const Program& program, const Atom& atom, const Input& input);
Truth truth_of(const Program& program, const Condition& condition, const Input& input);

// The value that a rule answers; kUnknown where it reads an unknown attribute, and where
// office_for has no row (R12).
Code answer_of(const Program& program, const Answer& answer, const Input& input);

// The truth of a whole rule: its condition, and its answer's (an unknown argument of office_for or
// an unknown attribute after `->` is U, no row of the registry F), and F where it answers one of
// Input::excluded_owners (R18). Only T rules fire and set others aside.
Truth truth_of(const Program& program, const Rule& rule, const Input& input);

// Order of two values of an ordered domain (R11 for durations); unordered where they have none.
std::partial_ordering compare(const Domain& domain, Code a, Code b);

// Decides one decision. Total: every input gives exactly one outcome. Durations that have no
// order, met by `shortest` or `longest`, are a conflict; a limit that has no order with the answer
// does not cut it (the analysis lets neither through).
Outcome oracle_decide(const Program& program, const Decision& decision, const Input& input);

// The same without the weighing of unknowns (Outcome::unknown_could_matter stays false).
Outcome oracle_answer(const Program& program, const Decision& decision, const Input& input);

// The whole report, in Program::order: a fact that is unknown in `input` takes its `else`; each
// decision's value is written into `input`. Outcomes by index in Program::decisions.
std::vector<Outcome> evaluate_all(const Program& program, Input& input);

// Everything unknown, no text matched; required fields have their default.
Input empty_input(const Program& program);

}  // namespace pintu::rules
