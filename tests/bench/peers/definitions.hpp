// The translated workload through the real parser and checker.
#pragma once

#include <memory>
#include <string>

#include "engine/rules/ruleset.hpp"

namespace pintu::bench {

// `folder` is one size of translate_pintu.py's output. Ends the program where the definitions have
// errors. Not yet compiled, without a matcher.
rules::Ruleset load_program(const std::string& folder);

}  // namespace pintu::bench
