// The questions put to one program, each in a file of its own.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/diagnostic.hpp"
#include "engine/rules/analyse/analyse.hpp"
#include "engine/rules/analyse/search.hpp"

namespace pintu::rules {

struct Inquiry {
    const Program& program;
    const Space& space;
    Search& search;
    const AnalyseOptions& options;
    Diagnostics& diagnostics;
    AnalysisReport& report;

    Answered ask(const Goal& goal);
    // RU206 of a question that needed more than the budget; `about`: a rule, or a claim.
    void not_proved(const Span& span, const std::string& decision, const std::string& about);
    // The witness in words, made small first and decided again by the oracle. A disagreement of the
    // two evaluators is a bug of ours: RU299.
    std::string witness(const Goal& goal, Report& found, const Span& span);
};

// R13, R16: RU201 where a report is undecided.
void ask_completeness(Inquiry& inquiry, std::uint32_t decision);
// R9, R11: RU202 where two rules of a layer stand against each other.
void ask_conflicts(Inquiry& inquiry, std::uint32_t decision);
// Fills AnalysisReport::dead.
void ask_dead(Inquiry& inquiry, std::uint32_t decision);
// R13: RU207 where an unknown that no rule tests could change the answer.
void ask_doubts(Inquiry& inquiry, std::uint32_t decision);
// L4: RU212 where an answer that is no constant breaks an upper layer's limit (check has the rest).
void ask_breaches(Inquiry& inquiry, std::uint32_t decision);
// R17: RU208, RU209; RU210 for what is not proved yet.
void ask_proofs(Inquiry& inquiry);

// Where two rules of a layer can be T together, by the cells that each alone leaves: never misses a
// pair; exact where both are plain conjunctions without negated texts.
struct Pair {
    RuleId first = 0;
    RuleId second = 0;
};
class Overlaps {
  public:
    // `differing`: only pairs whose answers may not stand together under the decision's policy.
    Overlaps(const Space& space, std::uint32_t decision, const DecisionLayer& layer,
             bool differing);
    // Pairs, until `stop` says true. Their number.
    std::size_t each(const std::function<bool(Pair)>& stop) const;

  private:
    struct Bounds {
        RuleId rule;
        std::vector<std::pair<AttributeId, const CellSet*>> cells;  // sorted by attribute
        CellSet buckets;
    };
    bool may_differ(RuleId a, RuleId b) const;
    static bool meet(const Bounds& a, const Bounds& b);
    const Space& space_;
    const Decision& decision_;
    bool differing_;
    std::vector<Bounds> bounds_;
    std::vector<std::vector<std::uint32_t>> buckets_;  // by cell of the most telling attribute
};

// The cells that a rule's condition needs, conjunct by conjunct; every rule's own box.
void narrow(const Term& term, const Space& space, Box& box);

}  // namespace pintu::rules
