#include <algorithm>
#include <functional>
#include <set>

#include "engine/base/nearest.hpp"
#include "engine/workflow/compile/all_checks.hpp"
#include "engine/workflow/compile/owners.hpp"
#include "engine/workflow/graph/clock_walk.hpp"
#include "engine/workflow/model/duties.hpp"
#include "engine/workflow/model/moves.hpp"
#include "engine/workflow/model/reader.hpp"

namespace pintu::workflow {
namespace {

using registry::Persons;
using PersonSet = std::set<const registry::Person*>;

class DutyChecker {
  public:
    DutyChecker(const Workflow& workflow, const Surroundings& surroundings,
                Diagnostics& diagnostics)
        : workflow_(workflow),
          surroundings_(surroundings),
          diagnostics_(diagnostics),
          owners_(owners_by_state(workflow, surroundings)),
          walk_(walk_clocks(workflow)) {}

    void run() {
        for (const auto& duty : duties_of(workflow_))
            if (duty.who.of != Who::Of::reporter) check_held(duty);
        for (std::size_t s = 0; s < workflow_.states.size(); ++s)
            for (const auto& event : workflow_.states[s].on) check_separation(s, event);
    }

  private:
    Persons holding(const Who& who, const UnitId& owner) const {
        return holders(who, owner, surroundings_.offices, surroundings_.today);
    }

    // Owners that the duty can be about: only `of owner` depends on them.
    std::vector<UnitId> owners_of(const Duty& duty) const {
        if (duty.who.of != Who::Of::owner) return {UnitId()};
        if (duty.kind != Duty::Kind::climb) return owners_[duty.at];
        std::set<UnitId> all;
        for (std::size_t s = 0; s < owners_.size(); ++s)
            if (walk_.alive[duty.at][s]) all.insert(owners_[s].begin(), owners_[s].end());
        return {all.begin(), all.end()};
    }

    Names roles() const {
        std::set<std::string> roles;
        for (const auto* people : surroundings_.offices.people)
            for (const auto& person : people->persons)
                roles.insert(person.roles.begin(), person.roles.end());
        return {roles.begin(), roles.end()};
    }

    void check_held(const Duty& duty) {
        const auto known = roles();
        if (std::find(known.begin(), known.end(), duty.who.role) == known.end()) {
            diagnostics_.error("WF107", duty.who.span, duty.who.role, join_names(known));
            return;
        }
        // One empty office is one error, however many duties it has.
        const std::string office = to_string(duty.who);
        Names empty;
        for (const auto& owner : owners_of(duty)) {
            if (!holding(duty.who, owner).empty()) continue;
            const auto unit = duty.who.of == Who::Of::agency
                                  ? "agency"
                                  : unit_of(duty.who, owner, surroundings_.offices).value;
            if (told_empty_.emplace(office, unit).second) empty.push_back(unit);
        }
        if (!empty.empty())
            diagnostics_.error("WF108", duty.who.span, office, join_names(empty),
                               to_string(surroundings_.today));
    }

    void check_separation(std::size_t state, const EventSpec& event) {
        const auto doer = actor(workflow_.states[state], event);
        for (const auto& name : event.not_done_by)
            if (actors_in(position_of(workflow_, name)).empty())
                diagnostics_.error("WF113", event.span, event.name, name);
        for (const auto& owner : owners_[state]) {
            const auto doers = holding(doer, owner);
            if (doer.of != Who::Of::reporter && !doers.empty() &&
                can_be_used_up(doers, event.not_done_by))
                diagnostics_.error("WF111", event.span, event.name, owner.value, to_string(doer),
                                   join_names(event.not_done_by));
            if (!event.approved_by) continue;
            const auto seconds = holding(*event.approved_by, owner);
            if (doers.size() == 1 && seconds.size() == 1 && doers == seconds)
                diagnostics_.error("WF112", event.span, event.name, owner.value,
                                   to_string(*event.approved_by));
        }
    }

    // Everybody who can do an event of that state, for whichever owner.
    PersonSet actors_in(std::size_t state) const {
        PersonSet actors;
        for (const auto& event : workflow_.states[state].on)
            for (const auto& owner : owners_[state])
                for (const auto* person : holding(actor(workflow_.states[state], event), owner))
                    actors.insert(person);
        return actors;
    }

    // Can each of `doers` have been the one who acted in another of the states? Then a case can
    // come in which none of them may go on. One state, one person: a matching.
    bool can_be_used_up(const Persons& doers, const std::vector<std::string>& states) const {
        if (doers.size() > states.size()) return false;
        std::vector<PersonSet> actors;
        for (const auto& name : states) actors.push_back(actors_in(position_of(workflow_, name)));
        std::vector<bool> taken(states.size());
        const std::function<bool(std::size_t)> place = [&](std::size_t i) {
            if (i == doers.size()) return true;
            for (std::size_t s = 0; s < states.size(); ++s) {
                if (taken[s] || actors[s].count(doers[i]) == 0) continue;
                taken[s] = true;
                if (place(i + 1)) return true;
                taken[s] = false;
            }
            return false;
        };
        return place(0);
    }

    const Workflow& workflow_;
    const Surroundings& surroundings_;
    Diagnostics& diagnostics_;
    std::vector<std::vector<UnitId>> owners_;
    ClockWalk walk_;
    std::set<std::pair<std::string, std::string>> told_empty_;  // office, unit
};

}  // namespace

void check_duties(const Workflow& workflow, const Surroundings& surroundings,
                  Diagnostics& diagnostics) {
    DutyChecker(workflow, surroundings, diagnostics).run();
}

}  // namespace pintu::workflow
