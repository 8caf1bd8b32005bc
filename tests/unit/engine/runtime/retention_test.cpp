// Personal data of ended cases go after the term that the workflow names.
#include <gtest/gtest.h>

#include "engine/runtime/audit.hpp"
#include "tests/support/world.hpp"

namespace pintu {
namespace {

using namespace testing;

const char* kWorkflow = "workflows/nasional/pengaduan.yaml";

runtime::Loadout keeping(const std::string& term) {
    auto definitions = read_fixture("tests/fixtures/kasus");
    for (auto& file : definitions.files)
        if (file.path == kWorkflow)
            file.bytes.insert(file.bytes.find("end:"), "keep_personal_data: " + term + "\n");
    return loadout_of(definitions, *make_date(2026, 1, 1));
}

TEST(Retention, destroys_personal_data_when_the_term_is_over_and_not_before) {
    World world(keeping("400 days"));
    const auto id = world.report(road_hole("a"), "2026-03-02");
    const auto withdrawn = world.perform(id, reporter(), cases::Act{"cabut", {}}, "2026-03-03");
    ASSERT_TRUE(withdrawn.accepted) << withdrawn.code;
    ASSERT_TRUE(world.state(id).closed);
    world.play("2027-04-07T08:59:59");
    EXPECT_FALSE(world.state(id).erased);
    EXPECT_FALSE(world.store->personal(id)->empty());
    world.play("2027-04-07");
    EXPECT_TRUE(world.state(id).erased);
    EXPECT_TRUE(world.store->personal(id)->empty());
    const auto stored = world.store->load({id});
    const auto& last = stored->front().events.back();
    EXPECT_EQ(last.actor, cases::Actor{});
    EXPECT_EQ(std::get<cases::Erased>(last.payload).why, "keep_personal_data");
    EXPECT_TRUE(runtime::audit(*world.store, AgencyCode("64.09"), {})->findings.empty());
    EXPECT_FALSE(*world.store->next_due());
}

TEST(Retention, keeps_everything_where_no_term_is_named) {
    World world(loadout_of(read_fixture("tests/fixtures/kasus"), *make_date(2026, 1, 1)));
    const auto id = world.report(road_hole("a"), "2026-03-02");
    world.perform(id, reporter(), cases::Act{"cabut", {}}, "2026-03-03");
    world.play("2040-01-01");
    EXPECT_FALSE(world.state(id).erased);
}

}  // namespace
}  // namespace pintu
