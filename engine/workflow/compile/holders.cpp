#include "engine/workflow/compile/holders.hpp"

#include <algorithm>

namespace pintu::workflow {
namespace {

using registry::Persons;

std::string_view agency_part(const UnitId& unit) {
    return std::string_view(unit.value).substr(0, unit.value.find('/'));
}

std::string_view short_part(const UnitId& unit) {
    return std::string_view(unit.value).substr(unit.value.find('/') + 1);
}

const registry::People* people_of(const UnitId& unit, const Offices& offices) {
    for (const auto* people : offices.people)
        if (people->agency.value == agency_part(unit)) return people;
    return nullptr;
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
    const auto* people = people_of(unit, offices);
    if (people == nullptr) return {};
    auto found = people->holders(who.role, short_part(unit), date);
    if (who.of != Who::Of::agency) return found;
    for (const auto* person : people->holders(who.role, "agency", date))
        if (std::find(found.begin(), found.end(), person) == found.end()) found.push_back(person);
    return found;
}

}  // namespace pintu::workflow
