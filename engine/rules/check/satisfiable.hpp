// Inside the check room: can conditions hold together? A bounded search over the few values that
// their atoms tell apart (R19). The analysis answers the general question; this serves the checks
// that compare a handful of conditions.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "engine/rules/model.hpp"
#include "engine/rules/outcome.hpp"

namespace pintu::rules {

enum class Possible { no, yes, not_proved };

struct Example {
    Possible possible = Possible::no;
    Input input;                          // of `yes`
    std::vector<AttributeId> attributes;  // that were varied: what to show of it
};

// Looks for an input on which `holds` is true, among all combinations of the values that the
// conditions (and `also`: attribute, value) tell apart. Others stay unknown. Gives up past 200,000.
Example find_example(const Program& program, const std::vector<const Condition*>& conditions,
                     const std::vector<std::pair<AttributeId, Code>>& also,
                     const std::function<bool(const Input&)>& holds);

// "kelas = permintaan_informasi, bahaya = akut"
std::string show_example(const Program& program, const Example& example);

}  // namespace pintu::rules
