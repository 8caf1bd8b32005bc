// Who there is: an agency's units, what each is competent for, and the people in them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/instant.hpp"
#include "engine/base/source.hpp"

namespace pintu::registry {

struct Competence {
    std::string category;  // path; "" = any
    std::string region;    // code; "" = any of the agency
    Span span;
};

struct Period {
    Date from;
    std::optional<Date> until;  // inclusive
    bool covers(Date date) const { return date >= from && (!until || date <= *until); }
};

struct Unit {
    UnitId id;           // "64.09/dpupr"
    std::string name;    // "Dinas PUPR"
    std::string parent;  // "agency" or another unit's short name
    std::vector<Competence> competent;
    std::vector<Competence> also_competent;
    bool receives_all = false;  // the front desk
    std::vector<Period> staffed;
    Span span;
};

struct Registry {
    AgencyCode agency;
    std::string name;  // "Kabupaten Penajam Paser Utara"
    std::vector<Unit> units;
    Span span;
    // By short name ("dpupr") or absolute id ("64.09/dpupr"); nullptr where there is none here.
    const Unit* find(std::string_view unit) const;
    // The unit that receives all; nullptr only in a registry that failed its checks.
    const Unit* front_desk() const;
};

struct Person {
    PersonId id;
    std::string unit;  // short name or "agency"
    std::vector<std::string> roles;
    Period active;
    std::optional<PersonId> deputy;
    Span span;
};

using Persons = std::vector<const Person*>;

struct People {
    AgencyCode agency;
    std::vector<Person> persons;
    const Person* find(const PersonId& id) const;
    // Everyone active on `date` who holds `role` in `unit` ("agency" for the agency's own), in
    // written order; where none of them is active, their active deputies.
    Persons holders(const std::string& role, std::string_view unit, Date date) const;
};

}  // namespace pintu::registry
