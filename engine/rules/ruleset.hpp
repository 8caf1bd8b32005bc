// The one door of the rules room for those who decide: a checked program and its compiled form.
#pragma once

#include <memory>

#include "engine/rules/model.hpp"
#include "engine/rules/outcome.hpp"

namespace pintu::text {
class Matcher;
}

namespace pintu::rules {

class Compiled;  // engine/rules/compile

struct Ruleset {
    std::shared_ptr<const Program> program;
    std::shared_ptr<const Compiled> compiled;
    std::shared_ptr<const text::Matcher> matcher;  // all probes of the program, one pass a text
};

// Decides one decision on the compiled form; the same as the oracle on every input.
Outcome decide(const Ruleset& ruleset, std::uint32_t decision, const Input& input);

}  // namespace pintu::rules
