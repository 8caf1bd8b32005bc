// What a decision gives, and why: the same shape from the oracle and from the compiled form.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/rules/model.hpp"

namespace pintu::rules {

// What a decision reads. values[i] of attribute i (kUnknown where unknown; texts have no value);
// probes[i] 1 or 0. Decided attributes are filled in stratum by stratum.
struct Input {
    std::vector<Code> values;
    std::vector<std::uint8_t> probes;
    std::vector<UnitId> excluded_owners;  // R18: `decide D excluding previous`; usually empty
};

struct Outcome {
    enum class Status { decided, undecided, conflict };
    Status status = Status::undecided;
    Code value = kUnknown;  // after limits
    // Index in Decision::layers that answered or is in conflict; of collect the most local layer
    // that added something, kNone where none did (the answer is then the empty set).
    std::uint32_t layer = kNone;
    // That gave the answer: the first in rule order that gives it; of collect all that fired, of
    // a conflict all that stand against each other; each in the order of layers and rules.
    std::vector<RuleId> rules;
    std::vector<std::uint32_t> limits;  // indexes in Decision::limits that changed the answer
    bool by_otherwise = false;
    bool accepted_gap = false;  // R16: to the front desk, with an incident
    // R13: some rule is U that reads an attribute which is unknown here and which no rule of this
    // decision tests with `is known` or `is unknown`; and were that rule alone T, answering what
    // it now answers, the value or status would be another (an answer that is itself unknown counts
    // as another). Whether the rule stands in a layer that was asked makes no difference.
    bool unknown_could_matter = false;
};

// Decides one decision: the oracle's and the compiled form's common signature is
//   Outcome decide(const Decision&, const Input&)
// A whole report: in Program::order, each outcome's value written into Input::values.

}  // namespace pintu::rules
