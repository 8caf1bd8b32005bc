// Inside the check room: a constant as written -> its number, by the type that is expected (R2).
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/rules/check/scope.hpp"

namespace pintu::rules {

// One operand: a value, or a range of integers.
struct Constant {
    Code value = kUnknown;
    std::optional<std::pair<Code, Code>> range;
};

// Reports RU103 (with the nearest name), RU104, RU105 or RU106. `whose`: the attribute or decision.
std::optional<Constant> resolve_constant(StackScope& scope, const Domain& domain,
                                         const std::string& whose, const syntax::Literal& literal);
// The same where a range makes no sense.
std::optional<Code> resolve_value(StackScope& scope, const Domain& domain, const std::string& whose,
                                  const syntax::Literal& literal);
// Without a word: is the literal a constant of the domain?
std::optional<Constant> try_constant(StackScope& scope, const Domain& domain,
                                     const syntax::Literal& literal);
// All members of the set that the literals name.
std::optional<Code> resolve_set(StackScope& scope, const Domain& domain, const std::string& whose,
                                const std::vector<syntax::Literal>& literals);

}  // namespace pintu::rules
