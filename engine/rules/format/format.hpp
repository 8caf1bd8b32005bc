// The canonical layout of a rule file.
#pragma once

#include <string>

#include "engine/base/source.hpp"
#include "engine/rules/syntax/ast.hpp"

namespace pintu::rules {

// The same file, laid out: blocks apart by a blank line, rules below their decision, arrows in one
// column, at most 100 columns where strings allow. Every comment stays with what it stood beside or
// above; every word stays in the language it was written in. Idempotent, and the result parses to
// the same tree.
// Precondition: `file` is `source` parsed without an error.
std::string format(const Source& source, const syntax::File& file);

}  // namespace pintu::rules
