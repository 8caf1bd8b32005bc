#include "engine/workflow/compile/holders.hpp"

#include <gtest/gtest.h>

#include "engine/workflow/compile/index.hpp"
#include "engine/workflow/compile/owners.hpp"
#include "engine/workflow/model/moves.hpp"
#include "engine/workflow/model/read.hpp"
#include "tests/unit/engine/workflow/agency.hpp"

namespace pintu::workflow {
namespace {

const UnitId kDpupr("64.09/dpupr");

class Holders : public ::testing::Test {
  protected:
    std::string who_holds(const std::string& who, const UnitId& owner) const {
        std::string ids;
        for (const auto* person :
             holders(*parse_who(who), owner, agency_.surroundings().offices, kToday))
            ids += (ids.empty() ? "" : " ") + person->id.value;
        return ids;
    }

    Workflow workflow() {
        const auto tree = agency_.tree("64.09-penajam-paser-utara/pengaduan.yaml");
        return read(tree, agency_.diagnostics).value_or(Workflow{});
    }

    Agency agency_{"tests/fixtures/ppu",
                   {"nasional", "64.09-penajam-paser-utara"},
                   "64.09-penajam-paser-utara"};
};

TEST_F(Holders, of_the_owner_are_those_of_its_unit) {
    EXPECT_EQ(who_holds("pejabat_penghubung of owner", kDpupr), "p-014 p-015");
    EXPECT_EQ(who_holds("kepala of owner", UnitId("64.09/bpbd")), "p-022");
}

TEST_F(Holders, of_the_agency_are_its_own_and_the_front_desks) {
    EXPECT_EQ(who_holds("sekda of agency", kDpupr), "p-003");
    EXPECT_EQ(who_holds("koordinator of agency", kDpupr), "p-002");
    EXPECT_EQ(who_holds("kepala of agency", kDpupr), "p-004");
}

TEST_F(Holders, of_a_unit_do_not_depend_on_the_owner) {
    EXPECT_EQ(who_holds("kepala of inspektorat", kDpupr), "p-032");
    EXPECT_EQ(who_holds("kepala of 64.09/inspektorat", kDpupr), "p-032");
    EXPECT_EQ(who_holds("kepala of dinas_laut", kDpupr), "");
    EXPECT_EQ(who_holds("pelapor", kDpupr), "");
    EXPECT_EQ(who_holds("kepala of owner", UnitId("64/dpupr")), "");
}

TEST_F(Holders, owners_follow_the_rules_and_the_assignments) {
    const auto flow = workflow();
    const auto owners = owners_by_state(flow, agency_.surroundings());
    const auto of = [&](const char* state) {
        std::string units;
        for (const auto& unit : owners[position_of(flow, state)])
            units += (units.empty() ? "" : " ") + unit.value.substr(unit.value.find('/') + 1);
        return units;
    };
    EXPECT_EQ(of("diterima"), "bpbd diskominfo dpupr inspektorat");
    EXPECT_EQ(of("inspektorat"), "inspektorat");
    EXPECT_EQ(of("disposisi_ulang"), "bpbd diskominfo dpupr inspektorat");
}

TEST_F(Holders, index_finds_what_the_workflow_names) {
    const auto flow = workflow();
    const Index index(flow);
    EXPECT_EQ(index.state_count(), flow.states.size());
    EXPECT_EQ(index.clock_count(), 2U);
    EXPECT_EQ(index.state("tidak_ada"), Index::kNone);
    const auto clock = index.clock("tindak_lanjut");
    EXPECT_EQ(index.turn(clock, index.state("diproses")), ClockTurn::resume);
    EXPECT_EQ(index.turn(clock, index.state("selesai")), ClockTurn::stop);
    EXPECT_EQ(index.clocks_lasting("tenggat"), (std::vector<std::size_t>{clock}));
    EXPECT_TRUE(index.clocks_lasting("jalur").empty());
}

}  // namespace
}  // namespace pintu::workflow
