// Evaluates rules on whole boxes at once: what is possible there. Never forgets a possibility; may
// think some possible that is not, as long as the box holds more than one report.
#pragma once

#include <optional>
#include <vector>

#include "engine/rules/analyse/space.hpp"

namespace pintu::rules {

// Where to part a box: an attribute's cells in up to three groups, or a probe in no and yes.
struct Split {
    bool of_probe = false;
    ProbeId probe = 0;
    AttributeId attribute = 0;
    std::vector<CellSet> groups;  // the most promising first
    bool yes_first = false;       // of a probe
};

class Abstract {
  public:
    explicit Abstract(const Space& space);

    Truths truths(const Term& term, const Box& box) const;
    // Condition and answer together, as truth_of(program, rule, input).
    Truths truths(RuleId rule, const Box& box) const;
    // Fills the cells of these decisions, in order.
    void forward(Box& box, const std::vector<std::uint32_t>& decisions) const;
    CellSet answers(RuleId rule, const Box& box) const;

    // Where to part the box so that the term comes nearer to `wanted`; nothing where all that it
    // reads is settled.
    std::optional<Split> split(const Term& term, const Box& box, Truths wanted) const;
    std::optional<Split> split(RuleId rule, const Box& box, Truths wanted) const;
    // Any attribute or probe of the scope that is still open.
    std::optional<Split> split_any(const Readable& scope, const Box& box) const;

  private:
    // One layer's contribution.
    struct View {
        std::vector<RuleId> candidates;  // may be T and not set aside
        std::vector<Truths> truths;      // of each
        bool some_sure = false;          // a rule is T for certain
        bool all_may_be_no = true;
        bool some_may_be_unknown = false;
    };
    View view(const DecisionLayer& layer, const Box& box) const;
    CellSet values(std::uint32_t decision, const Box& box) const;
    bool add_layer(const Decision& decision, const DecisionLayer& layer, const Box& box,
                   CellSet& values) const;
    void add_first(const View& view, const Box& box, CellSet& values) const;
    void add_candidates(const Decision& decision, const View& view, const Box& box,
                        CellSet& values) const;
    CellSet collected(const Decision& decision, const Box& box) const;
    CellSet limited(std::uint32_t decision, CellSet values, const Box& box) const;
    Truths answer_truths(const Answer& answer, const Box& box) const;
    CellSet offices(const Answer& answer, const Box& box, AttributeId decided) const;

    std::optional<Split> split_cells(AttributeId attribute, const Box& box,
                                     const std::vector<const CellSet*>& parts) const;
    std::optional<Split> split_decision(std::uint32_t decision, const Box& box,
                                        const CellSet& wanted) const;
    std::optional<Split> split_answer(const Answer& answer, const Box& box, const CellSet* wanted,
                                      AttributeId decided) const;
    std::optional<Split> halve(AttributeId attribute, const Box& box) const;

    const Space& space_;
    const Program& program_;
};

}  // namespace pintu::rules
