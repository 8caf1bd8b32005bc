// The words of the rule language in English and Indonesian: one visible table (R2).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace pintu::rules::syntax {

// clang-format off
enum class Keyword : std::uint8_t {
    none,
    // a file's head
    ruleset, overlay, from, until, schema,
    // blocks
    lexicon, fact, decide, limit, prove, accept_gap, test,
    // inside blocks
    also, plugin, timeout, else_, count_prior_same, within, table, row, rule, overrides, when,
    otherwise, even_if_unknown, because, at_most, at_least, every, has, raising, never, on, given,
    expect,
    // conditions
    and_, or_, not_, in, is_known, is_unknown, mentions, contains, includes, yes, no,
    // types
    yesno, category, region, unit, duration, text, set_of,
    // policies
    unique, first, highest, lowest, shortest, longest, collect,
    // units
    hours, days, working_days, metres, milliseconds,
    // what a proof forbids
    lengthens, shortens, raises, lowers,
};
// clang-format on

struct KeywordPair {
    Keyword keyword;
    std::string_view english;     // several words are parted by one space
    std::string_view indonesian;  // the same word where both languages share it
    // No name may be this word (the first, where there are several). The others mean something only in their place (`first`
    // after a type, `unit` after `:`) and are free as names elsewhere.
    bool reserved;
};

// In the order of Keyword; a keyword with a second English form (day, days) has a second line.
std::span<const KeywordPair> keyword_table();

// Canonical, English: "even if unknown".
std::string_view to_text(Keyword keyword);
// The Indonesian words: "walau tak diketahui".
std::string_view to_indonesian(Keyword keyword);
// No name in a rule file may be this word; schemas, registries and trees should refuse it too.
bool is_reserved(std::string_view word);

}  // namespace pintu::rules::syntax
