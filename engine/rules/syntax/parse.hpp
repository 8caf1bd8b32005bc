// Text of a rule file -> tree. The only Spirit X3 files are behind this header.
#pragma once

#include <optional>

#include "engine/base/diagnostic.hpp"
#include "engine/rules/syntax/ast.hpp"

namespace pintu::rules::syntax {

// Collects several errors a file: after one the parser goes on at the next block (lexicon, fact,
// decide, limit, prove, accept, test). Nothing only where the header cannot be read or the file is
// not text. With errors in `diagnostics` the tree is for further checking only, never for use.
// Bounded: 1 MiB of text, nesting 200, 100,000 nodes.
std::optional<File> parse(const Source& source, Diagnostics& diagnostics);

}  // namespace pintu::rules::syntax
