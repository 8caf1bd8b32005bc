#include "engine/rules/syntax/keywords.hpp"

#include <algorithm>

namespace pintu::rules::syntax {
namespace {

constexpr bool kReserved = true;
constexpr bool kInItsPlace = false;

constexpr KeywordPair kTable[] = {
    {Keyword::ruleset, "ruleset", "kumpulan_aturan", kReserved},
    {Keyword::overlay, "overlay", "lapisan", kReserved},
    {Keyword::from, "from", "sejak", kReserved},
    {Keyword::until, "until", "sampai", kReserved},
    {Keyword::schema, "schema", "skema", kReserved},

    {Keyword::lexicon, "lexicon", "leksikon", kReserved},
    {Keyword::fact, "fact", "fakta", kReserved},
    {Keyword::decide, "decide", "putuskan", kReserved},
    {Keyword::limit, "limit", "batas", kReserved},
    {Keyword::prove, "prove", "buktikan", kReserved},
    {Keyword::accept_gap, "accept gap", "terima celah", kReserved},
    {Keyword::test, "test", "uji", kReserved},

    {Keyword::also, "also", "juga", kReserved},
    {Keyword::plugin, "plugin", "plugin", kInItsPlace},
    {Keyword::timeout, "timeout", "batas_waktu", kReserved},
    {Keyword::else_, "else", "jika_tidak", kReserved},
    {Keyword::count_prior_same, "count prior same", "hitung terdahulu sama", kInItsPlace},
    {Keyword::within, "within", "sejauh", kReserved},
    {Keyword::table, "table", "tabel", kReserved},
    {Keyword::row, "row", "baris", kReserved},
    {Keyword::rule, "rule", "aturan", kReserved},
    {Keyword::overrides, "overrides", "mengalahkan", kReserved},
    {Keyword::when, "when", "jika", kReserved},
    {Keyword::otherwise, "otherwise", "selain_itu", kReserved},
    {Keyword::even_if_unknown, "even if unknown", "walau tak diketahui", kReserved},
    {Keyword::because, "because", "karena", kReserved},
    {Keyword::at_most, "at most", "paling banyak", kReserved},
    {Keyword::at_least, "at least", "paling sedikit", kReserved},
    {Keyword::every, "every", "setiap", kReserved},
    {Keyword::has, "has", "punya", kReserved},
    {Keyword::raising, "raising", "menaikkan", kReserved},
    {Keyword::never, "never", "tak_pernah", kReserved},
    {Keyword::on, "on", "pada", kReserved},
    {Keyword::given, "given", "diberikan", kReserved},
    {Keyword::expect, "expect", "harapkan", kReserved},

    {Keyword::and_, "and", "dan", kReserved},
    {Keyword::or_, "or", "atau", kReserved},
    {Keyword::not_, "not", "bukan", kReserved},
    {Keyword::in, "in", "dalam", kReserved},
    {Keyword::is_known, "is known", "diketahui", kReserved},
    {Keyword::is_unknown, "is unknown", "tak diketahui", kReserved},
    {Keyword::mentions, "mentions", "menyebut", kReserved},
    {Keyword::contains, "contains", "memuat", kReserved},
    {Keyword::includes, "includes", "mencakup", kReserved},
    {Keyword::yes, "yes", "ya", kReserved},
    {Keyword::no, "no", "tidak", kReserved},

    {Keyword::yesno, "yesno", "ya_tidak", kInItsPlace},
    {Keyword::category, "category", "kategori", kInItsPlace},
    {Keyword::region, "region", "wilayah", kInItsPlace},
    {Keyword::unit, "unit", "unit", kInItsPlace},
    {Keyword::duration, "duration", "durasi", kInItsPlace},
    {Keyword::text, "text", "teks", kInItsPlace},
    {Keyword::set_of, "set of", "himpunan", kInItsPlace},

    {Keyword::unique, "unique", "tunggal", kInItsPlace},
    {Keyword::first, "first", "pertama", kInItsPlace},
    {Keyword::highest, "highest", "tertinggi", kInItsPlace},
    {Keyword::lowest, "lowest", "terendah", kInItsPlace},
    {Keyword::shortest, "shortest", "tersingkat", kInItsPlace},
    {Keyword::longest, "longest", "terlama", kInItsPlace},
    {Keyword::collect, "collect", "kumpulkan", kInItsPlace},

    {Keyword::hours, "hours", "jam", kInItsPlace},
    {Keyword::hours, "hour", "jam", kInItsPlace},
    {Keyword::days, "days", "hari", kInItsPlace},
    {Keyword::days, "day", "hari", kInItsPlace},
    {Keyword::working_days, "working days", "hari kerja", kInItsPlace},
    {Keyword::working_days, "working day", "hari kerja", kInItsPlace},
    {Keyword::metres, "m", "m", kInItsPlace},
    {Keyword::milliseconds, "ms", "ms", kInItsPlace},

    {Keyword::lengthens, "lengthens", "memperpanjang", kInItsPlace},
    {Keyword::shortens, "shortens", "mempersingkat", kInItsPlace},
    {Keyword::raises, "raises", "meninggikan", kInItsPlace},
    {Keyword::lowers, "lowers", "menurunkan", kInItsPlace},
};

const KeywordPair* find(Keyword keyword) {
    const auto* found = std::find_if(std::begin(kTable), std::end(kTable),
                                     [&](const auto& pair) { return pair.keyword == keyword; });
    return found == std::end(kTable) ? nullptr : found;
}

std::string_view first_word(std::string_view phrase) {
    return phrase.substr(0, phrase.find(' '));
}

}  // namespace

std::span<const KeywordPair> keyword_table() {
    return kTable;
}

std::string_view to_text(Keyword keyword) {
    const auto* pair = find(keyword);
    return pair ? pair->english : std::string_view();
}

std::string_view to_indonesian(Keyword keyword) {
    const auto* pair = find(keyword);
    return pair ? pair->indonesian : std::string_view();
}

bool is_reserved(std::string_view word) {
    // What follows `is`; alone each would read as a value.
    if (word == "known" || word == "unknown") return true;
    return std::any_of(std::begin(kTable), std::end(kTable), [&](const auto& pair) {
        return pair.reserved &&
               (first_word(pair.english) == word || first_word(pair.indonesian) == word);
    });
}

}  // namespace pintu::rules::syntax
