#include <algorithm>

#include "engine/cases/decide/steps.hpp"

namespace pintu::cases {

Office office(const Turn& turn, const workflow::Who& who) {
    Office found;
    found.unit = workflow::unit_of(who, turn.state().owner, turn.offices());
    for (const auto* person :
         workflow::holders(who, turn.state().owner, turn.offices(), turn.today()))
        found.persons.push_back(person->id);
    return found;
}

bool holds(const Turn& turn, const workflow::Who& who) {
    const Actor& actor = turn.command().actor;
    if (who.of == workflow::Who::Of::reporter) return actor.kind == Actor::Kind::reporter;
    if (actor.kind != Actor::Kind::person) return false;
    const auto persons = workflow::holders(who, turn.state().owner, turn.offices(), turn.today());
    return std::any_of(persons.begin(), persons.end(),
                       [&](const auto* person) { return person->id.value == actor.id; });
}

bool is_official(const Turn& turn) {
    const Actor& actor = turn.command().actor;
    if (actor.kind != Actor::Kind::person) return false;
    const auto in_office = [&](const registry::People& people) {
        const auto* person = people.find(PersonId(actor.id));
        return person != nullptr && person->active.covers(turn.today());
    };
    for (const auto* people : turn.offices().people)
        if (in_office(*people)) return true;
    const UnitId& owner = turn.state().owner;
    return !owner.empty() && in_office(turn.current(agency_of(owner)).people);
}

}  // namespace pintu::cases
