// Where the grammar failed -> the diagnostic that an admin can act on.
#pragma once

#include "engine/base/diagnostic.hpp"
#include "engine/rules/syntax/grammar.hpp"

namespace pintu::rules::syntax {

// Adds the one diagnostic that fits. `indonesian`: the file is written in Indonesian, so expected
// words are named in it. True where the offending token was meant as a name: the statement that it
// seems to start is none.
bool explain(Slice slice, const Failure& failure, bool indonesian, Diagnostics& diagnostics);

}  // namespace pintu::rules::syntax
