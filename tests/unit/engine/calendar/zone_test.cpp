#include "engine/calendar/zone.hpp"

#include <gtest/gtest.h>

#include "tests/unit/engine/calendar/shipped.hpp"

namespace pintu::calendar {
namespace {

// A version 2 file as RFC 8536 lays it out.
struct File {
    std::vector<std::pair<std::int64_t, int>> changes;  // when, which type
    std::vector<std::int32_t> offsets;
    std::string footer;

    static void number(std::string& out, std::int64_t value, int bytes) {
        for (int i = bytes; i-- > 0;) out += static_cast<char>((value >> (8 * i)) & 0xff);
    }
    void block(std::string& out, char version, int time_size, bool filled) const {
        out += "TZif";
        out += version;
        out.append(15, '\0');
        const auto times = filled ? changes.size() : 0;
        const auto types = filled ? offsets.size() : 1;
        for (const std::size_t count :
             {std::size_t{0}, std::size_t{0}, std::size_t{0}, times, types, std::size_t{4}})
            number(out, static_cast<std::int64_t>(count), 4);
        for (std::size_t i = 0; i < times; ++i) number(out, changes[i].first, time_size);
        for (std::size_t i = 0; i < times; ++i) number(out, changes[i].second, 1);
        for (std::size_t i = 0; i < types; ++i) {
            number(out, filled ? offsets[i] : 0, 4);
            number(out, 0, 2);
        }
        out.append("ABC\0", 4);
    }
    std::string bytes(char version = '2') const {
        std::string out;
        block(out, version, 4, version < '2');
        if (version < '2') return out;
        block(out, version, 8, true);
        return out + "\n" + footer + "\n";
    }
};

std::string code_of(const std::string& bytes) {
    const auto zone = Zone::read("Uji/Coba", bytes);
    return zone ? "read" : zone.error().code;
}

const File kForward{{{1000 * 86400, 1}}, {7 * 3600, 8 * 3600}, "WITA-8"};
const File kBack{{{1000 * 86400, 1}}, {8 * 3600, 7 * 3600}, "WIB-7"};

TEST(Zone, of_makassar_is_eight_hours_ahead_since_1945) {
    const auto zone = zone_of("Asia/Makassar");
    EXPECT_EQ(zone->name(), "Asia/Makassar");
    EXPECT_EQ(zone->offset(parse_instant("2026-03-13T00:00:00Z").value()), 8 * 3600);
    EXPECT_EQ(zone->offset(parse_instant("2150-03-13T00:00:00Z").value()), 8 * 3600);
    EXPECT_EQ(zone->offset(parse_instant("1944-03-13T00:00:00Z").value()), 9 * 3600);
    EXPECT_EQ(zone->offset(parse_instant("1900-01-01T00:00:00Z").value()), 28656);
}

// domain.md section 8: 00:30 WITA is the previous day in WIB.
TEST(Zone, decides_which_day_it_is) {
    const auto late = parse_instant("2026-03-13T16:30:00Z").value();
    EXPECT_EQ(to_string(zone_of("Asia/Makassar")->date(late)), "2026-03-14");
    EXPECT_EQ(zone_of("Asia/Makassar")->minute(late), 30);
    EXPECT_EQ(to_string(zone_of("Asia/Jakarta")->date(late)), "2026-03-13");
    EXPECT_EQ(zone_of("Asia/Jakarta")->minute(late), 23 * 60 + 30);
    EXPECT_EQ(to_string(zone_of("Asia/Jayapura")->date({-1})), "1970-01-01");
    EXPECT_EQ(to_string(Zone().date({-1})), "1969-12-31");
    EXPECT_EQ(Zone().minute({-1}), 1439);
}

TEST(Zone, gives_the_instant_of_a_wall_clock_and_back) {
    const auto zone = zone_of("Asia/Makassar");
    EXPECT_EQ(to_string(zone->instant(day("2026-03-27"), 1440)), "2026-03-27T16:00:00Z");
    EXPECT_EQ(zone->instant(day("2026-03-27"), 1440), zone->instant(day("2026-03-28"), 0));
    for (std::int32_t days = -7'000; days < 40'000; days += 13)
        for (const std::int32_t minute : {0, 450, 1439}) {
            const auto at = zone->instant(Date{days}, minute);
            ASSERT_EQ(zone->date(at), Date{days});
            ASSERT_EQ(zone->minute(at), minute);
        }
}

TEST(Zone, skips_and_repeats_wall_clock_times_where_its_offset_changes) {
    const auto forward = Zone::read("a", kForward.bytes()).value();
    const Instant change{1000LL * 86400 * kMicrosPerSecond};
    // 07:00 becomes 08:00 on day 1000: 07:30 does not exist.
    EXPECT_EQ(forward.instant({1000}, 6 * 60 + 59), plus_seconds(change, -60));
    EXPECT_EQ(forward.instant({1000}, 7 * 60 + 30), change);
    EXPECT_EQ(forward.instant({1000}, 8 * 60), change);
    EXPECT_EQ(forward.instant({1000}, 8 * 60 + 1), plus_seconds(change, 60));
    const auto back = Zone::read("b", kBack.bytes()).value();
    // 08:00 becomes 07:00: 07:30 comes twice, the first one is meant.
    EXPECT_EQ(back.instant({1000}, 7 * 60 + 30), plus_seconds(change, -1800));
    EXPECT_EQ(back.instant({1000}, 8 * 60), plus_seconds(change, 3600));
}

TEST(Zone, reads_all_three_versions_and_fixed_footers) {
    for (const char version : {'2', '3'}) EXPECT_EQ(code_of(kForward.bytes(version)), "read");
    EXPECT_EQ(code_of(kForward.bytes('\0')), "read");
    for (const auto* footer : {"", "WITA-8", "<+08>-8", "<+08>-08:00", "X-8:00:00"}) {
        auto file = kForward;
        file.footer = footer;
        EXPECT_EQ(code_of(file.bytes()), "read") << footer;
    }
    const File west{{}, {-(3 * 3600 + 1800)}, "NST3:30"};
    EXPECT_EQ(Zone::read("w", west.bytes()).value().offset({}), -12600);
    EXPECT_EQ(Zone::fixed("f", 3600).offset({}), 3600);
}

TEST(Zone, refuses_rules_of_summer_time) {
    auto file = kForward;
    file.footer = "CET-1CEST,M3.5.0,M10.5.0/3";
    EXPECT_EQ(code_of(file.bytes()), "CA022");
    file.footer = "WITA-8x";
    EXPECT_EQ(code_of(file.bytes()), "CA022");
    file.footer = "-8";
    EXPECT_EQ(code_of(file.bytes()), "CA022");
}

TEST(Zone, refuses_what_is_cut_off_or_contradicts_itself) {
    EXPECT_EQ(code_of(""), "CA020");
    EXPECT_EQ(code_of("TZif2"), "CA020");
    EXPECT_EQ(code_of(std::string(200, 'x')), "CA020");
    EXPECT_EQ(code_of(kForward.bytes() + std::string(70'000, ' ')), "CA020");
    auto file = kForward;
    file.footer = "WIB-7";  // not what the last change says
    EXPECT_EQ(code_of(file.bytes()), "CA021");
    file = kForward;
    file.changes = {{10, 1}, {10, 0}};
    EXPECT_EQ(code_of(file.bytes()), "CA021");
    file.changes = {{10, 2}};
    EXPECT_EQ(code_of(file.bytes()), "CA021");
    file = kForward;
    file.offsets[0] = 99 * 3600;
    EXPECT_EQ(code_of(file.bytes()), "CA021");
}

TEST(Zone, refuses_every_prefix_of_a_file_and_survives_any_changed_byte) {
    const auto bytes = testing::read_file("/usr/share/zoneinfo/Asia/Makassar");
    ASSERT_EQ(code_of(bytes), "read");
    for (std::size_t size = 0; size < bytes.size(); ++size)
        EXPECT_NE(code_of(bytes.substr(0, size)), "read") << size;
    for (std::size_t i = 0; i < bytes.size(); ++i)
        for (const int value : {0x00, 0x7f, 0x80, 0xff}) {
            auto changed = bytes;
            changed[i] = static_cast<char>(value);
            if (const auto zone = Zone::read("x", changed)) zone->instant(day("2026-03-13"), 450);
        }
}

}  // namespace
}  // namespace pintu::calendar
