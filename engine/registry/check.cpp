#include "engine/registry/check.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "engine/base/cycle.hpp"
#include "engine/registry/suggest.hpp"

namespace pintu::registry {
namespace {

std::string short_name(const Unit& unit) {
    return unit.id.value.substr(unit.id.value.find('/') + 1);
}

std::vector<std::string> unit_names(const Registry& registry) {
    std::vector<std::string> names;
    for (const Unit& unit : registry.units) names.push_back(short_name(unit));
    names.emplace_back("agency");
    return names;
}

// "a -> b -> a", for the reader of a message.
template <class NameOf>
std::string circle(const std::vector<std::size_t>& cycle, NameOf name_of) {
    std::string text;
    for (const std::size_t at : cycle) text += name_of(at) + " -> ";
    return text + name_of(cycle.front());
}

bool in_type(const Field& field, const Tree& categories, const Tree& regions) {
    const std::string& value = *field.fallback;
    switch (field.type) {
        case Field::Type::text: return true;
        case Field::Type::yesno: return value == "yes" || value == "no";
        case Field::Type::category: return categories.find(value) >= 0;
        case Field::Type::region: return regions.find(value) >= 0;
        case Field::Type::enumeration:
            return std::find(field.members.begin(), field.members.end(), value) !=
                   field.members.end();
        case Field::Type::range: {
            std::int64_t number = 0;
            const char* end = value.data() + value.size();
            const auto [last, failure] = std::from_chars(value.data(), end, number);
            return failure == std::errc() && last == end && number >= field.low &&
                   number <= field.high;
        }
    }
    return false;
}

class RegistryCheck {
  public:
    RegistryCheck(const Registry& registry, const std::vector<const Registry*>& above,
                  const Tree& categories, const Tree& regions, Diagnostics& diagnostics)
        : registry_(registry),
          above_(above),
          categories_(categories),
          regions_(regions),
          diagnostics_(diagnostics) {}

    void run() {
        check_front_desk();
        check_parents();
        for (const Unit& unit : registry_.units) {
            for (const auto& row : unit.competent) check_row(row);
            for (const auto& row : unit.also_competent) check_row(row);
            check_repeats(unit);
        }
    }

  private:
    void check_front_desk() {
        const Unit* first = nullptr;
        for (const Unit& unit : registry_.units) {
            if (!unit.receives_all) continue;
            if (first != nullptr)
                diagnostics_.error("RG025", unit.span, short_name(*first), short_name(unit));
            else
                first = &unit;
        }
        if (first == nullptr) diagnostics_.error("RG024", registry_.span, registry_.agency.value);
    }

    bool known_above(const std::string& unit) const {
        return std::any_of(above_.begin(), above_.end(),
                           [&](const Registry* r) { return r->find(unit) != nullptr; });
    }

    void check_parents() {
        std::vector<std::vector<std::size_t>> needs(registry_.units.size());
        for (std::size_t i = 0; i < registry_.units.size(); ++i) {
            const Unit& unit = registry_.units[i];
            if (unit.parent == "agency") continue;
            if (const Unit* parent = registry_.find(unit.parent))
                needs[i].push_back(static_cast<std::size_t>(parent - registry_.units.data()));
            else if (!known_above(unit.parent))
                diagnostics_.error("RG022", unit.span, unit.parent,
                                   suggest(unit.parent, unit_names(registry_)));
        }
        const auto cycle = order_by_need(needs).cycle;
        if (cycle.empty()) return;
        diagnostics_.error(
            "RG023", registry_.units[cycle.front()].span,
            circle(cycle, [&](std::size_t i) { return short_name(registry_.units[i]); }));
    }

    void check_row(const Competence& row) {
        if (!row.category.empty() && categories_.find(row.category) < 0)
            diagnostics_.error("RG026", row.span, row.category,
                               suggest(row.category, categories_.names()));
        if (row.region.empty()) return;
        const auto region = regions_.find(row.region);
        if (region < 0) {
            diagnostics_.error("RG027", row.span, row.region,
                               suggest(row.region, regions_.names()));
            return;
        }
        const auto home = regions_.find(registry_.agency.value);
        if (home >= 0 && !regions_.below(region, home))
            diagnostics_.error("RG028", row.span, row.region, registry_.agency.value);
    }

    void check_repeats(const Unit& unit) {
        std::set<std::pair<std::string, std::string>> seen;
        for (const auto* rows : {&unit.competent, &unit.also_competent})
            for (const auto& row : *rows)
                if (!seen.emplace(row.category, row.region).second)
                    diagnostics_.error("RG032", row.span, short_name(unit));
    }

    const Registry& registry_;
    const std::vector<const Registry*>& above_;
    const Tree& categories_;
    const Tree& regions_;
    Diagnostics& diagnostics_;
};

}  // namespace

void check_schema(const Schema& schema, const Tree& categories, const Tree& regions,
                  Diagnostics& diagnostics) {
    for (const Field& field : schema.fields) {
        if (field.fallback && !in_type(field, categories, regions))
            diagnostics.error("RG003", field.span, *field.fallback, field.name);
        if (field.required && !field.fallback && field.type != Field::Type::text)
            diagnostics.note("RG010", field.span, field.name);
    }
}

void check_registry(const Registry& registry, const std::vector<const Registry*>& above,
                    const Tree& categories, const Tree& regions, Diagnostics& diagnostics) {
    RegistryCheck(registry, above, categories, regions, diagnostics).run();
}

void check_people(const People& people, const Registry& registry, Diagnostics& diagnostics) {
    std::vector<std::string> ids;
    std::map<std::string, std::size_t> places;
    for (const Person& person : people.persons) {
        places.emplace(person.id.value, ids.size());
        ids.push_back(person.id.value);
    }
    std::vector<std::vector<std::size_t>> needs(people.persons.size());
    for (std::size_t i = 0; i < people.persons.size(); ++i) {
        const Person& person = people.persons[i];
        if (person.unit != "agency" && !person.unit.empty() &&
            registry.find(person.unit) == nullptr)
            diagnostics.error("RG050", person.span, person.unit,
                              suggest(person.unit, unit_names(registry)));
        if (!person.deputy) continue;
        const auto deputy = places.find(person.deputy->value);
        if (deputy != places.end())
            needs[i].push_back(deputy->second);
        else
            diagnostics.error("RG051", person.span, person.deputy->value,
                              suggest(person.deputy->value, ids));
    }
    const auto cycle = order_by_need(needs).cycle;
    if (!cycle.empty())
        diagnostics.error("RG052", people.persons[cycle.front()].span,
                          circle(cycle, [&](std::size_t i) { return ids[i]; }));
}

}  // namespace pintu::registry
