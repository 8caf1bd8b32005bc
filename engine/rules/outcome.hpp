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
    Code value = kUnknown;        // after limits
    std::uint32_t layer = kNone;  // index in Decision::layers that answered
    std::vector<RuleId> rules;    // that gave the answer: one; several for collect, or in conflict
    std::vector<std::uint32_t> limits;  // indexes in Decision::limits that cut the answer
    bool by_otherwise = false;
    bool accepted_gap = false;          // R16: to the front desk, with an incident
    bool unknown_could_matter = false;  // R13
};

// Decides one decision: the oracle's and the compiled form's common signature is
//   Outcome decide(const Decision&, const Input&)
// A whole report: in Program::order, each outcome's value written into Input::values.

}  // namespace pintu::rules
