// Inside the check room: tables in rule files and beside them -> rows as conditions and answers
// (R14).
#pragma once

#include <string>
#include <vector>

#include "engine/rules/check/scope.hpp"

namespace pintu::rules {

struct ResolvedRow {
    std::string name;  // "disposisi.csv:7"
    Condition when;
    Answer answer;
    std::string because;
    Span span;
};

// Rows of all tables of one decide block, in order. Reports RU145, RU146, RU148, RU149 and
// what parse_rows() says of a CSV.
std::vector<ResolvedRow> resolve_tables(StackScope& scope, const ActiveFile& file,
                                        const syntax::Decide& block, const Decision& decision);

}  // namespace pintu::rules
