// What a rule file says, before anything is resolved: names are still text. Every node has its
// span. The grammar is docs/rule-language.md; language.md section 2 is its source.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/instant.hpp"
#include "engine/base/source.hpp"

namespace pintu::rules::syntax {

struct Name {
    std::string text;  // "kategori", "pekerjaan_umum/jalan_berlubang", "teks.bahaya"
    Span span;
};

// A constant as written; the checker gives it its type (R2).
struct Literal {
    enum class Kind { word, string, integer, region, date, duration, range };
    Kind kind = Kind::word;
    // Canonical: strings without their quotes, `ya` is "yes", "5 hari kerja" is "5 working days", a
    // range is "0..99". A path of a category ("a/b") or an absolute unit ("64/dpupr") is a word.
    // `64` alone is an integer; it may be meant as a region.
    std::string text;
    Span span;
};

enum class Comparison { equal, not_equal, in, not_in, less, at_most, greater, at_least };

// The smallest condition: one attribute against constants.
struct Atom {
    enum class Kind { yesno, compare, known, unknown, mentions, contains, includes };
    Kind kind = Kind::yesno;
    Name attribute;
    Comparison comparison = Comparison::equal;  // of Kind::compare
    std::vector<Literal> operands;              // one; several for `in {a, b}`; none for yesno,
                                                // known, unknown
};

struct Condition {
    enum class Kind { atom, all, any, negation };  // and, or, not
    Kind kind = Kind::atom;
    Atom atom;                        // of Kind::atom
    std::vector<Condition> children;  // of the others; one for negation
    Span span;
};

// What stands after `->`.
struct Answer {
    struct Call {  // office_for(kategori, wilayah)
        Name function;
        std::vector<Name> arguments;
    };
    std::vector<Literal> values;  // one; several under `collect`; empty for a call
    std::optional<Call> call;
    Span span;
};

struct Rule {
    std::optional<Name> name;
    std::vector<Name> overrides;
    std::optional<Condition> when;  // absent: always
    Answer answer;
    std::optional<Literal> because;
    Span span;
};

struct Otherwise {
    bool even_if_unknown = false;
    Answer answer;
    std::optional<Literal> because;
    Span span;
};

// One cell of a table (R14).
struct Cell {
    enum class Kind { any, unknown, values };
    Kind kind = Kind::any;
    std::vector<Literal> values;
    Span span;
};

struct Row {
    std::vector<Cell> cells;
    Answer answer;
    std::optional<Literal> because;
    std::uint32_t line = 0;  // 1-based, in its own file: "disposisi.csv:7"
    Span span;
};

struct Table {
    std::optional<Literal> file;  // absent: rows stand here
    std::vector<Name> inputs;
    std::vector<Row> rows;
    Span span;
};

struct Type {
    enum class Kind { named, enumeration, ordered, range, set };
    Kind kind = Kind::named;
    std::string name;           // of named: yesno, category, region, unit, duration, text
    std::vector<Name> members;  // of enumeration, ordered and set
    std::int64_t low = 0;       // of range
    std::int64_t high = 0;
    Span span;
};

enum class Policy { unique, first, highest, lowest, shortest, longest, collect };

struct Decide {
    Name name;
    std::optional<Type> type;      // absent in a lower layer
    std::optional<Policy> policy;  // absent: unique at the top, inherited below
    std::vector<Table> tables;     // rows precede rules
    std::vector<Rule> rules;
    std::vector<Otherwise> otherwise;  // more than one is an error of the checker
    Span span;
};

struct Lexicon {
    Name name;
    bool also = false;  // adds to the upper layer's instead of replacing it
    std::vector<Literal> phrases;
    Span span;
};

struct PluginFact {
    Name function;  // teks.bahaya
    std::vector<Name> arguments;
    std::optional<std::int64_t> timeout_ms;
};

struct CountFact {  // count prior same kategori within 100 m in 90 days
    Name same;
    std::optional<std::int64_t> within_m;
    std::int64_t in_days = 0;
};

struct Fact {
    Name name;
    std::variant<PluginFact, CountFact> source;
    Type type;
    std::optional<Literal> otherwise;  // `else V`; without it the fact may stay unknown
    Span span;
};

enum class Bound { at_most, at_least, includes };

struct Limit {
    Name decision;
    Bound bound = Bound::at_most;
    std::vector<Literal> values;
    std::optional<Condition> when;
    std::optional<Literal> because;
    Span span;
};

// prove NAME : every SCHEMA has CLAIM and CLAIM ...   |   prove NAME : raising X never lengthens Y
struct Prove {
    struct Claim {  // `pemilik`, `competent(pemilik, kategori, wilayah)`, `staffed(pemilik)`
        Name name;
        std::vector<Name> arguments;
        bool call = false;
    };
    struct Every {
        Name schema;
        std::vector<Claim> claims;
    };
    struct Monotone {
        Name raised;
        std::string verb;  // lengthens, shortens, raises, lowers
        Name moved;
    };
    Name name;
    std::variant<Every, Monotone> claim;
    Span span;
};

struct AcceptGap {
    Name decision;
    std::optional<Condition> when;
    Date until;
    std::optional<Literal> because;
    Span span;
};

struct Expectation {
    Name decision;
    bool includes = false;
    bool undecided = false;  // `expect D is unknown`
    std::vector<Literal> values;
    Span span;
};

struct Given {
    Name name;
    Literal value;
};

struct Test {
    Literal title;
    std::optional<Date> on;
    std::vector<Given> given;
    std::vector<Expectation> expect;
    Span span;
};

using Item = std::variant<Lexicon, Fact, Decide, Limit, Prove, AcceptGap, Test>;

// A comment as it stands, for the formatter.
struct Comment {
    std::string text;  // with its '#', without the line end
    Span span;
    bool own_line = false;
};

struct File {
    Name ruleset;
    std::optional<Name> overlay_of;  // `ruleset covid overlay disposisi`
    Date from;
    std::optional<Date> until;
    Name schema;
    std::vector<Item> items;
    std::vector<Comment> comments;
    Span header;
};

}  // namespace pintu::rules::syntax
