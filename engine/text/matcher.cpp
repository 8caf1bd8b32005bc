#include "engine/text/matcher.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cassert>

#include "engine/text/automaton.hpp"
#include "engine/text/fold.hpp"
#include "engine/text/phrases.hpp"
#include "engine/text/spellings.hpp"
#include "engine/text/stem.hpp"
#include "engine/text/words.hpp"

namespace pintu::text {
namespace {

// Longer words are no words: they have no stem.
constexpr std::size_t kLongestWord = 64;
// Words seen before and their stems, so that most words of a report need no stemmer.
constexpr std::size_t kSeenWords = 2048;
constexpr std::size_t kLongestSeen = 17;

// `matcher` numbers whose stems they are: what another one has seen need not be cleared.
struct SeenWord {
    std::array<char, kLongestSeen> letters{};
    std::uint8_t length = 0;
    std::uint16_t matcher = 0;
    std::uint32_t stem = kNoStem;

    bool is(std::string_view word, std::uint16_t asking) const {
        return matcher == asking && word == std::string_view(letters.data(), length);
    }
    static SeenWord of(std::string_view word, std::uint16_t asking, std::uint32_t stem) {
        SeenWord seen{{}, static_cast<std::uint8_t>(word.size()), asking, stem};
        std::copy(word.begin(), word.end(), seen.letters.begin());
        return seen;
    }
};

// FNV-1a, 64 bits.
std::uint64_t hash_of(std::string_view word) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return hash ^ (hash >> 32);
}

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::atomic<std::uint64_t> tables_made{0};

std::vector<std::string> stems_of(std::string_view phrase, Stemmer& stemmer) {
    std::vector<std::string> stems;
    for (const auto& word : words_of(phrase))
        stems.emplace_back(word.size() > kLongestWord ? word : stemmer.stem(word));
    return stems;
}

}  // namespace

struct Matcher::Scratch::Memory {
    std::vector<std::uint32_t> visited;  // of the automaton's states
    std::uint32_t stamp = 0;
    Phrases::Walk walk;
    Stemmer stemmer;
    std::vector<SeenWord> seen = std::vector<SeenWord>(kSeenWords);
    std::uint64_t tables = 0;   // that asked last
    std::uint16_t matcher = 0;  // their number in `seen`; never 0 there

    void serve(std::uint64_t identity) {
        if (tables == identity) return;
        tables = identity;
        if (++matcher != 0) return;
        seen.assign(kSeenWords, {});
        matcher = 1;
    }
};

struct Matcher::Tables {
    const std::uint64_t identity = ++tables_made;  // an address may be another's later
    std::size_t probes = 0;
    Automaton literals{{}};
    std::vector<std::uint32_t> probe_of_literal;
    Phrases phrases;
    std::vector<std::string> separators;  // words that no phrase has, for compose()
    std::vector<Phrase> known;

    // Calls found(probe) for each probe that says yes, some more than once.
    template <class Found>
    void run(std::string_view text, Scratch::Memory& memory, Found found) const {
        const bool ascii = is_ascii(text);
        if (!probe_of_literal.empty()) {
            const auto literal = [&](std::uint32_t i) { found(probe_of_literal[i]); };
            memory.visited.resize(literals.state_count(), 0);
            if (++memory.stamp == 0) {
                std::fill(memory.visited.begin(), memory.visited.end(), 0);
                memory.stamp = 1;
            }
            if (ascii)
                literals.run(text, memory.visited, memory.stamp, literal);
            else
                literals.run(fold(text), memory.visited, memory.stamp, literal);
        }
        if (!phrases.empty()) run_words(fold_for_words(text), memory, found);
    }

    template <class Found>
    void run_words(const std::string& folded, Scratch::Memory& memory, Found& found) const {
        phrases.start(memory.walk);
        WordReader reader(folded);
        std::string_view word;
        while (reader.next(word)) {
            auto& seen = memory.seen[hash_of(word) % kSeenWords];
            if (seen.is(word, memory.matcher)) {
                phrases.step(memory.walk, seen.stem, found);
                continue;
            }
            const auto meant = meant_by(word);
            std::uint32_t stem = kNoStem;
            for_each_meant(word, meant, [&](std::string_view one) {
                const bool is_word = one.size() <= kLongestWord;
                stem = is_word ? phrases.stem_id(memory.stemmer.stem(one)) : kNoStem;
                phrases.step(memory.walk, stem, found);
            });
            const bool several = meant.find(' ') != std::string_view::npos;
            if (!several && word.size() <= kLongestSeen)
                seen = SeenWord::of(word, memory.matcher, stem);
        }
    }

    void add(const Probe& probe, std::uint32_t number, std::vector<std::string>& folded,
             Stemmer& stemmer) {
        for (const auto& phrase : probe.phrases) {
            known.push_back({number, phrase, {}});
            if (probe.kind == Probe::Kind::mentions) {
                const auto stems = stems_of(phrase, stemmer);
                if (!stems.empty()) phrases.add(stems, number);
            } else if (auto literal = fold(phrase); !literal.empty()) {
                folded.push_back(std::move(literal));
                probe_of_literal.push_back(number);
            }
        }
    }

    void add_separators(Stemmer& stemmer) {
        for (const auto* word : {"selain", "itu", "juga", "lalu", "kemudian", "serta", "xx"})
            if (phrases.stem_id(stemmer.stem(word)) == kNoStem) separators.emplace_back(word);
        for (std::string word = "xxx"; separators.size() <= kWidestGap; word += "y")
            if (phrases.stem_id(stemmer.stem(word)) == kNoStem) separators.push_back(word);
    }

    void add_implications() {
        Scratch::Memory memory;
        memory.serve(identity);
        for (auto& phrase : known) {
            auto& implies = phrase.implies;
            run(phrase.text, memory, [&](std::uint32_t probe) { implies.push_back(probe); });
            std::sort(implies.begin(), implies.end());
            implies.erase(std::unique(implies.begin(), implies.end()), implies.end());
        }
    }
};

Matcher::Scratch::Scratch() : memory_(std::make_unique<Memory>()) {}
Matcher::Scratch::~Scratch() = default;
Matcher::Scratch::Scratch(Scratch&&) noexcept = default;
Matcher::Scratch& Matcher::Scratch::operator=(Scratch&&) noexcept = default;

Matcher::Matcher(const std::vector<Probe>& probes) {
    auto tables = std::make_unique<Tables>();
    tables->probes = probes.size();
    Stemmer stemmer;
    std::vector<std::string> literals;
    for (std::size_t i = 0; i < probes.size(); ++i)
        tables->add(probes[i], static_cast<std::uint32_t>(i), literals, stemmer);
    tables->literals = Automaton(literals);
    tables->add_separators(stemmer);
    tables->add_implications();
    tables_ = std::move(tables);
}

Matcher::~Matcher() = default;
Matcher::Matcher(Matcher&&) noexcept = default;
Matcher& Matcher::operator=(Matcher&&) noexcept = default;

std::size_t Matcher::probe_count() const {
    return tables_->probes;
}

Answers Matcher::match(std::string_view text) const {
    thread_local Scratch scratch;
    Answers answers(tables_->probes);
    match(text, scratch, answers);
    return answers;
}

void Matcher::match(std::string_view text, Scratch& scratch,
                    std::span<std::uint8_t> answers) const {
    assert(answers.size() == tables_->probes);
    std::fill(answers.begin(), answers.end(), std::uint8_t{0});
    scratch.memory_->serve(tables_->identity);
    tables_->run(text, *scratch.memory_, [&](std::uint32_t probe) { answers[probe] = 1; });
}

const std::vector<Matcher::Phrase>& Matcher::phrases() const {
    return tables_->known;
}

std::string Matcher::compose(const std::vector<std::size_t>& phrases) const {
    std::string between = ",";
    for (std::size_t i = 0; i <= kWidestGap; ++i) between += " " + tables_->separators[i];
    std::string text;
    for (const auto phrase : phrases) {
        if (!text.empty()) text += between + " ";
        text += tables_->known.at(phrase).text;
    }
    return text;
}

}  // namespace pintu::text
