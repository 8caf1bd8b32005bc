// Text of a rule file -> tree. The only Spirit X3 files are behind this header.
#pragma once

#include <optional>

#include "engine/base/csv.hpp"
#include "engine/base/diagnostic.hpp"
#include "engine/rules/syntax/ast.hpp"

namespace pintu::rules::syntax {

// Bounds; past them a diagnostic, never a crash.
constexpr std::size_t kMostBytes = std::size_t{1} << 20;
constexpr std::size_t kMostTokens = 200'000;
constexpr std::size_t kDeepestNesting = 200;

// Collects several errors a file: after one the parser goes on at the next rule, row or block
// (lexicon, fact, decide, limit, prove, accept gap, test). Nothing only where the header cannot be
// read or the file is not text. With errors in `diagnostics` the tree is for further checking only,
// never for use.
std::optional<File> parse(const Source& source, Diagnostics& diagnostics);

// The rows of a table's CSV (R14): the header must be the table's inputs in their order, then the
// decision, then optionally `because`. Row::line counts the header as 1. Broken rows are left out.
std::vector<Row> parse_rows(const Source& csv, const Table& table, const Name& decision,
                            Diagnostics& diagnostics);

}  // namespace pintu::rules::syntax
