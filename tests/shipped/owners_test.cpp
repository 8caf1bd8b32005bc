// No wrong door, asked one by one: each category of the tree, in several places of each agency.
#include "tests/shipped/shipped.hpp"

namespace pintu::shipped {
namespace {

// The agency itself, its first and last district, a village, and no place at all.
std::vector<rules::Code> places_of(const rules::Program& program) {
    const auto& regions = *program.regions;
    const rules::Code own = program.agency_region;
    const rules::Code last = regions.last(own);
    std::vector<rules::Code> places = {own, own + 1, last, rules::kUnknown};
    if (regions.parent(last) != own) places.push_back(regions.parent(last));
    return places;
}

bool is_competent(const rules::Program& program, const rules::UnitFacts& unit, rules::Code category,
                  rules::Code place) {
    const auto covers = [&](const auto& row) {
        const bool in_category = row.first < 0 || program.categories->below(category, row.first);
        const rules::Code where = place == rules::kUnknown ? program.agency_region : place;
        return in_category && (row.second < 0 || program.regions->below(where, row.second));
    };
    return unit.receives_all || std::any_of(unit.competent.begin(), unit.competent.end(), covers);
}

bool is_staffed(const rules::UnitFacts& unit) {
    return std::any_of(unit.staffed.begin(), unit.staffed.end(), [](const auto& period) {
        return period.first <= kToday && (!period.second || kToday <= *period.second);
    });
}

TEST(ShippedOwners, are_competent_and_staffed_for_every_category_everywhere) {
    std::size_t asked = 0;
    for (const auto& [code, bundle] : loaded().library->bundles) {
        const auto& ruleset = *bundle->ruleset_on(kToday);
        const auto& program = *ruleset.program;
        auto input = rules::make_input(program, *ruleset.matcher, {})->input;
        const auto owner = program.find("pemilik");
        for (const auto place : places_of(program))
            for (rules::Code category = 0;
                 category < static_cast<rules::Code>(bundle->categories->size()); ++category) {
                input.values[program.find("kategori_pelapor")] = category;
                input.values[program.find("wilayah")] = place;
                const auto outcomes = decide_all(ruleset, input);
                const auto& outcome = outcomes[program.attributes[owner].index];
                ASSERT_EQ(outcome.status, rules::Outcome::Status::decided);
                const auto& unit = program.units[static_cast<std::size_t>(outcome.value)];
                EXPECT_TRUE(is_competent(program, unit, category, place) && is_staffed(unit))
                    << code.value << ' ' << bundle->categories->name(category) << ' '
                    << unit.id.value;
                ++asked;
            }
    }
    EXPECT_GT(asked, 40'000U);
}

}  // namespace
}  // namespace pintu::shipped
