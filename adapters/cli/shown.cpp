#include "adapters/cli/shown.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "adapters/cli/setup.hpp"
#include "engine/calendar/duration.hpp"
#include "engine/rules/syntax/keywords.hpp"

namespace pintu::cli {
namespace {

using rules::syntax::Keyword;

bool english(const Options& options) {
    return options.language == messages::Language::english;
}

// Words that stand in conditions and limits, the longest first.
constexpr Keyword kConditions[] = {
    Keyword::is_unknown, Keyword::is_known, Keyword::at_least, Keyword::at_most, Keyword::includes,
    Keyword::mentions,   Keyword::contains, Keyword::not_,     Keyword::and_,    Keyword::or_,
    Keyword::in,         Keyword::yes,      Keyword::no,
};
constexpr Keyword kUnits[] = {Keyword::working_days, Keyword::hours, Keyword::days};

bool is_word(char c) {
    const auto u = static_cast<unsigned char>(c);
    return u >= 0x80 || c == '_' || c == '/' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
}

bool stands_at(std::string_view text, std::size_t at, std::string_view word) {
    if (text.substr(at, word.size()) != word) return false;
    return at + word.size() == text.size() || !is_word(text[at + word.size()]);
}

// Both English forms of a keyword ("day", "days").
template <std::size_t N>
const rules::syntax::KeywordPair* keyword_at(std::string_view text, std::size_t at,
                                             const Keyword (&keywords)[N]) {
    for (const Keyword keyword : keywords)
        for (const auto& pair : rules::syntax::keyword_table())
            if (pair.keyword == keyword && stands_at(text, at, pair.english)) return &pair;
    return nullptr;
}

bool after_number(std::string_view text, std::size_t at) {
    return at >= 2 && text[at - 1] == ' ' && text[at - 2] >= '0' && text[at - 2] <= '9';
}

}  // namespace

std::string shown_condition(const Options& options, const std::string& text) {
    if (english(options)) return text;
    constexpr std::string_view kUnknown = "unknown";
    std::string shown;
    bool quoted = false;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == '"') quoted = !quoted;
        const bool begins = !quoted && (at == 0 || !is_word(text[at - 1]));
        const auto* pair = begins ? keyword_at(text, at, kConditions) : nullptr;
        if (pair == nullptr && begins && after_number(text, at))
            pair = keyword_at(text, at, kUnits);
        if (pair != nullptr) {
            shown += pair->indonesian;
            at += pair->english.size();
        } else if (begins && stands_at(text, at, kUnknown)) {
            shown += words(options, "CL330");
            at += kUnknown.size();
        } else {
            shown += text[at++];
        }
    }
    return shown;
}

std::string shown_value(const Options& options, const std::string& value) {
    if (value == "{}") return words(options, "CL331");
    if (value == "yes" || value == "no" || value == "unknown" || calendar::parse_duration(value))
        return shown_condition(options, value);
    return value;
}

std::string shown_rule(const Options& options, const std::string& name) {
    if (english(options) || name != "otherwise") return name;
    return std::string(rules::syntax::to_indonesian(Keyword::otherwise));
}

std::string shown_whom(const Options& options, const std::string& whom) {
    if (whom == "reporter") return words(options, "CL221");
    if (whom == "public") return words(options, "CL332");
    const auto of = whom.find(" of ");
    if (of == std::string::npos) return whom;
    const std::string role = whom.substr(0, of);
    const std::string unit = whom.substr(of + 4);
    if (unit == "owner") return words(options, "CL333", {role});
    if (unit == "agency") return words(options, "CL334", {role});
    return words(options, "CL335", {role, unit});
}

// What the system calls its reasons, in the reader's words.
std::string shown_reason(const Options& options, const std::string& reason) {
    static constexpr std::pair<std::string_view, std::string_view> kReasons[] = {
        {"No such file or directory", "CL355"},
        {"Permission denied", "CL356"},
        {"Is a directory", "CL357"},
        {"No space left on device", "CL358"},
        {"Read-only file system", "CL359"},
        {"File too large", "CL368"},
        {"Not a directory", "CL369"},
    };
    for (const auto& [own, code] : kReasons)
        if (own == reason) return words(options, code);
    return reason;
}

std::string shown_argument(const Options& options, const std::string& argument) {
    if (const auto at = parse_instant(argument)) return local(*at);
    return shown_reason(options, shown_whom(options, shown_value(options, argument)));
}

void say(const Io& io, const Options& options, const Error& error) {
    std::vector<std::string> args;
    for (const auto& arg : error.args) args.push_back(shown_argument(options, arg));
    if (io.log != nullptr) return io.log->write(ports::LogLevel::error, error.code, args);
    say(io, options, error.code, std::move(args));
}

}  // namespace pintu::cli
