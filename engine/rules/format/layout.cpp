#include "engine/rules/format/layout.hpp"

#include <algorithm>

#include "engine/base/utf8.hpp"

namespace pintu::rules {
namespace {

using syntax::Keyword;
using syntax::Token;
using Kind = Token::Kind;

// A list in braces up to this width stays on one line.
constexpr std::size_t kShortBraces = 60;

bool begins_block(Keyword k) {
    return k >= Keyword::lexicon && k <= Keyword::test;
}

std::size_t indent_of(Keyword k) {
    switch (k) {
        case Keyword::table:
        case Keyword::rule:
        case Keyword::otherwise:
        case Keyword::given:
        case Keyword::expect:
        case Keyword::none: return 2;
        case Keyword::row: return 4;
        default: return 0;
    }
}

bool begins_statement(const Token& t, Keyword current) {
    switch (t.keyword) {
        case Keyword::ruleset:
        case Keyword::schema: return true;
        case Keyword::none: return current == Keyword::lexicon && t.kind == Kind::string;
        default: break;
    }
    return begins_block(t.keyword) || (t.reserved && indent_of(t.keyword) > 0);
}

std::vector<Statement> cut(const std::vector<Token>& tokens) {
    std::vector<Statement> statements;
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        const auto& t = tokens[i];
        const auto current = statements.empty() ? Keyword::none : statements.back().start;
        if (statements.empty() || begins_statement(t, current)) {
            Statement s;
            s.start = t.keyword;
            s.first = i;
            s.indent = indent_of(t.keyword);
            s.block = begins_block(t.keyword);
            statements.push_back(s);
        }
        statements.back().last = i + 1;
    }
    for (auto& s : statements) s.pad.assign(s.last - s.first, 0);
    return statements;
}

bool is_policy(const Token& t) {
    return t.keyword >= Keyword::unique && t.keyword <= Keyword::collect;
}

}  // namespace

bool Layout::has_inner_comments(const Statement& s) const {
    for (auto i = s.first + 1; i < s.last; ++i)
        if (!comments[i].empty()) return true;
    return false;
}

bool Layout::blank_between(std::uint32_t end, std::uint32_t begin) const {
    const auto between = source.text().substr(end, begin > end ? begin - end : 0);
    return std::count(between.begin(), between.end(), '\n') > 1;
}

std::size_t Layout::gap(const Statement& s, std::size_t place) const {
    const auto& before = token(s, place - 1);
    const auto& here = token(s, place);
    const bool roomy = s.start == Keyword::given;
    if (here.is(",") || here.is(")") || before.is("(")) return 0;
    if (before.is("{") || here.is("}")) return roomy ? 1 : 0;
    if (here.is(":")) return roomy ? 0 : 1;
    const bool call =
        before.kind == Kind::dotted || (before.kind == Kind::word && !before.reserved);
    if (here.is("(") && call) return s.start == Keyword::table ? 1 : 0;
    if (here.keyword == Keyword::because) return 2;
    if (s.start == Keyword::decide && place > 2 && is_policy(here)) return 2;
    const bool closes_type = before.is("}") || before.kind == Kind::range ||
                             (before.keyword >= Keyword::yesno && before.keyword <= Keyword::text);
    if (s.start == Keyword::fact && closes_type && place > find_sign(s, ":") + 1) return 2;
    return 1;
}

bool Layout::may_break(const Statement& s, std::size_t place) const {
    switch (token(s, place).keyword) {
        case Keyword::when:
        case Keyword::because:
        case Keyword::overrides:
        case Keyword::timeout:
        case Keyword::else_:
        case Keyword::until:
        case Keyword::and_:
        case Keyword::or_: return true;
        default: break;
    }
    const bool type_of_fact = s.start == Keyword::fact && token(s, place).is(":");
    if (type_of_fact || token(s, place).is("->")) return true;
    return token(s, place - 1).is(",") && !in_short_braces(s, place);
}

bool Layout::in_short_braces(const Statement& s, std::size_t place) const {
    if (s.start == Keyword::given) return false;
    auto open = place;
    while (open > 0 && !token(s, open - 1).is("{") && !token(s, open - 1).is("}")) --open;
    if (open == 0 || token(s, open - 1).is("}")) return false;
    auto close = place;
    while (close < s.last - s.first && !token(s, close).is("}")) ++close;
    return width(s, open, close) <= kShortBraces;
}

std::size_t Layout::width(const Statement& s, std::size_t from, std::size_t until) const {
    std::size_t columns = 0;
    for (auto i = from; i < until; ++i) {
        if (i > from) columns += gap(s, i);
        columns += count_code_points(token(s, i).text);
    }
    return columns;
}

std::size_t Layout::find(const Statement& s, Keyword keyword) const {
    for (std::size_t i = 0; i < s.last - s.first; ++i)
        if (token(s, i).keyword == keyword) return i;
    return s.last - s.first;
}

std::size_t Layout::find_sign(const Statement& s, std::string_view sign) const {
    for (std::size_t i = 0; i < s.last - s.first; ++i)
        if (token(s, i).is(sign)) return i;
    return s.last - s.first;
}

Layout lay_out(const Source& source, std::vector<Token> tokens,
               const std::vector<syntax::Comment>& comments) {
    Layout layout{source, std::move(tokens), {}, {}};
    layout.comments.resize(layout.tokens.size());
    std::size_t token = 0;
    for (const auto& comment : comments) {
        while (token + 1 < layout.tokens.size() &&
               layout.tokens[token].span.begin < comment.span.begin)
            ++token;
        layout.comments[token].push_back(&comment);
    }
    layout.statements = cut(layout.tokens);
    return layout;
}

}  // namespace pintu::rules
