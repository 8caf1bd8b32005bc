#include "engine/rules/syntax/explain.hpp"

#include <algorithm>
#include <array>

#include "engine/base/nearest.hpp"

namespace pintu::rules::syntax {
namespace {

using Kind = Token::Kind;

// Lengths of time that people know and the language does not (R11).
constexpr std::array<std::string_view, 14> kForeignUnits = {
    "week",    "weeks",  "month", "months", "year",  "years", "minute",
    "minutes", "minggu", "pekan", "bulan",  "tahun", "menit", "detik"};
constexpr std::size_t kLongestQuote = 40;

bool is_value_like(const Token& t) {
    return (t.kind == Kind::word && !t.reserved) || t.kind == Kind::path ||
           t.kind == Kind::integer || t.kind == Kind::region || t.kind == Kind::range;
}

// What stands between an attribute and its values.
bool compares(const Token& t) {
    return t.is("=") || t.is("!=") || t.is("<") || t.is("<=") || t.is(">") || t.is(">=") ||
           (t.keyword >= Keyword::not_ && t.keyword <= Keyword::includes);
}

bool is_type_like(const Token& t) {
    return (t.keyword >= Keyword::yesno && t.keyword <= Keyword::set_of) || t.is("{") ||
           t.kind == Kind::range;
}

class Explainer {
  public:
    Explainer(Slice slice, const Failure& failure, bool indonesian, Diagnostics& diagnostics)
        : slice_(slice),
          at_(failure.at),
          found_(*failure.at),
          before_(failure.at > slice.first ? *(failure.at - 1) : kNothing),
          at_end_(failure.at == slice.last),
          complete_(failure.complete),
          expected_(without_echoes(failure.expected)),
          indonesian_(indonesian),
          diagnostics_(diagnostics) {}

    bool run() {
        if (closing() || connective() || second_head()) return false;
        if (wants_only(Expected::Kind::name)) return name();
        if (file_end() || comparison() || misplaced_word() || missing_when() || unknown_unit() ||
            unknown_block() || arrow() || colon() || braces() || suggestion() || comma() ||
            one_kind())
            return false;
        if (expected_.empty() || (complete_ && found_.starts_line))
            say("RU051", shown());
        else
            say("RU020", shown(), expected_list());
        return false;
    }

  private:
    static inline const Token kNothing{};

    // A name is a value too.
    static std::vector<Expected> without_echoes(std::vector<Expected> expected) {
        const auto is = [](Expected::Kind kind) {
            return [kind](const Expected& e) { return e.kind == kind; };
        };
        if (std::any_of(expected.begin(), expected.end(), is(Expected::Kind::value)))
            std::erase_if(expected, is(Expected::Kind::name));
        return expected;
    }

    bool wants(Expected::Kind kind) const {
        return std::any_of(expected_.begin(), expected_.end(),
                           [&](const auto& e) { return e.kind == kind; });
    }
    bool wants(std::string_view sign) const {
        return std::any_of(expected_.begin(), expected_.end(), [&](const auto& e) {
            return e.kind == Expected::Kind::sign && e.sign == sign;
        });
    }
    bool wants(Keyword keyword) const {
        return std::any_of(expected_.begin(), expected_.end(), [&](const auto& e) {
            return e.kind == Expected::Kind::keyword && e.keyword == keyword;
        });
    }
    bool wants_only(Expected::Kind kind) const {
        return !expected_.empty() && std::all_of(expected_.begin(), expected_.end(),
                                                 [&](const auto& e) { return e.kind == kind; });
    }

    template <class... Args>
    bool say(const char* code, Args&&... args) {
        diagnostics_.error(code, found_.span, std::forward<Args>(args)...);
        return true;
    }

    std::string shown(const Token& token) const {
        if (token.text.size() <= kLongestQuote) return std::string(token.text);
        auto cut = kLongestQuote;
        while ((static_cast<unsigned char>(token.text[cut]) & 0xC0U) == 0x80U) --cut;
        return std::string(token.text.substr(0, cut)) + "…";
    }
    std::string shown() const { return shown(found_); }
    std::string word(Keyword keyword) const {
        return std::string(indonesian_ ? to_indonesian(keyword) : to_text(keyword));
    }

    // A bracket that is open in this statement and never closed.
    bool closing() {
        const std::string_view close = wants(")") ? ")" : wants("}") ? "}" : "";
        if (close.empty() || found_.kind == Kind::end) return false;
        if (!at_end_ && !found_.reserved && !found_.is("->")) return false;
        if (found_.keyword == Keyword::and_ || found_.keyword == Keyword::or_) return false;
        return say("RU026", std::string(close), shown());
    }

    // `a and b or c`.
    bool connective() {
        const auto other = found_.keyword == Keyword::and_  ? Keyword::or_
                           : found_.keyword == Keyword::or_ ? Keyword::and_
                                                            : Keyword::none;
        if (other == Keyword::none || !wants(other) || wants(found_.keyword)) return false;
        const bool earlier =
            std::any_of(slice_.first, at_, [&](const Token& t) { return t.keyword == other; });
        return earlier && say("RU024", word(Keyword::and_), word(Keyword::or_));
    }
    bool second_head() {
        return slice_.first->keyword != Keyword::ruleset &&
               (found_.keyword == Keyword::ruleset || found_.keyword == Keyword::schema) &&
               say("RU028", shown());
    }

    bool name() {
        if (found_.kind == Kind::end) return say("RU042", expected_list()), false;
        if (found_.reserved) return say("RU025", shown());
        return say("RU041", shown()), false;
    }

    bool file_end() { return found_.kind == Kind::end && say("RU042", expected_list()); }

    // `= {a, b}` and `= unknown`.
    bool comparison() {
        const bool compares =
            before_.kind == Kind::sign && !before_.text.empty() &&
            std::string_view("=!<>").find(before_.text[0]) != std::string_view::npos;
        if (!compares || !wants(Expected::Kind::value)) return false;
        if (found_.is("{")) return say("RU033", shown(before_), word(Keyword::in));
        if (found_.keyword == Keyword::is_unknown || found_.text == "unknown")
            return say("RU034", shown(before_), word(Keyword::is_unknown));
        return false;
    }

    // `x is a`, `x is not known`, `x not mentions a`.
    bool misplaced_word() {
        if (found_.text == "is" || found_.text == "adalah")
            return wants(kComparisons) &&
                   say("RU053", shown(), word(Keyword::is_known), word(Keyword::is_unknown));
        return before_.keyword == Keyword::not_ && wants(Keyword::in) && found_.reserved &&
               say("RU054", word(Keyword::not_), shown());
    }

    // `rule name kategori = a -> b`.
    bool missing_when() {
        if (!wants(Keyword::when) || !wants("->") || at_end_) return false;
        if (compares(found_)) return say("RU052", shown(before_), word(Keyword::when));
        if (!is_value_like(found_)) return false;
        const bool arrow_follows =
            std::any_of(at_, slice_.last, [](const Token& t) { return t.is("->"); });
        return arrow_follows && suggested().empty() && say("RU052", shown(), word(Keyword::when));
    }

    bool unknown_unit() {
        if (before_.kind != Kind::integer || found_.kind != Kind::word) return false;
        if (std::find(kForeignUnits.begin(), kForeignUnits.end(), found_.text) ==
            kForeignUnits.end())
            return false;
        return say("RU032", shown(), word(Keyword::hours), word(Keyword::days),
                   word(Keyword::working_days));
    }

    // A word at the start of a line that is almost one that starts a block, a rule or a row.
    bool unknown_block() {
        if (found_.kind != Kind::word || found_.keyword != Keyword::none || !found_.starts_line)
            return false;
        constexpr Keyword kStarts[] = {Keyword::ruleset,    Keyword::schema,    Keyword::lexicon,
                                       Keyword::fact,       Keyword::decide,    Keyword::limit,
                                       Keyword::prove,      Keyword::test,      Keyword::rule,
                                       Keyword::row,        Keyword::otherwise, Keyword::table,
                                       Keyword::accept_gap, Keyword::given,     Keyword::expect};
        std::vector<std::string> words;
        for (const auto start : kStarts) {
            words.emplace_back(to_text(start));
            words.emplace_back(to_indonesian(start));
        }
        const auto near = nearest(found_.text, words);
        return !near.empty() && say("RU023", shown(), near);
    }

    bool arrow() {
        if (!wants("->") || wants(kComparisons)) return false;
        const bool answer_or_over =
            is_value_like(found_) || at_end_ || found_.keyword == Keyword::because;
        return answer_or_over && suggested().empty() && say("RU021", shown());
    }

    bool colon() {
        return wants(":") && !found_.is("=") && (is_type_like(found_) || expected_.size() == 1) &&
               say("RU022", shown());
    }

    bool braces() {
        return found_.is("{") && before_.is("->") && wants(Expected::Kind::value) && say("RU038");
    }

    bool suggestion() {
        const auto near = suggested();
        return !near.empty() && say("RU045", shown(), near);
    }
    std::string suggested() const {
        if (found_.kind != Kind::word) return {};
        std::vector<std::string> words;
        for (const auto& e : expected_)
            for (const auto keyword : keywords_of(e)) {
                words.emplace_back(to_text(keyword));
                words.emplace_back(to_indonesian(keyword));
            }
        return nearest(found_.text, words);
    }

    // Two things of one list side by side.
    bool comma() {
        if (!wants(",") || found_.reserved) return false;
        const bool alike = (found_.kind == Kind::string && before_.kind == Kind::string) ||
                           (is_value_like(found_) && is_value_like(before_));
        return alike && say("RU037", shown(before_), shown());
    }

    bool one_kind() {
        if (wants(Expected::Kind::text) &&
            (expected_.size() == 1 || (found_.kind == Kind::word && !found_.reserved)))
            return say("RU036", shown());
        if (wants_only(Expected::Kind::value)) {
            if (found_.kind == Kind::string) return say("RU039", shown());
            return say("RU040", shown());
        }
        if (wants_only(Expected::Kind::date)) return say("RU043", shown());
        if (wants_only(Expected::Kind::number)) return say("RU044", shown());
        if (wants(Expected::Kind::type)) return say("RU046", shown(), expected_list());
        return false;
    }

    static std::vector<Keyword> span_of(Keyword first, Keyword last) {
        std::vector<Keyword> all;
        for (int k = static_cast<int>(first); k <= static_cast<int>(last); ++k)
            all.push_back(static_cast<Keyword>(k));
        return all;
    }
    // One of a family stands for all of it.
    static std::vector<Keyword> keywords_of(const Expected& e) {
        if (e.kind == Expected::Kind::type) return span_of(Keyword::yesno, Keyword::text);
        if (e.kind == Expected::Kind::verb) return span_of(Keyword::lengthens, Keyword::lowers);
        if (e.kind != Expected::Kind::keyword) return {};
        if (e.keyword == Keyword::unique) return span_of(Keyword::unique, Keyword::collect);
        if (e.keyword == Keyword::days) return span_of(Keyword::hours, Keyword::working_days);
        return {e.keyword};
    }

    // "`->`, `and`, `or`", by example where no word stands for it: the same in every language.
    std::string expected_list() const {
        std::vector<std::string> items;
        const auto add = [&](std::string item) {
            item = "`" + item + "`";
            if (std::find(items.begin(), items.end(), item) == items.end()) items.push_back(item);
        };
        for (const auto& e : expected_) {
            for (const auto keyword : keywords_of(e)) add(word(keyword));
            switch (e.kind) {
                case Expected::Kind::sign: add(std::string(e.sign)); break;
                case Expected::Kind::name: add("abc"); break;
                case Expected::Kind::value: add("abc"); break;
                case Expected::Kind::text: add("\"...\""); break;
                case Expected::Kind::number: add("12"); break;
                case Expected::Kind::date: add("2026-01-31"); break;
                case Expected::Kind::type: add("0..99"), add("{a, b}"); break;
                default: break;
            }
        }
        std::string list;
        for (const auto& item : items) list += (list.empty() ? "" : ", ") + item;
        return list;
    }

    Slice slice_;
    const Token* at_;
    const Token& found_;
    const Token& before_;
    bool at_end_;
    bool complete_;
    std::vector<Expected> expected_;
    bool indonesian_;
    Diagnostics& diagnostics_;
};

}  // namespace

bool explain(Slice slice, const Failure& failure, bool indonesian, Diagnostics& diagnostics) {
    return Explainer(slice, failure, indonesian, diagnostics).run();
}

}  // namespace pintu::rules::syntax
