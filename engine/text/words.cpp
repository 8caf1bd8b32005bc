#include "engine/text/words.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <utility>

#include "engine/text/fold.hpp"
#include "engine/text/spellings.hpp"

namespace pintu::text {
namespace {

constexpr std::array<std::string_view, 14> kPrefixes = {
    "di", "ke", "se", "ber", "me", "mem", "men", "ter", "pe", "per", "pem", "meng", "pen", "peng"};
constexpr std::array<std::string_view, 6> kSuffixes = {"nya", "lah", "kah", "ku", "mu", "pun"};

bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// The code point of the sequence at `at`; the text is valid UTF-8 (fold_for_words).
std::pair<UChar32, std::size_t> code_point(std::string_view text, std::size_t at) {
    const auto first = static_cast<unsigned char>(text[at]);
    const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    UChar32 point = length == 1 ? first : first & (0x7F >> length);
    for (std::size_t i = 1; i < length && at + i < text.size(); ++i)
        point = (point << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3F);
    return {point, std::min(length, text.size() - at)};
}

// Bytes of the letter, digit or mark at `at`; 0 for anything else.
std::size_t letter_at(std::string_view text, std::size_t at) {
    if (at >= text.size()) return 0;
    if (static_cast<unsigned char>(text[at]) < 0x80) return is_plain(text[at]) ? 1 : 0;
    const auto [point, length] = code_point(text, at);
    const bool mark = (U_GET_GC_MASK(point) & U_GC_M_MASK) != 0;
    return u_isalnum(point) != 0 || mark ? length : 0;
}

// Bytes of an apostrophe, straight or typographic.
std::size_t apostrophe_at(std::string_view text, std::size_t at) {
    const auto rest = text.substr(at);
    if (rest.starts_with('\'') || rest.starts_with('`')) return 1;
    return rest.starts_with("\xE2\x80\x99") || rest.starts_with("\xE2\x80\x98") ? 3 : 0;
}

bool is_one_of(std::string_view word, const auto& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

// One run of letters into part_, without apostrophes.
bool WordReader::read_run() {
    part_.clear();
    for (;;) {
        while (at_ < text_.size() && is_plain(text_[at_])) part_ += text_[at_++];
        if (at_ >= text_.size()) break;
        if (const auto length = letter_at(text_, at_)) {
            part_.append(text_, at_, length);
            at_ += length;
        } else if (const auto mark = apostrophe_at(text_, at_);
                   mark > 0 && !part_.empty() && letter_at(text_, at_ + mark) > 0) {
            at_ += mark;
        } else {
            break;
        }
    }
    return !part_.empty();
}

// Runs of three or more of a letter, and the 2 that doubles a word.
void WordReader::even_out() {
    std::size_t out = 0;
    for (std::size_t i = 0; i < part_.size();) {
        std::size_t run = 1;
        while (i + run < part_.size() && part_[i + run] == part_[i]) ++run;
        const bool letter = part_[i] >= 'a' && part_[i] <= 'z';
        const std::size_t keep = letter && run >= 3 ? 1 : run;
        for (std::size_t k = 0; k < keep; ++k) part_[out++] = part_[i];
        i += run;
    }
    part_.resize(out);
    const auto two = part_.find('2');
    if (two == std::string::npos || two < 3 || !meant_by(part_).empty()) return;
    const bool doubles =
        std::all_of(part_.begin(), part_.begin() + static_cast<std::ptrdiff_t>(two),
                    [](char c) { return c >= 'a' && c <= 'z'; }) &&
        (two + 1 == part_.size() || is_one_of(std::string_view(part_).substr(two + 1), kSuffixes));
    if (doubles) part_.erase(two, 1);
}

// After word_ and a hyphen: goes on with the next part where both are one word.
void WordReader::join_hyphens() {
    while (at_ < text_.size() && text_[at_] == '-' && letter_at(text_, at_ + 1) > 0) {
        const auto before = at_++;
        read_run();
        even_out();
        if (part_.starts_with(word_) && word_.size() >= 2) {
            word_ = part_;
        } else if (is_one_of(word_, kPrefixes) || is_one_of(part_, kSuffixes)) {
            word_ += part_;
        } else {
            at_ = before + 1;
            return;
        }
    }
}

bool WordReader::next(std::string_view& word) {
    while (at_ < text_.size()) {
        if (!read_run()) {
            ++at_;
            while (at_ < text_.size() && (static_cast<unsigned char>(text_[at_]) & 0xC0U) == 0x80U)
                ++at_;
            continue;
        }
        even_out();
        word_.swap(part_);
        join_hyphens();
        word = word_;
        return true;
    }
    return false;
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    const auto folded = fold_for_words(text);
    WordReader reader(folded);
    std::string_view word;
    while (reader.next(word))
        for_each_meant(word, meant_by(word),
                       [&](std::string_view meant) { words.emplace_back(meant); });
    return words;
}

}  // namespace pintu::text
