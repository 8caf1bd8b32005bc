#include "engine/registry/registry.hpp"

#include <algorithm>

namespace pintu::registry {

const Unit* Registry::find(std::string_view unit) const {
    const bool absolute = unit.find('/') != std::string_view::npos;
    for (const Unit& candidate : units) {
        std::string_view id = candidate.id.value;
        const std::size_t in = agency.value.size();
        if (!absolute && id.size() > in && id[in] == '/' && id.starts_with(agency.value))
            id.remove_prefix(in + 1);
        if (id == unit) return &candidate;
    }
    return nullptr;
}

const Unit* Registry::front_desk() const {
    for (const Unit& unit : units)
        if (unit.receives_all) return &unit;
    return nullptr;
}

const Person* People::find(const PersonId& id) const {
    for (const Person& person : persons)
        if (person.id == id) return &person;
    return nullptr;
}

namespace {

// The person, or the first of the chain of deputies who is active; nullptr where nobody is.
const Person* active_deputy(const People& people, const Person& person, Date date) {
    const Person* at = &person;
    for (std::size_t steps = 0; steps < people.persons.size(); ++steps) {
        if (!at->deputy) return nullptr;
        at = people.find(*at->deputy);
        if (at == nullptr || at->active.covers(date)) return at;
    }
    return nullptr;  // a circle, which the checks refuse
}

void add_once(Persons& persons, const Person* person) {
    if (person != nullptr && std::find(persons.begin(), persons.end(), person) == persons.end())
        persons.push_back(person);
}

}  // namespace

Persons People::holders(const std::string& role, std::string_view unit, Date date) const {
    const auto holds = [&](const Person& person) {
        const auto& roles = person.roles;
        return person.unit == unit && std::find(roles.begin(), roles.end(), role) != roles.end();
    };
    Persons active;
    for (const Person& person : persons)
        if (person.active.covers(date) && holds(person)) active.push_back(&person);
    if (!active.empty()) return active;
    Persons deputies;
    for (const Person& person : persons)
        if (holds(person)) add_once(deputies, active_deputy(*this, person, date));
    return deputies;
}

}  // namespace pintu::registry
