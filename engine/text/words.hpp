// The words of a text as they are meant: what `mentions` compares, before stems.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pintu::text {

// Raised when the rules below change; spellings have their own version.
constexpr int kWordsVersion = 1;

// Reads the words of a text that went through fold_for_words(), one after the other:
// - a word is a run of letters, digits and marks; apostrophes inside it go (jum'at -> jumat);
// - a letter three times or more is one (rusaaak -> rusak);
// - a doubled word is one, written with 2 or a hyphen (jalan2, jalan-jalan -> jalan); hyphens of
//   prefixes and suffixes go (di-perbaiki, apbd-nya), others part words;
// - spellings are evened out (jln -> jalan), some of them to several words.
class WordReader {
  public:
    explicit WordReader(std::string_view folded) : text_(folded) {}

    // False at the end. The raw word, evened out but for spellings; valid until the next call.
    bool next(std::string_view& word);

  private:
    bool read_run();
    void even_out();
    void join_hyphens();

    std::string_view text_;
    std::size_t at_ = 0;
    std::string word_;
    std::string part_;
};

// The spelling's words, or the word itself.
template <class Use>
void for_each_meant(std::string_view word, std::string_view meant, Use use) {
    if (meant.empty()) return use(word);
    while (!meant.empty()) {
        const auto space = meant.find(' ');
        use(meant.substr(0, space));
        meant.remove_prefix(space == std::string_view::npos ? meant.size() : space + 1);
    }
}

// All of it at once: {"jalan", "rusak"} for "Jln2 RUSAAAK!!".
std::vector<std::string> words_of(std::string_view text);

}  // namespace pintu::text
