#include <gtest/gtest.h>

#include "engine/registry/registry.hpp"

namespace pintu::registry {
namespace {

Date day(const char* text) {
    return *parse_date(text);
}

Person person(const char* id, const char* unit, std::vector<std::string> roles, const char* from,
              const char* until = nullptr, const char* deputy = nullptr) {
    Person p;
    p.id = PersonId(id);
    p.unit = unit;
    p.roles = std::move(roles);
    p.active.from = day(from);
    if (until != nullptr) p.active.until = day(until);
    if (deputy != nullptr) p.deputy = PersonId(deputy);
    return p;
}

std::vector<std::string> ids(const Persons& persons) {
    std::vector<std::string> result;
    for (const Person* p : persons) result.push_back(p->id.value);
    return result;
}

using Ids = std::vector<std::string>;

TEST(People, an_office_is_held_by_whoever_is_active) {
    const People people{AgencyCode("64.09"),
                        {person("p-1", "dpupr", {"kepala"}, "2025-01-01", "2025-12-31"),
                         person("p-2", "dpupr", {"kepala", "petugas"}, "2026-01-01"),
                         person("p-3", "bpbd", {"kepala"}, "2025-01-01")}};
    EXPECT_EQ(ids(people.holders("kepala", "dpupr", day("2025-12-31"))), Ids{"p-1"});
    EXPECT_EQ(ids(people.holders("kepala", "dpupr", day("2026-01-01"))), Ids{"p-2"});
    EXPECT_TRUE(people.holders("kepala", "dpupr", day("2024-12-31")).empty());
    EXPECT_TRUE(people.holders("sekda", "dpupr", day("2026-01-01")).empty());
}

TEST(People, deputies_step_in_only_where_nobody_is_active) {
    People people{AgencyCode("64.09"),
                  {person("p-1", "dpupr", {"kepala"}, "2025-01-01", "2025-06-30", "p-2"),
                   person("p-2", "dpupr", {}, "2025-01-01", "2025-09-30", "p-3"),
                   person("p-3", "bpbd", {}, "2025-01-01")}};
    EXPECT_EQ(ids(people.holders("kepala", "dpupr", day("2025-06-30"))), Ids{"p-1"});
    EXPECT_EQ(ids(people.holders("kepala", "dpupr", day("2025-07-01"))), Ids{"p-2"});
    EXPECT_EQ(ids(people.holders("kepala", "dpupr", day("2025-10-01"))), Ids{"p-3"});
    people.persons.push_back(person("p-4", "dpupr", {"kepala"}, "2025-01-01"));
    EXPECT_EQ(ids(people.holders("kepala", "dpupr", day("2025-07-01"))), Ids{"p-4"});
}

TEST(People, a_deputy_of_two_is_named_once) {
    const People people{AgencyCode("64.09"),
                        {person("p-1", "a", {"k"}, "2030-01-01", nullptr, "p-3"),
                         person("p-2", "a", {"k"}, "2030-01-01", nullptr, "p-3"),
                         person("p-3", "a", {}, "2020-01-01")}};
    EXPECT_EQ(ids(people.holders("k", "a", day("2026-01-01"))), Ids{"p-3"});
}

TEST(People, a_circle_of_deputies_ends) {
    const People people{AgencyCode("64.09"),
                        {person("p-1", "a", {"k"}, "2030-01-01", nullptr, "p-2"),
                         person("p-2", "a", {}, "2030-01-01", nullptr, "p-1")}};
    EXPECT_TRUE(people.holders("k", "a", day("2026-01-01")).empty());
}

}  // namespace
}  // namespace pintu::registry
