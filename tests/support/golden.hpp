// Golden text cases: an input file and, beside it, what is expected of it.
#pragma once

#include <functional>
#include <string>

#include "engine/base/diagnostic.hpp"
#include "engine/base/source.hpp"

namespace pintu::testing {

// For each file of tests/golden/<folder> whose name ends with `suffix`, in order of name: what
// `answer(name, text)` gives must equal the file <name>.expected; a difference prints both. With
// PINTU_REWRITE=1 the expected files are written instead. A folder without a case fails.
using Answer = std::function<std::string(const std::string& name, const std::string& text)>;
void check_golden(const std::string& folder, const std::string& suffix, const Answer& answer);

// Sorted, one after the other: "file:line:column: error[YA010]: message" in English and its hint,
// then the same in Indonesian. "no diagnostics" where there is none.
std::string rendered(const Diagnostics& diagnostics, const SourceSet& sources);

}  // namespace pintu::testing
