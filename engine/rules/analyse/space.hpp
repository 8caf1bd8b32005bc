// What the proofs range over: every attribute's cells, every text's possible answers (R15), and the
// rules as terms over them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/rules/compile/cells.hpp"
#include "engine/rules/model.hpp"
#include "engine/text/matcher.hpp"

namespace pintu::rules {

// Which truths are possible.
using Truths = std::uint8_t;
constexpr Truths kNo = 1;
constexpr Truths kMaybe = 2;  // Kleene's unknown
constexpr Truths kYes = 4;
constexpr Truths kNotYes = kNo | kMaybe;

// A condition over cells.
struct Term {
    enum class Kind { always, cells, probe, opaque, all, any };
    Kind kind = Kind::always;
    bool negated = false;  // of cells, probe, opaque
    AttributeId attribute = 0;
    ProbeId probe = 0;
    CellSet yes;  // of cells: where the atom is T, U, F
    CellSet unknown;
    CellSet no;
    std::vector<Term> children;
};

// A set of reports: the cells that each attribute may be in (a decision's follow from the rest),
// and what each probe answers: 0, 1 or kEither.
struct Box {
    static constexpr std::uint8_t kEither = 2;
    std::vector<CellSet> cells;
    std::vector<std::uint8_t> probes;
};

// What a question ranges over.
struct Readable {
    std::vector<std::uint32_t> decisions;  // to be filled in, in order of evaluation
    std::vector<AttributeId> leaves;       // fields and facts, sorted
    std::vector<ProbeId> probes;           // sorted
};

class Space {
  public:
    // Refers to the program and the matcher; both outlive it.
    Space(const Program& program, const text::Matcher& matcher);

    const Program& program() const { return program_; }
    const AttributeCells& cells(AttributeId attribute) const { return cells_[attribute]; }
    const std::vector<AttributeCells>& all_cells() const { return cells_; }
    const Term& term(RuleId rule) const { return terms_[rule]; }
    // Conditions of limits and accepted gaps, by decision.
    const std::vector<Term>& limit_terms(std::uint32_t decision) const { return limits_[decision]; }
    const std::vector<Term>& gap_terms(std::uint32_t decision) const { return gaps_[decision]; }
    // Only of attributes and nodes at which the program's own atoms or competences part the cells.
    Term term_of(const Condition& condition, bool negated = false) const;

    // Every report that the schema allows (R1, R17: a known place lies in the agency).
    const Box& everything() const { return everything_; }
    bool is_decision(AttributeId attribute) const {
        return program_.attributes[attribute].source == Attribute::Source::decision;
    }
    // All that the rules of a decision depend on, through other decisions too; with_itself: the
    // decision's own value too.
    const Readable& under(std::uint32_t decision) const { return under_[decision]; }
    Readable with_itself(std::uint32_t decision) const;
    // A scope that covers the attribute as well.
    Readable joined(const Readable& scope, AttributeId attribute) const;

    // Sets a probe and what follows from it for the others; false where no text answers so.
    bool settle(Box& box, ProbeId probe, std::uint8_t answer) const;
    // Phrases for a text that answers 1 wherever the box says 1, 0 wherever it says 0, and as few
    // else as may be; by text field, as indexes of Matcher::phrases().
    std::vector<std::size_t> phrases_for(const Box& box) const;
    // The phrase of a probe that says yes to the fewest others.
    std::optional<std::size_t> shortest_phrase(ProbeId probe) const {
        if (phrases_of_[probe].empty()) return {};
        return phrases_of_[probe].front();
    }
    std::size_t phrase_count() const { return phrases_.size(); }
    // Phrases to which a probe says yes, and the probes that say yes to a phrase.
    const std::vector<std::uint32_t>& phrases_of(ProbeId probe) const { return phrases_of_[probe]; }
    const std::vector<ProbeId>& hits(std::uint32_t phrase) const { return phrases_[phrase].hits; }
    // What these phrases answer together.
    std::vector<std::uint8_t> answers_of(const std::vector<std::size_t>& phrases) const;
    std::string compose(AttributeId field, const std::vector<std::size_t>& phrases) const;
    std::vector<std::uint8_t> match(AttributeId field, const std::string& text) const;

    // A decision's possible values where it answers an attribute: cell of the attribute -> cell of
    // the decision.
    Cell translated(AttributeId from, Cell cell, AttributeId to) const;

  private:
    void part_cells();
    void make_terms();
    void make_everything();
    void make_scopes();
    void make_phrases();

    struct PhraseVector {
        std::size_t index;  // of Matcher::phrases()
        AttributeId field;
        std::vector<ProbeId> hits;
    };
    const Program& program_;
    const text::Matcher& matcher_;
    std::vector<AttributeCells> cells_;
    std::vector<Term> terms_;
    std::vector<std::vector<Term>> limits_;
    std::vector<std::vector<Term>> gaps_;
    Box everything_;
    std::vector<Readable> under_;
    std::vector<PhraseVector> phrases_;
    std::vector<std::vector<std::uint32_t>> phrases_of_;  // by probe, smallest vector first
};

}  // namespace pintu::rules
