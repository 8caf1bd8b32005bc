#include "engine/registry/names.hpp"
#include "engine/registry/read.hpp"
#include "engine/yaml/map_reader.hpp"

namespace pintu::registry {
namespace {

using yaml::Need;
using yaml::Node;

// {from: 2024-01-01} or {from: ..., until: ...}.
std::optional<Period> read_period(const Node& node, Diagnostics& diagnostics) {
    yaml::MapReader map(node, diagnostics);
    const auto from = map.date("from", Need::required);
    const Node* end = map.find("until");
    const auto until = end == nullptr ? std::nullopt : yaml::as_date(*end, diagnostics);
    map.finish();
    if (!from) return std::nullopt;
    if (until && *until < *from)
        diagnostics.error("RG029", end->span, to_string(*until), to_string(*from));
    return Period{*from, until};
}

class UnitReader {
  public:
    UnitReader(const AgencyCode& agency, const yaml::Entry& entry, Diagnostics& diagnostics)
        : agency_(agency),
          entry_(entry),
          map_(entry.value, diagnostics),
          diagnostics_(diagnostics) {}

    Unit read() {
        Unit unit;
        unit.id = UnitId(agency_.value + "/" + entry_.key);
        unit.span = entry_.key_span;
        if (!is_name(entry_.key)) diagnostics_.error("RG001", entry_.key_span, entry_.key);
        if (entry_.key == "agency") diagnostics_.error("RG021", entry_.key_span);
        const auto name = map_.word("name", Need::required);
        unit.name = name ? name->text : entry_.key;
        const auto parent = map_.word("parent");
        unit.parent = parent ? parent->text : "agency";
        unit.competent = read_rows("competent");
        unit.also_competent = read_rows("also_competent");
        unit.receives_all = map_.one_of("receives", {"all"}).has_value();
        read_staffed(unit);
        map_.finish();
        return unit;
    }

  private:
    std::vector<Competence> read_rows(const char* key) {
        std::vector<Competence> rows;
        const Node* list = map_.find(key);
        if (list == nullptr || !yaml::expect_sequence(*list, diagnostics_)) return rows;
        for (const Node& item : list->items) rows.push_back(read_row(item));
        return rows;
    }

    Competence read_row(const Node& node) {
        yaml::MapReader map(node, diagnostics_);
        Competence row;
        row.span = node.span;
        const auto category = map.word("kategori");
        const auto region = map.word("wilayah");
        if (category) row.category = category->text;
        if (region) row.region = region->text;
        map.finish();
        if (node.is_map() && !map_says_something(node)) diagnostics_.error("RG034", node.span);
        return row;
    }

    static bool map_says_something(const Node& node) {
        return node.find("kategori") != nullptr || node.find("wilayah") != nullptr;
    }

    void read_staffed(Unit& unit) {
        const Node* staffed = map_.find("staffed");
        if (staffed == nullptr) {
            diagnostics_.warning("RG031", unit.span, entry_.key);
            return;
        }
        if (!staffed->is_sequence()) {
            add_period(unit, *staffed);
            return;
        }
        for (const Node& item : staffed->items) add_period(unit, item);
    }

    void add_period(Unit& unit, const Node& node) {
        const auto period = read_period(node, diagnostics_);
        if (!period) return;
        for (const Period& other : unit.staffed)
            if (period->covers(other.from) || other.covers(period->from))
                diagnostics_.error("RG030", node.span, to_string(period->from));
        unit.staffed.push_back(*period);
    }

    const AgencyCode& agency_;
    const yaml::Entry& entry_;
    yaml::MapReader map_;
    Diagnostics& diagnostics_;
};

class PersonReader {
  public:
    PersonReader(const yaml::Entry& entry, Diagnostics& diagnostics)
        : entry_(entry), map_(entry.value, diagnostics), diagnostics_(diagnostics) {}

    Person read() {
        Person person;
        person.id = PersonId(entry_.key);
        person.span = entry_.key_span;
        if (!is_person_id(entry_.key)) diagnostics_.error("RG055", entry_.key_span, entry_.key);
        if (const auto unit = map_.word("unit", Need::required)) person.unit = unit->text;
        for (const auto& role : map_.words("roles", Need::required)) add_role(person, role);
        if (const auto from = map_.date("from", Need::required)) person.active.from = *from;
        const Node* until = map_.find("until");
        if (until != nullptr) person.active.until = yaml::as_date(*until, diagnostics_);
        if (person.active.until && *person.active.until < person.active.from)
            diagnostics_.error("RG029", until->span, to_string(*person.active.until),
                               to_string(person.active.from));
        if (const auto deputy = map_.word("deputy")) person.deputy = PersonId(deputy->text);
        map_.finish();
        return person;
    }

  private:
    void add_role(Person& person, const yaml::Word& role) {
        if (!is_name(role.text)) diagnostics_.error("RG001", role.span, role.text);
        for (const auto& known : person.roles)
            if (known == role.text) diagnostics_.error("RG054", role.span, role.text);
        person.roles.push_back(role.text);
    }

    const yaml::Entry& entry_;
    yaml::MapReader map_;
    Diagnostics& diagnostics_;
};

}  // namespace

std::optional<Registry> read_registry(const yaml::Node& document, Diagnostics& diagnostics) {
    yaml::MapReader map(document, diagnostics);
    if (!document.is_map()) return std::nullopt;
    Registry registry;
    registry.span = document.span;
    if (const auto code = map.word("registry", Need::required)) {
        registry.agency = AgencyCode(code->text);
        registry.span = code->span;
    }
    map.allow("end");
    if (const auto name = map.word("name")) registry.name = name->text;
    if (const Node* units = map.find("units", Need::required))
        if (yaml::expect_map(*units, diagnostics))
            for (const auto& entry : units->entries)
                registry.units.push_back(UnitReader(registry.agency, entry, diagnostics).read());
    map.finish();
    return registry;
}

std::optional<People> read_people(const yaml::Node& document, const AgencyCode& agency,
                                  Diagnostics& diagnostics) {
    yaml::MapReader map(document, diagnostics);
    if (!document.is_map()) return std::nullopt;
    People people;
    people.agency = agency;
    map.allow("end");
    if (const Node* persons = map.find("people", Need::required))
        if (yaml::expect_map(*persons, diagnostics))
            for (const auto& entry : persons->entries)
                people.persons.push_back(PersonReader(entry, diagnostics).read());
    map.finish();
    return people;
}

}  // namespace pintu::registry
