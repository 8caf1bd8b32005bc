#include <algorithm>
#include <functional>

#include "engine/base/nearest.hpp"
#include "engine/workflow/compile/all_checks.hpp"
#include "engine/workflow/model/reader.hpp"

namespace pintu::workflow {
namespace {

using rules::Domain;

// Looks decisions up in every program, so that each date has them.
class DecisionChecker {
  public:
    DecisionChecker(const Surroundings& surroundings, Diagnostics& diagnostics)
        : surroundings_(surroundings), diagnostics_(diagnostics) {}

    // Calls `each` for the decision in every program that has it; WF101 or WF102 for the others.
    void with(const std::string& name, const Span& span,
              const std::function<void(const rules::Decision&)>& each) {
        for (const auto* program : surroundings_.programs) {
            const auto found = std::find_if(program->decisions.begin(), program->decisions.end(),
                                            [&](const auto& d) { return d.name == name; });
            if (found == program->decisions.end())
                report_unknown(name, span, *program);
            else
                each(*found);
        }
    }

    void expect(const std::string& name, const Span& span, Domain::Kind kind, const char* type) {
        with(name, span, [&](const rules::Decision& decision) {
            if (decision.domain.kind != kind)
                diagnostics_.error("WF103", span, name, type, decision.at);
        });
    }

    // An answer that is called like a thing that the same event's decision may demand.
    void demands(const EventSpec& event, const Ask& demanded) {
        with(demanded.name, demanded.span, [&](const rules::Decision& decision) {
            const auto& members = decision.domain.members;
            for (const auto& ask : event.ask)
                if (ask.kind != Ask::Kind::decision &&
                    std::find(members.begin(), members.end(), ask.name) != members.end())
                    diagnostics_.error("WF115", ask.span, ask.name, demanded.name);
        });
    }

    void outcomes(const Choose& choose) {
        with(choose.decision, choose.span, [&](const rules::Decision& decision) {
            static const Names kYesNo = {"yes", "no"};
            const bool yes_no = decision.domain.kind == Domain::Kind::yesno;
            if (!yes_no && decision.domain.kind != Domain::Kind::enumeration) {
                diagnostics_.error("WF103", choose.span, choose.decision, "{a, b}, yesno",
                                   decision.at);
                return;
            }
            compare(choose, yes_no ? kYesNo : decision.domain.members, decision);
        });
    }

  private:
    void report_unknown(const std::string& name, const Span& span, const rules::Program& program) {
        Names names;
        for (const auto& decision : program.decisions) names.push_back(decision.name);
        const auto close = nearest(name, names);
        const auto dates = to_string(program.from) + " - " + to_string(program.until);
        if (close.empty())
            diagnostics_.error("WF101", span, name, dates);
        else
            diagnostics_.error("WF102", span, name, dates, close);
    }

    void compare(const Choose& choose, const Names& members, const rules::Decision& decision) {
        for (const auto& member : members) {
            const bool listed = std::any_of(choose.to.begin(), choose.to.end(),
                                            [&](const auto& to) { return to.first == member; });
            if (!listed)
                diagnostics_.error("WF104", choose.span, choose.decision, member, decision.at);
        }
        for (const auto& [outcome, state] : choose.to)
            if (std::find(members.begin(), members.end(), outcome) == members.end())
                diagnostics_.error("WF105", choose.span, choose.decision, outcome,
                                   join_names(members));
    }

    const Surroundings& surroundings_;
    Diagnostics& diagnostics_;
};

void check_state(const State& state, DecisionChecker& checker) {
    for (const auto& action : state.actions)
        if (const auto* decide = std::get_if<DecideAction>(&action)) {
            if (decide->excluding_previous || decide->decision == kOwnerDecision)
                checker.expect(decide->decision, decide->span, Domain::Kind::unit, "unit");
            else
                checker.with(decide->decision, decide->span, [](const rules::Decision&) {});
        }
    for (const auto& event : state.on)
        for (const auto& ask : event.ask)
            if (ask.kind == Ask::Kind::decision) {
                checker.expect(ask.name, ask.span, Domain::Kind::set, "set of {...}");
                checker.demands(event, ask);
            }
    if (state.choose) checker.outcomes(*state.choose);
}

void check_similar(const Workflow& workflow, const Surroundings& surroundings,
                   Diagnostics& diagnostics) {
    if (!workflow.intake.similar) return;
    const auto& name = workflow.intake.similar->same;
    for (const auto* program : surroundings.programs) {
        if (program->find(name) != rules::kNone) continue;
        Names names;
        for (const auto& attribute : program->attributes) names.push_back(attribute.name);
        diagnostics.error("WF109", workflow.intake.similar->span, name, join_names(names));
    }
}

}  // namespace

void check_decisions(const Workflow& workflow, const Surroundings& surroundings,
                     Diagnostics& diagnostics) {
    DecisionChecker checker(surroundings, diagnostics);
    for (const auto& state : workflow.states) check_state(state, checker);
    for (const auto& clock : workflow.clocks)
        if (const auto* decision = std::get_if<std::string>(&clock.lasts))
            checker.expect(*decision, clock.span, Domain::Kind::duration, "duration");
    check_similar(workflow, surroundings, diagnostics);
}

}  // namespace pintu::workflow
