#include "adapters/plugged/said.hpp"

#include <algorithm>
#include <cctype>

#include "engine/runtime/spoken.hpp"

namespace pintu::plugged {
namespace {

constexpr std::size_t kMostLetters = 200;
constexpr std::size_t kTellingDigits = 6;
constexpr std::size_t kTellingLetters = 3;
constexpr const char* kHidden = "...";

bool same_letter(char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) ==
           std::tolower(static_cast<unsigned char>(b));
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Whatever the case of its letters; a value of a letter or two is no telling one.
std::string without(std::string text, const std::string& value) {
    if (value.size() < kTellingLetters) return text;
    for (auto from = text.begin();;) {
        const auto at = std::search(from, text.end(), value.begin(), value.end(), same_letter);
        if (at == text.end()) return text;
        const auto place = at - text.begin();
        text.replace(static_cast<std::size_t>(place), value.size(), kHidden);
        from = text.begin() + place + static_cast<std::ptrdiff_t>(std::string_view(kHidden).size());
    }
}

// Digits of a number that is written with dashes, dots or blanks are one number.
std::string without_numbers(const std::string& text) {
    std::string kept;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i;
        std::size_t digits = 0;
        while (end < text.size() &&
               (is_digit(text[end]) || text[end] == '-' || (text[end] == ' ' && digits > 0)))
            digits += is_digit(text[end++]) ? 1 : 0;
        if (digits >= kTellingDigits) {
            kept += kHidden;
            if (text[end - 1] == ' ') kept += ' ';
            i = end;
        } else {
            end = std::max(end, i + 1);
            kept.append(text, i, end - i);
            i = end;
        }
    }
    return kept;
}

std::string without_addresses(const std::string& text) {
    std::string kept;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t end = std::min(text.find(' ', i), text.size());
        const std::string word = text.substr(i, end - i);
        kept += word.find('@') == std::string::npos ? word : kHidden;
        if (end < text.size()) kept += ' ';
        i = end + 1;
    }
    return kept;
}

}  // namespace

std::string said_of(std::string_view why, const ports::Recipient& to) {
    std::string text = runtime::plain(why, kMostLetters, false);
    for (const auto* value : {&to.email, &to.phone, &to.name, &to.external_id})
        text = without(std::move(text), *value);
    return without_numbers(without_addresses(text));
}

}  // namespace pintu::plugged
