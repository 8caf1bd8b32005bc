// The few values that atoms tell apart (R19), and bounded searches over their combinations: can a
// handful of conditions hold together? The analysis answers the general questions; this serves the
// checker and explanations.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/rules/model.hpp"
#include "engine/rules/outcome.hpp"

namespace pintu::rules {

// One value of each class that comparisons with the constants tell apart, and perhaps a few more;
// without unknown.
std::set<Code> telling_values(const Program& program, const Domain& domain,
                              const std::set<Code>& constants);
// The constants with which the condition's atoms compare each attribute, added to `constants`.
void add_constants(const Condition& condition, std::map<AttributeId, std::set<Code>>& constants);
// R1: can a report leave it unknown?
bool may_be_unknown(const Attribute& attribute);

enum class Possible { no, yes, not_proved };

struct Example {
    Possible possible = Possible::no;
    Input input;                          // of `yes`
    std::vector<AttributeId> attributes;  // that were varied: what to show of it
};

// A condition that must be T, or must not.
struct Wish {
    const Condition* condition = nullptr;
    bool yes = true;
};

// Looks for an input on which every wish is met and `holds` is true, among all combinations of the
// values that the conditions (and `also`: attribute, value) tell apart. Others stay unknown. A part
// of the combinations is passed over as soon as a wish cannot be met there; gives up past 200,000
// steps.
Example find_example(const Program& program, const std::vector<Wish>& wishes,
                     const std::vector<std::pair<AttributeId, Code>>& also = {},
                     const std::function<bool(const Input&)>& holds = {});

// "kelas = permintaan_informasi, bahaya = akut"
std::string show_example(const Program& program, const Example& example);

}  // namespace pintu::rules
