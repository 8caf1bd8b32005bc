#include "engine/workflow/compile/holders.hpp"

#include <algorithm>

namespace pintu::workflow {
namespace {

using Persons = std::vector<const registry::Person*>;

std::string_view agency_part(const UnitId& unit) {
    return std::string_view(unit.value).substr(0, unit.value.find('/'));
}

std::string short_part(const UnitId& unit) {
    return unit.value.substr(unit.value.find('/') + 1);
}

const registry::People* people_of(const UnitId& unit, const Offices& offices) {
    for (const auto* people : offices.people)
        if (people->agency.value == agency_part(unit)) return people;
    return nullptr;
}

Persons holders_in(const std::string& role, const UnitId& unit, const Offices& offices, Date date) {
    const auto* people = people_of(unit, offices);
    return people == nullptr ? Persons{} : people->holders(role, short_part(unit), date);
}

}  // namespace

UnitId resolve_unit(const std::string& unit, const Offices& offices) {
    for (const auto* registry : offices.registries)
        if (const auto* found = registry->find(unit)) return found->id;
    return {};
}

UnitId unit_of(const Who& who, const UnitId& owner, const Offices& offices) {
    switch (who.of) {
        case Who::Of::reporter: return {};
        case Who::Of::owner: return owner;
        case Who::Of::unit: return resolve_unit(who.unit, offices);
        case Who::Of::agency: break;
    }
    if (offices.registries.empty()) return {};
    const auto* desk = offices.registries.front()->front_desk();
    return desk == nullptr ? UnitId() : desk->id;
}

Persons holders(const Who& who, const UnitId& owner, const Offices& offices, Date date) {
    const auto unit = unit_of(who, owner, offices);
    if (unit.empty()) return {};
    auto found = holders_in(who.role, unit, offices, date);
    if (who.of != Who::Of::agency) return found;
    for (const auto* person :
         holders_in(who.role, UnitId(std::string(agency_part(unit)) + "/agency"), offices, date))
        if (std::find(found.begin(), found.end(), person) == found.end()) found.push_back(person);
    return found;
}

}  // namespace pintu::workflow
