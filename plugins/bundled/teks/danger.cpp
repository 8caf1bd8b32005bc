#include "danger.hpp"

#include <algorithm>
#include <sstream>

namespace teks {
namespace {

// How far before a word its "tidak" or "jangan sampai" may stand.
constexpr std::size_t kNear = 4;

std::vector<std::string> split(const std::string& line) {
    std::istringstream in(line);
    std::vector<std::string> words;
    for (std::string word; in >> word;) words.push_back(word);
    return words;
}

Danger one_less(Danger danger) {
    return danger == Danger::akut ? Danger::mungkin : Danger::aman;
}

}  // namespace

DangerWords::DangerWords()
    : denying_(words_in(kDangerList, "menyangkal")), fearing_(words_in(kDangerList, "andai")) {
    const auto sections = sections_of(kDangerList);
    add(sections.at("akut"), Danger::akut);
    add(sections.at("mungkin"), Danger::mungkin);
    add(sections.at("bukan"), Danger::aman);
    for (auto& [first, phrases] : phrases_)
        std::stable_sort(phrases.begin(), phrases.end(), [](const auto& a, const auto& b) {
            return a.words.size() > b.words.size();
        });
    for (const auto& line : sections.at("kegiatan")) {
        const auto words = split(line);
        activities_[words.front()].push_back({words, Danger::aman});
    }
}

void DangerWords::add(const std::vector<std::string>& lines, Danger danger) {
    for (const auto& line : lines) {
        const auto words = split(line);
        phrases_[words.front()].push_back({words, danger});
    }
}

bool DangerWords::matches(const Phrase& phrase, const std::vector<Word>& words,
                          std::size_t begin) const {
    if (begin + phrase.words.size() > words.size()) return false;
    for (std::size_t i = 0; i < phrase.words.size(); ++i) {
        const Word& word = words[begin + i];
        if (i > 0 && word.begins_clause) return false;
        if (word.text != phrase.words[i] && bare(word.text) != phrase.words[i]) return false;
    }
    return true;
}

const DangerWords::Phrase* DangerWords::at(const std::vector<Word>& words,
                                           std::size_t begin) const {
    const std::string& text = words[begin].text;
    for (const std::string& first : {text, std::string(bare(text))}) {
        const auto found = phrases_.find(first);
        if (found == phrases_.end()) continue;
        for (const Phrase& phrase : found->second)
            if (matches(phrase, words, begin)) return &phrase;
    }
    return nullptr;
}

Danger DangerWords::softened(Danger danger, const std::vector<Word>& words, std::size_t first,
                             std::size_t at) const {
    const std::size_t from = at - std::min(at - first, kNear);
    bool feared = false;
    for (std::size_t i = at; i-- > from;) {
        if (denying_.contains(words[i].text)) return one_less(danger);
        feared = feared || fearing_.contains(words[i].text);
        if (words[i].begins_clause) break;
    }
    return feared && danger == Danger::akut ? Danger::mungkin : danger;
}

bool DangerWords::is_activity(const std::vector<Word>& words, std::size_t begin,
                              std::size_t end) const {
    for (std::size_t i = begin; i < end; ++i) {
        const auto found = activities_.find(words[i].text);
        if (found == activities_.end()) continue;
        for (const Phrase& phrase : found->second)
            if (matches(phrase, words, i)) return true;
    }
    return false;
}

Danger DangerWords::within(const std::vector<Word>& words, std::size_t begin,
                           std::size_t end) const {
    const bool activity = is_activity(words, begin, end);
    Danger worst = Danger::aman;
    for (std::size_t i = begin; i < end;) {
        const Phrase* phrase = at(words, i);
        if (!phrase) {
            ++i;
            continue;
        }
        Danger danger = softened(phrase->danger, words, begin, i);
        if (activity) danger = one_less(one_less(danger));
        worst = std::max(worst, danger);
        i += phrase->words.size();
    }
    return worst;
}

Danger DangerWords::of(const std::vector<Word>& words) const {
    Danger worst = Danger::aman;
    for (std::size_t begin = 0; begin < words.size();) {
        std::size_t end = begin + 1;
        while (end < words.size() && !words[end].begins_sentence) ++end;
        worst = std::max(worst, within(words, begin, end));
        begin = end;
    }
    return worst;
}

}  // namespace teks
