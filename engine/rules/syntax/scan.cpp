#include "engine/rules/syntax/scan.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include "engine/base/instant.hpp"
#include "engine/base/utf8.hpp"
#include "engine/rules/syntax/parse.hpp"

namespace pintu::rules::syntax {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || is_upper(c) || c == '_';
}
bool is_word(char c) {
    return is_letter(c) || is_digit(c);
}

// Signs that people write for ours, longest first.
constexpr std::array<std::pair<std::string_view, std::string_view>, 28> kWrongSigns = {{
    {"==>", "->"}, {"-->", "->"}, {"—>", "->"}, {"–>", "->"},  {"===", "="}, {"==", "="},
    {"=>", "->"},  {"=<", "<="},  {"<>", "!="}, {"&&", "and"}, {"||", "or"}, {":=", "="},
    {"//", "#"},   {"/*", "#"},   {"→", "->"},  {"≤", "<="},   {"≥", ">="},  {"≠", "!="},
    {"–", "-"},    {"—", "-"},    {"&", "and"}, {"!", "not"},  {"[", "{"},   {"]", "}"},
    {";", ","},    {"，", ","},   {"…", ".."},  {"：", ":"},
}};
constexpr std::array<std::string_view, 17> kSigns = {
    "->", "!=", "<=", ">=", ",", ":", "{", "}", "(", ")", "=", "<", ">", "|", "-", "?", ""};
// Quotes that word processors make, and the apostrophe.
constexpr std::array<std::string_view, 7> kWrongQuotes = {"“", "”", "„", "«", "‘", "’", "'"};
// No-break spaces, zero-width characters, soft hyphen, byte order mark.
constexpr std::array<std::string_view, 9> kInvisible = {
    "\xC2\xA0",     "\xC2\xAD",     "\xE2\x80\x8B", "\xE2\x80\x8C", "\xE2\x80\x8D",
    "\xE2\x80\xAF", "\xE2\x81\xA0", "\xEF\xBB\xBF", "\xE2\x80\x87"};

std::string_view starting(std::string_view text, const auto& choices) {
    for (const auto choice : choices)
        if (!choice.empty() && text.starts_with(choice)) return choice;
    return {};
}

// One word of the language to its pair; phrases under their first word, longest first.
const std::map<std::string_view, std::vector<std::pair<std::string_view, const KeywordPair*>>>&
phrases_by_first_word() {
    static const auto* kPhrases = [] {
        auto* map = new std::map<std::string_view,
                                 std::vector<std::pair<std::string_view, const KeywordPair*>>>;
        for (const auto& pair : keyword_table())
            for (const auto phrase : {pair.english, pair.indonesian})
                (*map)[phrase.substr(0, phrase.find(' '))].emplace_back(phrase, &pair);
        for (auto& [word, phrases] : *map)
            std::stable_sort(phrases.begin(), phrases.end(), [](const auto& a, const auto& b) {
                return a.first.size() > b.first.size();
            });
        return map;
    }();
    return *kPhrases;
}

std::string in_lower_case(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (is_upper(c)) c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

// dd | dd.dd | dd.dd.dd | dd.dd.dd.dddd
bool is_region_code(std::string_view text) {
    constexpr std::string_view kShape = "dd.dd.dd.dddd";
    if (text.size() != 5 && text.size() != 8 && text.size() != 13) return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (kShape[i] == 'd' ? !is_digit(text[i]) : text[i] != '.') return false;
    return true;
}

class Scanner {
  public:
    Scanner(const Source& source, std::size_t begin, std::size_t end, Diagnostics& diagnostics)
        : source_(source),
          text_(source.text().substr(0, end)),
          diagnostics_(diagnostics),
          at_(begin) {}

    // A part of another file, which was checked as a whole.
    Scan run_part() {
        while (skip(), at_ < text_.size()) next();
        push(Token::Kind::end, text_.size(), text_.size());
        return std::move(result_);
    }

    Scan run() {
        const auto before = diagnostics_.count(Severity::error);
        if (!(result_.is_text = check_file())) return std::move(result_);
        while (skip(), at_ < text_.size() && result_.tokens.size() < kMostTokens) next();
        if (at_ < text_.size()) {
            diagnostics_.error("RU006", source_.span(at_, at_ + 1), std::to_string(kMostTokens));
            result_.is_text = false;
        } else if (result_.tokens.empty() && diagnostics_.count(Severity::error) == before) {
            diagnostics_.error("RU005", source_.span(0, 0));
            result_.is_text = false;
        }
        push(Token::Kind::end, text_.size(), text_.size());
        return std::move(result_);
    }

  private:
    // What must hold of the file before its words are looked at.
    bool check_file() {
        const auto fail = [&](const char* code, std::size_t at, std::string arg = {}) {
            diagnostics_.error(code, source_.span(at, at), std::move(arg));
            return false;
        };
        if (text_.size() > kMostBytes) return fail("RU001", 0, std::to_string(text_.size()));
        if (text_.starts_with("\xEF\xBB\xBF") || text_.starts_with("\xFF\xFE") ||
            text_.starts_with("\xFE\xFF"))
            return fail("RU002", 0);
        for (std::size_t i = 0; i < text_.size(); ++i) {
            const auto byte = static_cast<unsigned char>(text_[i]);
            if ((byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t') || byte == 0x7F)
                return fail("RU004", i, std::to_string(byte));
        }
        if (const auto bad = first_invalid_utf8(text_)) return fail("RU003", *bad);
        return true;
    }

    std::string_view rest() const { return text_.substr(at_); }
    char peek(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
    }

    void skip() {
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (c == '\n') fresh_line_ = true;
            if (c == '#') {
                comment();
            } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
                ++at_;
            } else if (const auto hidden = starting(rest(), kInvisible); !hidden.empty()) {
                diagnostics_.error("RU008", source_.span(at_, at_ + hidden.size()));
                at_ += hidden.size();
            } else {
                return;
            }
        }
    }

    void comment() {
        auto end = std::min(text_.find('\n', at_), text_.size());
        const auto stop = end;
        while (end > at_ &&
               (text_[end - 1] == '\r' || text_[end - 1] == ' ' || text_[end - 1] == '\t'))
            --end;
        result_.comments.push_back(
            {std::string(text_.substr(at_, end - at_)), source_.span(at_, end), fresh_line_});
        at_ = stop;
    }

    Token& push(Token::Kind kind, std::size_t begin, std::size_t end) {
        Token token;
        token.kind = kind;
        token.text = text_.substr(begin, end - begin);
        token.span = source_.span(begin, end);
        token.starts_line = std::exchange(fresh_line_, false);
        result_.tokens.push_back(token);
        at_ = end;
        return result_.tokens.back();
    }

    std::string_view keep(std::string text) { return result_.mended.emplace_back(std::move(text)); }

    void next() {
        const char c = peek();
        if (is_letter(c)) return word();
        if (is_digit(c)) return number();
        if (c == '"') return string();
        if (const auto quote = starting(rest(), kWrongQuotes); !quote.empty())
            return wrong_quote(quote);
        for (const auto& [wrong, right] : kWrongSigns)
            if (rest().starts_with(wrong) && !rest().starts_with("!="))
                return wrong_sign(wrong, right);
        if (const auto sign = starting(rest(), kSigns); !sign.empty()) {
            push(Token::Kind::sign, at_, at_ + sign.size());
            return;
        }
        unknown_character();
    }

    void unknown_character() {
        std::size_t length = 1;
        while (at_ + length < text_.size() &&
               (static_cast<unsigned char>(text_[at_ + length]) & 0xC0U) == 0x80U)
            ++length;
        diagnostics_.error("RU009", source_.span(at_, at_ + length),
                           std::string(text_.substr(at_, length)));
        at_ += length;
    }

    void wrong_sign(std::string_view wrong, std::string_view right) {
        diagnostics_.error("RU012", source_.span(at_, at_ + wrong.size()), std::string(wrong),
                           std::string(right));
        if (right == "#") return comment();
        if (right == "..") {
            at_ += wrong.size();
            return;
        }
        auto& token = push(Token::Kind::sign, at_, at_ + wrong.size());
        token.text = right;
        if (right == "and") token.keyword = Keyword::and_;
        if (right == "or") token.keyword = Keyword::or_;
        if (right == "not") token.keyword = Keyword::not_;
        if (token.keyword != Keyword::none) token.kind = Token::Kind::word;
        token.reserved = token.keyword != Keyword::none;
    }

    void string() {
        const auto line_end = std::min(text_.find('\n', at_), text_.size());
        const auto close = text_.find('"', at_ + 1);
        if (close < line_end) {
            push(Token::Kind::string, at_, close + 1);
            return;
        }
        diagnostics_.error("RU010", source_.span(at_, at_ + 1));
        unclosed_string(line_end);
    }

    void unclosed_string(std::size_t line_end) {
        auto end = line_end;
        while (end > at_ + 1 && (text_[end - 1] == '\r' || text_[end - 1] == ' ')) --end;
        auto& token = push(Token::Kind::string, at_, end);
        token.text = keep(std::string(token.text) + "\"");
    }

    void wrong_quote(std::string_view quote) {
        diagnostics_.error("RU011", source_.span(at_, at_ + quote.size()), std::string(quote));
        const auto line_end = std::min(text_.find('\n', at_), text_.size());
        const auto inner = at_ + quote.size();
        for (auto i = inner; i < line_end; ++i) {
            const auto here = text_.substr(i);
            auto close = starting(here, kWrongQuotes);
            if (here.front() == '"') close = here.substr(0, 1);
            if (close.empty()) continue;
            auto& token = push(Token::Kind::string, at_, i + close.size());
            token.text = keep("\"" + std::string(text_.substr(inner, i - inner)) + "\"");
            return;
        }
        unclosed_string(line_end);
    }

    std::size_t word_end(std::size_t from) const {
        while (from < text_.size() && is_word(text_[from])) ++from;
        return from;
    }

    void word() {
        auto end = word_end(at_);
        auto kind = Token::Kind::word;
        bool hyphens = false;
        while (end + 1 < text_.size() && is_word(text_[end + 1])) {
            const char joint = text_[end];
            if (joint == '/') {
                kind = Token::Kind::path;
            } else if (joint == '.' && is_letter(text_[end + 1])) {
                kind = Token::Kind::dotted;
            } else if (joint == '-') {
                hyphens = true;
            } else {
                break;
            }
            end = word_end(end + 1);
        }
        finish_word(push(kind, at_, end), hyphens);
    }

    // Reports what no name may have, and recognises the words of the language.
    void finish_word(Token& token, bool hyphens) {
        std::string mended = in_lower_case(token.text);
        if (mended != token.text) {
            diagnostics_.error("RU015", token.span, std::string(token.text), mended);
            token.text = keep(mended);
        }
        if (hyphens) {
            std::replace(mended.begin(), mended.end(), '-', '_');
            diagnostics_.error("RU016", token.span, std::string(token.text), mended);
            token.text = keep(mended);
        }
        if (token.kind == Token::Kind::word) recognise(token);
    }

    void recognise(Token& token) {
        const auto found = phrases_by_first_word().find(token.text);
        if (found != phrases_by_first_word().end()) {
            for (const auto& [phrase, pair] : found->second) {
                const auto end = phrase_end(phrase, token);
                if (!end) continue;
                token.keyword = pair->keyword;
                token.reserved = pair->reserved;
                token.span = source_.span(token.span.begin, *end);
                token.text = phrase;
                at_ = *end;
                return;
            }
        }
        token.reserved = is_reserved(token.text);
    }

    // Where the phrase ends whose first word is `token`; its words may be parted by any white
    // space, but not by a comment.
    std::optional<std::size_t> phrase_end(std::string_view phrase, const Token& token) const {
        std::size_t end = token.span.end;
        phrase.remove_prefix(std::min(phrase.find(' '), phrase.size()));
        while (!phrase.empty()) {
            phrase.remove_prefix(1);
            const auto part = phrase.substr(0, phrase.find(' '));
            while (end < text_.size() &&
                   std::string_view(" \t\r\n").find(text_[end]) != std::string_view::npos)
                ++end;
            if (text_.substr(end, word_end(end) - end) != part) return std::nullopt;
            end += part.size();
            phrase.remove_prefix(part.size());
        }
        return end;
    }

    std::size_t digits_end(std::size_t from) const {
        while (from < text_.size() && is_digit(text_[from])) ++from;
        return from;
    }

    void number() {
        const auto end = digits_end(at_);
        const char next = end < text_.size() ? text_[end] : '\0';
        const bool digit_follows = end + 1 < text_.size() && is_digit(text_[end + 1]);
        if ((next == '-' || next == '/') && digit_follows && looks_like_date(end)) return date();
        if (text_.substr(end).starts_with("..") && end + 2 < text_.size() &&
            is_digit(text_[end + 2]))
            return range(end);
        if (next == '.' && digit_follows) return dotted_number(end);
        if (next == '/' && end + 1 < text_.size() && is_letter(text_[end + 1])) return path(end);
        auto& token = push(Token::Kind::integer, at_, end);
        if (token.text.size() > 9) {
            diagnostics_.error("RU017", token.span, std::string(token.text));
            token.text = keep(std::string(token.text.substr(0, 9)));
        }
    }

    // Two joints of the same kind: 2026-01-31, 31/12/2026.
    bool looks_like_date(std::size_t first_end) const {
        const auto second_end = digits_end(first_end + 1);
        return second_end + 1 < text_.size() && text_[second_end] == text_[first_end] &&
               is_digit(text_[second_end + 1]);
    }

    void date() {
        const auto end = digits_end(digits_end(digits_end(at_) + 1) + 1);
        auto& token = push(Token::Kind::date, at_, end);
        const auto shape = [&] {
            if (token.text.size() != 10 || token.text[4] != '-' || token.text[7] != '-')
                return false;
            return true;
        }();
        if (shape && parse_date(token.text)) return;
        diagnostics_.error(shape ? "RU014" : "RU018", token.span, std::string(token.text));
        token.text = "2000-01-01";
    }

    void range(std::size_t low_end) {
        const auto low = text_.substr(at_, low_end - at_);
        auto& token = push(Token::Kind::range, at_, digits_end(low_end + 2));
        const auto high = token.text.substr(low.size() + 2);
        if (low.size() > 9 || high.size() > 9) {
            diagnostics_.error("RU017", token.span, std::string(token.text));
            token.text = "0..1";
        } else if (std::stol(std::string(low)) > std::stol(std::string(high))) {
            diagnostics_.error("RU019", token.span, std::string(token.text));
            token.text = "0..1";
        }
    }

    // 64.09.01, 64.09/dpupr; else a decimal number, which the language does not have.
    void dotted_number(std::size_t end) {
        while (end + 1 < text_.size() && text_[end] == '.' && is_digit(text_[end + 1]))
            end = digits_end(end + 1);
        if (!is_region_code(text_.substr(at_, end - at_))) {
            auto& token = push(Token::Kind::integer, at_, end);
            diagnostics_.error("RU013", token.span, std::string(token.text));
            token.text = "0";
            return;
        }
        if (end + 1 < text_.size() && text_[end] == '/' && is_letter(text_[end + 1]))
            return path(end);
        push(Token::Kind::region, at_, end);
    }

    void path(std::size_t end) {
        while (end + 1 < text_.size() && text_[end] == '/' && is_word(text_[end + 1]))
            end = word_end(end + 1);
        finish_word(push(Token::Kind::path, at_, end), false);
    }

    const Source& source_;
    std::string_view text_;
    Diagnostics& diagnostics_;
    Scan result_;
    std::size_t at_ = 0;
    bool fresh_line_ = true;
};

}  // namespace

Scan scan(const Source& source, Diagnostics& diagnostics) {
    return Scanner(source, 0, source.text().size(), diagnostics).run();
}

Scan scan_part(const Source& source, const Span& part, Diagnostics& diagnostics) {
    return Scanner(source, part.begin, part.end, diagnostics).run_part();
}

}  // namespace pintu::rules::syntax
