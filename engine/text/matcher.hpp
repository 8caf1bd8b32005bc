// Which probes a text answers with yes: all lexicons in one pass over its stems, all literals in
// one pass over its bytes. The only room that sees ICU and libstemmer.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pintu::text {

// One yes/no about a text (language.md R5).
struct Probe {
    // contains: a phrase is in the text letter for letter; both sides NFC and case-folded.
    // mentions: the stems of a phrase's words stand in the text in this order, with at most two
    //           other words between one and the next; spellings and abbreviations evened out.
    enum class Kind { contains, mentions };
    Kind kind = Kind::mentions;
    std::vector<std::string> phrases;  // yes if any of them is there; one for a literal
};

// One byte a probe, in the order of the probes: 1 yes, 0 no.
using Answers = std::vector<std::uint8_t>;

// Immutable; one may serve many threads, each with its own Scratch. Answers depend on the text, the
// probes and version() alone. Linear in the text: a megabyte takes milliseconds. Bytes that are not
// UTF-8 count as U+FFFD. A phrase without a word (mentions) or without a letter (contains) is in
// no text.
class Matcher {
  public:
    explicit Matcher(const std::vector<Probe>& probes);
    ~Matcher();
    Matcher(Matcher&&) noexcept;
    Matcher& operator=(Matcher&&) noexcept;

    // Memory that a caller of many matches keeps between them: buffers, the stemmer, stems seen.
    // Belongs to one thread; serves any Matcher, and remembers the stems of the last.
    class Scratch {
      public:
        Scratch();
        ~Scratch();
        Scratch(Scratch&&) noexcept;
        Scratch& operator=(Scratch&&) noexcept;

      private:
        friend class Matcher;
        struct Memory;
        std::unique_ptr<Memory> memory_;
    };

    std::size_t probe_count() const;
    // With a Scratch of the thread's own: single words of texts stay in memory while it lives.
    Answers match(std::string_view text) const;
    // The same without allocating; answers.size() == probe_count().
    void match(std::string_view text, Scratch& scratch, std::span<std::uint8_t> answers) const;

    // A phrase of a probe, and all probes that the phrase's own text answers with yes: what any
    // text with this phrase says at least. The longer literal says yes to the shorter one that it
    // contains; a lexicon's phrase to a literal in it. For proofs (R15): the text cells are the
    // unions of these.
    struct Phrase {
        std::uint32_t probe = 0;
        std::string text;
        std::vector<std::uint32_t> implies;  // probes, ascending; empty for a phrase in no text
    };
    // In the order of the probes and of their phrases.
    const std::vector<Phrase>& phrases() const;
    // One text with all of these phrases (indexes of phrases()), parted by words that no phrase of
    // `mentions` has, so that it answers the union of theirs (a literal that spans two phrases
    // aside: witnesses are re-decided before they are shown).
    std::string compose(const std::vector<std::size_t>& phrases) const;

  private:
    struct Tables;
    std::unique_ptr<const Tables> tables_;
};

}  // namespace pintu::text
