// A case's row in one piece, and what statements read of its front; without a server.
#include "adapters/store/postgres/packed.hpp"

#include <gtest/gtest.h>

namespace pintu::postgres {
namespace {

using namespace std::string_literals;

cases::CaseRow sample() {
    cases::CaseRow row;
    row.id = CaseId("64.09-a");
    row.agency = AgencyCode("64.09");
    row.sequence = 0x01020304;
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
    cases::CaseRow row;
    row.id = CaseId("64.09-a");
    row.agency = AgencyCode("64.09");
    row.closed = true;
    unpack(list, row);
    return row;
}

TEST(PackedRow, comes_back_whole) {
    std::string list;
    pack(list, sample(), "tindak_lanjut 80%");
    EXPECT_EQ(unpacked(list), sample());
    EXPECT_EQ(sequence_in(list), 0x01020304);
}

// Migrations and statements (shown.hpp) count on each of these bytes.
TEST(PackedRow, begins_with_its_sequence_whether_it_is_late_and_three_texts) {
    std::string list;
    pack(list, sample(), "x 80%");
    EXPECT_EQ(list.substr(0, 14 + 8 + 11 + 5),
              "\x01\x02\x03\x04\x01\0\0\x08\0\0\x0b\0\0\x05"s + "diproses64.09/dpuprx 80%");
    cases::CaseRow quiet = sample();
    quiet.clocks[0].late = false;
    std::string other;
    pack(other, quiet, "");
    EXPECT_EQ(other.substr(4, 10), "\0\0\0\x08\0\0\x0b\0\0\0"s);
}

TEST(PackedRow, holds_names_of_any_length) {
    for (const std::size_t size : {0UL, 255UL, 256UL, 70'000UL}) {
        cases::CaseRow row = sample();
        row.state = std::string(size, 's');
        row.owner = UnitId(std::string(size, 'o'));
        std::string list;
        pack(list, row, std::string(size, 't'));
        EXPECT_EQ(unpacked(list), row) << size;
    }
}

TEST(PackedRow, that_is_cut_short_is_read_as_far_as_it_goes) {
    std::string list;
    pack(list, sample(), "x 80%");
    for (std::size_t size = 0; size < list.size(); ++size) {
        const auto row = unpacked(std::string_view(list).substr(0, size));
        EXPECT_TRUE(sample().state.starts_with(row.state)) << size;
        EXPECT_NE(row, sample()) << size;
    }
}

}  // namespace
}  // namespace pintu::postgres
