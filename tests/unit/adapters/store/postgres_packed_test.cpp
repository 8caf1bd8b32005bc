// Rows in one piece, without a server.
#include "adapters/store/postgres/packed.hpp"

#include <gtest/gtest.h>

namespace pintu::postgres {
namespace {

cases::CaseRow sample() {
    cases::CaseRow row;
    row.id = CaseId("64.09-a");
    row.agency = AgencyCode("64.09");
    row.sequence = 7;
    row.state = "diproses";
    row.owner = UnitId("64.09/dpupr");
    row.closed = true;
    row.workflow = "pengaduan";
    row.changed_at = {1'773'365'400'000'000};
    row.values = {{"kategori", "jalan"}};
    row.clocks = {{"tindak_lanjut", 1, "running", Instant{5}, true, 2}};
    return row;
}

// What is in columns comes from there.
cases::CaseRow unpacked(std::string_view list) {
    cases::CaseRow row = sample();
    row.workflow.clear();
    row.changed_at = {};
    row.values.clear();
    row.clocks.clear();
    unpack(list, row);
    return row;
}

TEST(PackedRow, comes_back_whole) {
    std::string list;
    pack(list, sample());
    EXPECT_EQ(unpacked(list), sample());
}

// Damage of any length: a size may be there without what it is of.
TEST(PackedRow, that_is_cut_short_is_read_as_far_as_it_goes) {
    std::string list;
    pack(list, sample());
    for (std::size_t size = 0; size < list.size(); ++size) {
        const auto row = unpacked(std::string_view(list).substr(0, size));
        EXPECT_TRUE(sample().workflow.starts_with(row.workflow)) << size;
        EXPECT_NE(row, sample()) << size;
    }
}

}  // namespace
}  // namespace pintu::postgres
