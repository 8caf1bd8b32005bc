// A rule file's tokens cut into statements, and where comments hang: what format.cpp writes out.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/rules/syntax/scan.hpp"

namespace pintu::rules {

// One thing that begins a line: `ruleset ...`, `schema ...`, a block's first line, a lexicon's
// phrases, a table, a row, a rule, `otherwise`, `given`, `expect`.
struct Statement {
    syntax::Keyword start = syntax::Keyword::none;  // none: a lexicon's phrases
    std::size_t first = 0;                          // tokens, from first to before last
    std::size_t last = 0;
    std::size_t indent = 0;
    bool block = false;            // begins a block
    std::vector<std::size_t> pad;  // more blanks before a token, by place in the statement
};

struct Layout {
    const Source& source;
    std::vector<syntax::Token> tokens;  // the last one is Kind::end
    // Comments between the token before and this one, by the number of this one.
    std::vector<std::vector<const syntax::Comment*>> comments;
    std::vector<Statement> statements;

    const syntax::Token& token(const Statement& s, std::size_t i) const {
        return tokens[s.first + i];
    }
    bool has_inner_comments(const Statement& s) const;
    // Is there an empty line in the source between the two places?
    bool blank_between(std::uint32_t end, std::uint32_t begin) const;
    // Blanks before the token at `place` of the statement when it stands on the same line.
    std::size_t gap(const Statement& s, std::size_t place) const;
    // May the statement go on below before this token?
    bool may_break(const Statement& s, std::size_t place) const;
    bool in_short_braces(const Statement& s, std::size_t place) const;
    // Columns of the tokens [from, until) of the statement on one line, without pads.
    std::size_t width(const Statement& s, std::size_t from, std::size_t until) const;
    // The first token of that kind in the statement, or its size.
    std::size_t find(const Statement& s, syntax::Keyword keyword) const;
    std::size_t find_sign(const Statement& s, std::string_view sign) const;
};

Layout lay_out(const Source& source, std::vector<syntax::Token> tokens,
               const std::vector<syntax::Comment>& comments);

}  // namespace pintu::rules
