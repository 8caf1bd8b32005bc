// A report's text as words, for looking things up. Whatever the bytes are: what is no UTF-8 is a
// letter like others, what cannot be seen is not there.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace teks {

struct Word {
    std::string text;      // lower case; letters that are drawn out ("tolooong") once
    bool capital = false;  // begins with one
    bool shouted = false;  // two letters or more, all of them capital
    bool number = false;   // has a digit
    // What stands between it and the word before.
    bool begins_sentence = false;
    bool begins_clause = false;  // a comma, a bracket, a line
    bool dotted = false;         // a full stop follows at once: "H.", "bpk."
};

// In time and space linear in the text.
std::vector<Word> words_of(std::string_view text);

// Without -nya, -lah, -kah, -pun where three letters remain; the same where there is none.
std::string_view bare(std::string_view word);

}  // namespace teks
