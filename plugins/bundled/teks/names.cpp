#include "names.hpp"

#include <algorithm>

namespace teks {
namespace {

// Titles and addresses between the first of them and the name: "Bapak Kepala Dinas Drs. H. Ali".
constexpr std::size_t kMostTitles = 6;
// Words of the name of a place.
constexpr std::size_t kMostOfPlace = 4;

}  // namespace

// A text, and whether its capitals tell anything: where most ordinary words have one, they do not.
struct NameSigns::Reading {
    const std::vector<Word>& words;
    bool capitals = false;
};

NameSigns::NameSigns()
    : marks_(words_in(kNameList, "penanda")),
      addresses_(words_in(kNameList, "sapaan")),
      weak_addresses_(words_in(kNameList, "sapaan_lemah")),
      titles_(words_in(kNameList, "jabatan")),
      between_(words_in(kNameList, "antara")),
      names_(words_in(kNameList, "nama")),
      meaning_names_(words_in(kNameList, "nama_bermakna")),
      heads_(words_in(kPlaceList, "kepala")),
      places_(words_in(kPlaceList, "tempat")),
      common_(words_in(kCommonList, "")) {}

bool NameSigns::is_known(const Word& word) const {
    return names_.contains(word.text) && !meaning_names_.contains(word.text);
}

bool NameSigns::may_be_known(const Word& word) const {
    return names_.contains(word.text) || meaning_names_.contains(word.text);
}

bool NameSigns::is_plain(const Word& word) const {
    const std::string stem(bare(word.text));
    return word.number || word.text.size() < 2 || common_.contains(word.text) ||
           common_.contains(stem) || places_.contains(word.text) || heads_.contains(word.text) ||
           titles_.contains(word.text) || addresses_.contains(word.text) ||
           weak_addresses_.contains(word.text) || word.text.find('-') != std::string::npos;
}

// A name by its look: known, or with a capital where capitals tell something.
bool NameSigns::stands_for_name(const Reading& reading, std::size_t at) const {
    const Word& word = reading.words[at];
    if (may_be_known(word)) return true;
    return reading.capitals && word.capital && !word.shouted && !is_plain(word);
}

// After an address: titles may follow, then a name. After "pak" whatever is no ordinary word is
// one, unless a title came between.
bool NameSigns::follows_address(const Reading& reading, std::size_t at) const {
    const auto& words = reading.words;
    const bool account = words[at].text == "n" && at > 0 && words[at - 1].text == "a";  // "a.n."
    bool strong = account || marks_.contains(words[at].text) || addresses_.contains(words[at].text);
    for (std::size_t i = at + 1; i < words.size() && i <= at + kMostTitles; ++i) {
        const bool parted = words[i].begins_clause && !words[i - 1].dotted;
        if (parted) return false;
        if (stands_for_name(reading, i)) return true;
        const bool address = addresses_.contains(words[i].text);
        const bool title =
            titles_.contains(words[i].text) || weak_addresses_.contains(words[i].text);
        if (!address && !title) return strong && !is_plain(words[i]);
        strong = address;
    }
    return false;
}

// "Jalan Ahmad Yani", "di Sepinggan": what the head of a place or "di" takes along.
std::size_t NameSigns::skip_place(const Reading& reading, std::size_t at) const {
    const auto& words = reading.words;
    const std::string& text = words[at].text;
    const bool head = heads_.contains(text);
    if (!head && text != "di" && text != "ke" && text != "dari") return at;
    std::size_t end = at + 1;
    while (end < words.size() && end <= at + kMostOfPlace &&
           (!words[end].begins_clause || words[end - 1].dotted)) {
        const Word& word = words[end];
        const bool belongs = heads_.contains(word.text) || places_.contains(word.text) ||
                             word.number || (head && (may_be_known(word) || word.text == "haji")) ||
                             (reading.capitals && word.capital && !addresses_.contains(word.text));
        if (!belongs) break;
        ++end;
    }
    return end - 1;
}

bool NameSigns::names_at(const Reading& reading, std::size_t at) const {
    const auto& words = reading.words;
    const Word& word = words[at];
    const bool addressed = marks_.contains(word.text) || addresses_.contains(word.text) ||
                           weak_addresses_.contains(word.text) || titles_.contains(word.text) ||
                           word.text == "n";
    if (addressed && follows_address(reading, at)) return true;
    if (between_.contains(word.text)) {
        return at > 0 && at + 1 < words.size() && !word.begins_clause &&
               !words[at + 1].begins_clause && !is_plain(words[at + 1]);
    }
    if (is_known(word) && !places_.contains(word.text)) return true;
    const bool looks = reading.capitals && word.capital && !word.begins_sentence &&
                       stands_for_name(reading, at) && !places_.contains(word.text);
    const bool next_looks = at + 1 < words.size() && !words[at + 1].begins_clause &&
                            stands_for_name(reading, at + 1) && words[at + 1].capital;
    const bool known_pair = may_be_known(word) && at + 1 < words.size() &&
                            !words[at + 1].begins_clause && may_be_known(words[at + 1]);
    return known_pair || (looks && (next_looks || may_be_known(word)));
}

bool NameSigns::in(const std::vector<Word>& words) const {
    std::size_t ordinary = 0;
    std::size_t capitals = 0;
    for (const Word& word : words) {
        if (word.begins_sentence || !common_.contains(word.text) || titles_.contains(word.text))
            continue;
        ++ordinary;
        capitals += word.capital;
    }
    const Reading reading{words, capitals * 2 <= ordinary};
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::size_t place = skip_place(reading, i);
        if (place > i) {
            i = place;
            continue;
        }
        if (names_at(reading, i)) return true;
    }
    return false;
}

}  // namespace teks
