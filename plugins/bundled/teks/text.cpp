#include "text.hpp"

#include <cstdint>

namespace teks {
namespace {

struct Letter {
    std::uint32_t code = 0;
    std::size_t bytes = 1;
};

// One letter; a byte that begins none stands for itself, out of the way of all others.
Letter letter_at(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(at);
    if (first < 0x80) return {first, 1};
    const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
    if (size == 0 || first > 0xF4 || at + size > text.size()) return {0xFFFD, 1};
    std::uint32_t code = first & (0xFFU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(at + i) & 0xC0) != 0x80) return {0xFFFD, 1};
        code = code << 6 | (byte(at + i) & 0x3F);
    }
    return {code, size};
}

bool is_invisible(std::uint32_t code) {
    return code == 0xAD || (code >= 0x200B && code <= 0x200F) ||
           (code >= 0x202A && code <= 0x202E) || (code >= 0x2060 && code <= 0x2064) ||
           code == 0xFEFF || (code >= 0xFE00 && code <= 0xFE0F);
}

bool is_capital(std::uint32_t code) {
    return (code >= 'A' && code <= 'Z') || (code >= 0xC0 && code <= 0xDE && code != 0xD7) ||
           (code >= 0xFF21 && code <= 0xFF3A);
}

bool is_digit(std::uint32_t code) {
    return code >= '0' && code <= '9';
}

bool is_letter(std::uint32_t code) {
    if (code < 0x80) return is_capital(code) || (code >= 'a' && code <= 'z') || is_digit(code);
    const bool sign = code < 0xC0 || code == 0xD7 || code == 0xF7;
    const bool punctuation =
        (code >= 0x2000 && code <= 0x2BFF) || (code >= 0x3000 && code <= 0x303F);
    const bool picture = code >= 0x1F000 && code <= 0x1FAFF;
    return !sign && !punctuation && !picture;
}

// Wide letters are narrow ones.
std::uint32_t lower(std::uint32_t code) {
    if (code >= 0xFF21 && code <= 0xFF3A) return code - 0xFF21 + 'a';
    if (code >= 0xFF41 && code <= 0xFF5A) return code - 0xFF41 + 'a';
    return is_capital(code) ? code + 32 : code;
}

void append(std::string& text, std::uint32_t code) {
    if (code < 0x80) {
        text += static_cast<char>(code);
    } else if (code < 0x800) {
        text += static_cast<char>(0xC0 | code >> 6);
        text += static_cast<char>(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        text += static_cast<char>(0xE0 | code >> 12);
        text += static_cast<char>(0x80 | (code >> 6 & 0x3F));
        text += static_cast<char>(0x80 | (code & 0x3F));
    } else {
        text += static_cast<char>(0xF0 | code >> 18);
        text += static_cast<char>(0x80 | (code >> 12 & 0x3F));
        text += static_cast<char>(0x80 | (code >> 6 & 0x3F));
        text += static_cast<char>(0x80 | (code & 0x3F));
    }
}

// Builds words letter by letter.
class Splitter {
  public:
    void take(std::uint32_t code, bool letter_follows) {
        if (is_invisible(code)) return;
        const bool joins =
            (code == '-' || code == '\'' || code == 0x2019) && open_ && letter_follows;
        if (is_letter(code) || joins) return add(code == 0x2019 ? '\'' : code);
        if (open_ && code == '.') words_.back().dotted = true;
        close();
        if (code == '!' || code == '?' || code == '\n' || code == ';') sentence_ = true;
        if (code == '.') stop_ = true;
        if (code == ',' || code == '(' || code == ')' || code == ':' || code == '"' || code == '/')
            clause_ = true;
    }
    std::vector<Word> finish() {
        close();
        return std::move(words_);
    }

  private:
    void add(std::uint32_t code) {
        if (!open_) begin(code);
        const std::uint32_t small = lower(code);
        run_ = small == last_ ? run_ + 1 : 1;
        last_ = small;
        all_capital_ = all_capital_ && is_capital(code);
        words_.back().number = words_.back().number || is_digit(code);
        ++letters_;
        if (run_ == 3 && !is_digit(code)) drop_repeated();
        if (run_ < 3 || is_digit(code)) append(words_.back().text, small);
    }
    // "korbannn": the third and what follows do not count, and the second neither.
    void drop_repeated() {
        std::string& text = words_.back().text;
        do text.pop_back();
        while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80);
        if (last_ >= 0x80 && !text.empty()) text.pop_back();
        if (text.empty()) append(text, last_);
    }
    // A full stop after "H." or "bpk." ends no sentence: such are short.
    void begin(std::uint32_t code) {
        const bool abbreviation = stop_ && !words_.empty() && words_.back().dotted &&
                                  words_.back().text.size() <= 5 && words_.back().capital;
        Word word;
        word.capital = is_capital(code);
        word.begins_sentence = words_.empty() || sentence_ || (stop_ && !abbreviation);
        word.begins_clause = word.begins_sentence || clause_ || stop_;
        words_.push_back(std::move(word));
        open_ = true;
        all_capital_ = true;
        letters_ = 0;
        last_ = run_ = 0;
        sentence_ = clause_ = stop_ = false;
    }
    void close() {
        if (!open_) return;
        Word& word = words_.back();
        word.shouted = all_capital_ && letters_ > 1;
        if (letters_ > 3 && word.text.ends_with('2')) {  // "kejang2": said twice
            word.text.pop_back();
            word.number = false;
        }
        open_ = false;
    }

    std::vector<Word> words_;
    std::uint32_t last_ = 0;
    std::uint32_t run_ = 0;
    std::size_t letters_ = 0;
    bool open_ = false;
    bool all_capital_ = true;
    bool sentence_ = false;
    bool clause_ = false;
    bool stop_ = false;
};

}  // namespace

std::vector<Word> words_of(std::string_view text) {
    Splitter splitter;
    for (std::size_t at = 0; at < text.size();) {
        const Letter letter = letter_at(text, at);
        at += letter.bytes;
        const bool follows = at < text.size() && is_letter(letter_at(text, at).code);
        splitter.take(letter.code, follows);
    }
    return splitter.finish();
}

std::string_view bare(std::string_view word) {
    for (const std::string_view ending : {"nya", "lah", "kah", "pun"}) {
        if (word.size() >= ending.size() + 3 && word.ends_with(ending))
            return word.substr(0, word.size() - ending.size());
    }
    return word;
}

}  // namespace teks
