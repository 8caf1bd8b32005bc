// One statement's tokens -> its node. The grammar itself is in grammar.cpp, the only file that sees
// Spirit X3; parse.cpp cuts a file into statements and words the failures.
#pragma once

#include <vector>

#include "engine/rules/syntax/ast.hpp"
#include "engine/rules/syntax/scan.hpp"

namespace pintu::rules::syntax {

// What could have stood at some place.
struct Expected {
    enum class Kind : std::uint8_t { keyword, sign, name, value, text, number, date, type, verb };
    Kind kind = Kind::keyword;
    Keyword keyword = Keyword::none;
    std::string_view sign;
    bool operator==(const Expected&) const = default;
};

// Stands for each of them in Expected::sign.
constexpr std::string_view kComparisons = "= != < <= > >=";

// The tokens of one statement; *last is readable (the next statement's first, or Kind::end).
struct Slice {
    const Token* first = nullptr;
    const Token* last = nullptr;
};

// The furthest token that fitted nothing, and what would have.
struct Failure {
    const Token* at = nullptr;
    std::vector<Expected> expected;
    bool complete = false;  // what stands before it is a whole statement
};

// Each gives true where the whole slice is that statement; else `failure` says why not, and the
// node holds what was read before.
bool read(Slice slice, File& header, Failure& failure);  // ruleset ... schema NAME
bool read(Slice slice, Lexicon& lexicon, Failure& failure);
bool read(Slice slice, Fact& fact, Failure& failure);
bool read(Slice slice, Decide& head, Failure& failure);  // decide NAME : TYPE POLICY
bool read(Slice slice, Table& head, Failure& failure);   // table "file" (a, b)
bool read(Slice slice, Row& row, Failure& failure);
bool read(Slice slice, Rule& rule, Failure& failure);
bool read(Slice slice, Otherwise& otherwise, Failure& failure);
bool read(Slice slice, Limit& limit, Failure& failure);
bool read(Slice slice, Prove& prove, Failure& failure);
bool read(Slice slice, AcceptGap& gap, Failure& failure);
bool read(Slice slice, Test& test, Failure& failure);
bool read(Slice slice, Cell& cell, Failure& failure);
bool read(Slice slice, Answer& answer, Failure& failure);

}  // namespace pintu::rules::syntax
