// How dangerous is what a text tells of?
#pragma once

#include <map>
#include <string>
#include <vector>

#include "lists.hpp"
#include "text.hpp"

namespace teks {

enum class Danger { aman, mungkin, akut };

class DangerWords {
  public:
    DangerWords();
    // The worst that is said and neither denied nor only feared. Linear in the words.
    Danger of(const std::vector<Word>& words) const;

  private:
    struct Phrase {
        std::vector<std::string> words;
        Danger danger = Danger::aman;  // aman: something else is meant
    };
    struct Sentence;
    void add(const std::vector<std::string>& lines, Danger danger);
    // The longest that begins there; nullptr: none.
    const Phrase* at(const std::vector<Word>& words, std::size_t begin) const;
    bool matches(const Phrase& phrase, const std::vector<Word>& words, std::size_t begin) const;
    bool is_activity(const std::vector<Word>& words, std::size_t begin, std::size_t end) const;
    Danger within(const std::vector<Word>& words, std::size_t begin, std::size_t end) const;
    Danger softened(Danger danger, const std::vector<Word>& words, std::size_t first,
                    std::size_t at) const;

    std::map<std::string, std::vector<Phrase>> phrases_;  // by first word, longest first
    std::map<std::string, std::vector<Phrase>> activities_;
    Words denying_;
    Words fearing_;
};

}  // namespace teks
