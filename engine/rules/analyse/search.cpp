#include "engine/rules/analyse/search.hpp"

#include <algorithm>

#include "engine/rules/evaluate/fast.hpp"
#include "engine/rules/evaluate/oracle.hpp"

namespace pintu::rules {

Search::Search(const Space& space, const Compiled& compiled, std::uint64_t steps_a_question,
               std::uint64_t steps_in_all)
    : space_(space),
      compiled_(compiled),
      abstract_(space),
      compiled_decider_([this](std::uint32_t decision, const Input& input) {
          return decide(space_.program(), compiled_, decision, input);
      }),
      steps_a_question_(steps_a_question),
      steps_in_all_(steps_in_all) {}

Answered Search::find(const Goal& goal) {
    return find(goal, space_.everything(), steps_a_question_);
}

Answered Search::find(const Goal& goal, Box box, std::uint64_t steps) {
    Answered answer;
    question_end_ = std::min(steps_ + steps, steps_in_all_);
    Open open;
    for (const auto& requirement : goal.all) open.all.push_back(&requirement);
    for (const auto& list : goal.one_unknown) open.one_unknown.push_back(&list);
    descend(goal, std::move(box), std::move(open), answer);
    return answer;
}

// True where the search is over: found, or out of steps.
bool Search::descend(const Goal& goal, Box box, Open open, Answered& answer) {
    if (++steps_ > question_end_) {
        answer.kind = Answered::Kind::not_proved;
        return true;
    }
    abstract_.forward(box, goal.scope.decisions);
    bool failed = false;
    auto split = next_split(box, open, failed);
    if (failed) return false;
    if (!split && open.all.empty() && open.one_unknown.empty()) {
        Report report = pick(box);
        if (holds(report, goal)) {
            answer = {Answered::Kind::found, std::move(report)};
            return true;
        }
        split = abstract_.split_any(goal.scope, box);
    } else if (!split) {
        split = abstract_.split_any(goal.scope, box);
        if (!split) {  // one report: let it speak for itself
            Report report = pick(box);
            if (!holds(report, goal)) return false;
            answer = {Answered::Kind::found, std::move(report)};
            return true;
        }
    }
    return split && part(goal, box, open, *split, answer);
}

// Drops what is settled from `open`; where to part the box for the first requirement that is not.
std::optional<Split> Search::next_split(const Box& box, Open& open, bool& failed) {
    std::optional<Split> split;
    std::vector<const Goal::Requirement*> unsettled;
    for (const auto* requirement : open.all) {
        const Truths truths = requirement->term != nullptr
                                  ? abstract_.truths(*requirement->term, box)
                                  : abstract_.truths(requirement->rule, box);
        failed = (truths & requirement->allowed) == 0;
        if (failed) return {};
        if ((truths & ~requirement->allowed) == 0) continue;
        unsettled.push_back(requirement);
        if (split) continue;
        split = requirement->term != nullptr
                    ? abstract_.split(*requirement->term, box, requirement->allowed)
                    : abstract_.split(requirement->rule, box, requirement->allowed);
    }
    open.all = std::move(unsettled);
    std::vector<const std::vector<RuleId>*> lists;
    for (const auto* list : open.one_unknown) {
        bool sure = false;
        bool possible = false;
        for (const auto rule : *list) {
            const Truths truths = abstract_.truths(rule, box);
            sure = sure || truths == kMaybe;
            possible = possible || (truths & kMaybe) != 0;
            if (!split && truths != kMaybe && (truths & kMaybe) != 0 && !sure)
                split = abstract_.split(rule, box, kMaybe);
        }
        failed = !possible;
        if (failed) return {};
        if (!sure) lists.push_back(list);
    }
    open.one_unknown = std::move(lists);
    if (open.all.empty() && open.one_unknown.empty()) return {};
    return split;
}

bool Search::part(const Goal& goal, const Box& box, const Open& open, const Split& split,
                  Answered& answer) {
    if (split.of_probe) {
        for (const bool yes : {split.yes_first, !split.yes_first}) {
            Box child = box;
            if (!space_.settle(child, split.probe, yes ? 1 : 0)) continue;
            if (descend(goal, std::move(child), open, answer)) return true;
        }
        return false;
    }
    for (const auto& group : split.groups) {
        Box child = box;
        child.cells[split.attribute] = group;
        if (descend(goal, std::move(child), open, answer)) return true;
    }
    return false;
}

Report Search::pick(const Box& box) const {
    Report report;
    const Program& program = space_.program();
    report.values.assign(program.attributes.size(), kUnknown);
    for (AttributeId a = 0; a < program.attributes.size(); ++a)
        if (!space_.is_decision(a) && box.cells[a].size() > 0 && !box.cells[a].empty())
            report.values[a] = space_.cells(a).lowest(static_cast<Cell>(box.cells[a].first()));
    report.phrases = space_.phrases_for(box);
    return report;
}

Input Search::input_of(const Report& report, const Readable& scope) const {
    const Program& program = space_.program();
    Input input;
    input.values = report.values;
    input.probes = space_.answers_of(report.phrases);
    for (const auto other : scope.decisions)
        input.values[program.decisions[other].attribute] =
            verdict(program, compiled_, other, input).value;
    return input;
}

bool Search::holds(const Report& report, const Goal& goal) const {
    return goal.holds(input_of(report, goal.scope), compiled_decider_);
}

// From the simplest on, those simpler than now.
std::vector<Code> Search::simpler_values(AttributeId attribute, Code now) const {
    std::vector<Code> values;
    const CellSet& cells = space_.everything().cells[attribute];
    if (cells.size() == 0) return values;
    cells.each([&](std::size_t cell) {
        const Code value = space_.cells(attribute).lowest(static_cast<Cell>(cell));
        if (value < now && values.size() < 2) values.push_back(value);
    });
    return values;
}

Report Search::smallest(Report report, const Goal& goal) const {
    for (std::size_t i = report.phrases.size(); i-- > 0;) {
        Report without = report;
        without.phrases.erase(without.phrases.begin() + static_cast<std::ptrdiff_t>(i));
        if (holds(without, goal)) report = std::move(without);
    }
    for (const auto attribute : goal.scope.leaves)
        for (const Code value : simpler_values(attribute, report.values[attribute])) {
            Report simpler = report;
            simpler.values[attribute] = value;
            if (!holds(simpler, goal)) continue;
            report = std::move(simpler);
            break;
        }
    return report;
}

bool Search::matters(const Report& report, AttributeId attribute, const Goal& goal) const {
    constexpr std::size_t kMostTried = 64;
    const CellSet& cells = space_.everything().cells[attribute];
    bool matter = false;
    std::size_t tried = 0;
    cells.each([&](std::size_t cell) {
        if (matter || ++tried > kMostTried) return;
        Report other = report;
        other.values[attribute] = space_.cells(attribute).lowest(static_cast<Cell>(cell));
        matter = !holds(other, goal);
    });
    return matter;
}

std::string Search::words(const Report& report, const Goal& goal) const {
    const Program& program = space_.program();
    std::string text;
    const auto add = [&](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
    for (const auto attribute : goal.scope.leaves) {
        const Attribute& field = program.attributes[attribute];
        if (field.domain.kind == Domain::Kind::text || !matters(report, attribute, goal)) continue;
        const Code value = report.values[attribute];
        add(field.name + " = " +
            (value == kUnknown ? std::string("?") : program.show(field.domain, value)));
    }
    for (AttributeId a = 0; a < program.attributes.size(); ++a) {
        if (program.attributes[a].domain.kind != Domain::Kind::text) continue;
        const std::string written = space_.compose(a, report.phrases);
        if (!written.empty()) add(program.attributes[a].name + ": \"" + written + "\"");
    }
    return text.empty() ? "{}" : text;
}

bool Search::confirmed(const Report& report, const Goal& goal) const {
    const Program& program = space_.program();
    const Decider oracle = [&](std::uint32_t decision, const Input& input) {
        return oracle_decide(program, program.decisions[decision], input);
    };
    Input input;
    input.values = report.values;
    input.probes.assign(program.probes.size(), 0);
    for (AttributeId a = 0; a < program.attributes.size(); ++a) {
        if (program.attributes[a].domain.kind != Domain::Kind::text) continue;
        const auto answers = space_.match(a, space_.compose(a, report.phrases));
        for (std::size_t i = 0; i < answers.size(); ++i) input.probes[i] |= answers[i];
    }
    for (const auto other : goal.scope.decisions)
        input.values[program.decisions[other].attribute] = oracle(other, input).value;
    return goal.holds(input, oracle);
}

}  // namespace pintu::rules
