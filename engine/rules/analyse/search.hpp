// Looks for a report of some kind among all that there can be: parts boxes until every requirement
// is settled, and gives up past a budget.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/rules/analyse/abstract.hpp"
#include "engine/rules/compile/compile.hpp"
#include "engine/rules/outcome.hpp"

namespace pintu::rules {

// One report: what is said of it, and its texts as phrases of the Space.
struct Report {
    std::vector<Code> values;  // of fields and facts; decisions are kUnknown
    std::vector<std::size_t> phrases;
};

// How a decision is decided where a goal is tried: by the compiled form while searching, by the
// oracle before anything is shown.
using Decider = std::function<Outcome(std::uint32_t decision, const Input& input)>;

// What is looked for. The requirements lead to it; `holds` has the last word: it is asked of a
// single report with the decisions of the scope filled in.
struct Goal {
    struct Requirement {
        RuleId rule = kNone;         // its condition and answer; or
        const Term* term = nullptr;  // a condition
        Truths allowed = kYes;
    };
    Readable scope;  // what may be varied, and which decisions the requirements read
    std::vector<Requirement> all;
    std::vector<std::vector<RuleId>> one_unknown;  // of each list, some rule is U
    std::function<bool(const Input&, const Decider&)> holds;
};

struct Answered {
    enum class Kind { impossible, found, not_proved };
    Kind kind = Kind::impossible;
    Report report;
};

class Search {
  public:
    Search(const Space& space, const Compiled& compiled, std::uint64_t steps_a_question,
           std::uint64_t steps_in_all);

    Answered find(const Goal& goal);
    // The same, within a box and at most so many steps.
    Answered find(const Goal& goal, Box box, std::uint64_t steps);
    std::uint64_t steps() const { return steps_; }

    // The decisions of the scope filled in by the compiled form.
    Input input_of(const Report& report, const Readable& scope) const;
    // Fewer phrases, fewer known fields, lower values, as long as the goal holds.
    Report smallest(Report report, const Goal& goal) const;
    // As people read it: "status_jalan = ?, bahaya = akut, isi: \"jalan rusak\"": what matters to
    // the goal alone. `?` stands for unknown.
    std::string words(const Report& report, const Goal& goal) const;
    // Whether the oracle, reading the written-out texts, agrees that the goal holds.
    bool confirmed(const Report& report, const Goal& goal) const;

    const Abstract& abstract() const { return abstract_; }
    const Space& space() const { return space_; }
    const Compiled& compiled() const { return compiled_; }
    // A report of the box: unknown where that may be, else the lowest value.
    Report pick(const Box& box) const;

  private:
    struct Open {
        std::vector<const Goal::Requirement*> all;
        std::vector<const std::vector<RuleId>*> one_unknown;
    };
    bool descend(const Goal& goal, Box box, Open open, Answered& answer);
    bool part(const Goal& goal, const Box& box, const Open& open, const Split& split,
              Answered& answer);
    std::optional<Split> next_split(const Box& box, Open& open, bool& failed);
    bool holds(const Report& report, const Goal& goal) const;
    bool matters(const Report& report, AttributeId attribute, const Goal& goal) const;
    std::vector<Code> simpler_values(AttributeId attribute, Code now) const;

    const Space& space_;
    const Compiled& compiled_;
    Abstract abstract_;
    Decider compiled_decider_;
    std::uint64_t steps_a_question_;
    std::uint64_t steps_in_all_;
    std::uint64_t steps_ = 0;
    std::uint64_t question_end_ = 0;
};

}  // namespace pintu::rules
