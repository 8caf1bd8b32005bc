// A tree as canonical English text on one line a node, without comments: what the why quotes, what
// tells two facts apart, and how tests compare trees. parse(to_text(file)) gives the same text.
#pragma once

#include <string>

#include "engine/rules/syntax/ast.hpp"

namespace pintu::rules::syntax {

std::string to_text(const Literal& literal);
std::string to_text(const Atom& atom);
std::string to_text(const Condition& condition);
std::string to_text(const Answer& answer);
std::string to_text(const Type& type);
std::string to_text(const Fact& fact);
std::string to_text(const Rule& rule);
std::string to_text(const Item& item);
std::string to_text(const File& file);
std::string_view to_text(Comparison comparison);  // "=", "not in", "<="
std::string_view to_text(Policy policy);

// Equal but for spans and comments.
bool same(const File& a, const File& b);

}  // namespace pintu::rules::syntax
