#include "engine/cases/decide/check_report.hpp"

#include <gtest/gtest.h>

namespace pintu::cases {
namespace {

const Instant kNow = *parse_instant("2026-03-13T09:30:00+08:00");

Report good() {
    Report report;
    report.channel = "sms";
    report.isi = "Jalan berlubang";
    return report;
}

std::string codes(const Report& report) {
    std::string out;
    for (const auto& error : check_report(report, kNow)) out += error.code + " ";
    return out;
}

struct Case {
    const char* what;
    void (*spoil)(Report&);
    const char* codes;
};

const Case kCases[] = {
    {"good", [](Report&) {}, ""},
    {"clocks differ a little",
     [](Report& r) { r.received_at = plus_seconds(kNow, kMostAheadSeconds); }, ""},
    {"from the future",
     [](Report& r) { r.received_at = plus_seconds(kNow, kMostAheadSeconds + 1); }, "CS101 "},
    {"forty years old",
     [](Report& r) { r.received_at = plus_seconds(kNow, -40LL * 365 * kSecondsPerDay); }, "CS102 "},
    {"nine years old",
     [](Report& r) { r.received_at = plus_seconds(kNow, -9LL * 365 * kSecondsPerDay); }, ""},
    {"a megabyte", [](Report& r) { r.isi = std::string(1 << 20, 'a'); }, "CS103 "},
    {"as much as goes", [](Report& r) { r.isi = std::string(kMostTextBytes, 'a'); }, ""},
    {"no channel", [](Report& r) { r.channel.clear(); }, "CS104 "},
    {"no text", [](Report& r) { r.isi.clear(); }, "CS104 "},
    {"a title alone",
     [](Report& r) {
         r.isi.clear();
         r.judul = "Lampu mati";
     },
     ""},
    {"not UTF-8", [](Report& r) { r.isi = "\xff\xfe"; }, "CS105 "},
    {"half a place", [](Report& r) { r.lat_udeg = 1; }, "CS106 "},
    {"not on earth",
     [](Report& r) {
         r.lat_udeg = 90'000'001;
         r.lon_udeg = 0;
     },
     "CS107 "},
    {"fields without end",
     [](Report& r) {
         for (int i = 0; i < 201; ++i) r.fields["f" + std::to_string(i)] = "x";
     },
     "CS108 "},
    {"files without end", [](Report& r) { r.attachments.resize(51); }, "CS108 "},
    {"several at once",
     [](Report& r) {
         r.channel.clear();
         r.lat_udeg = 1;
         r.isi = "\xff";
     },
     "CS106 CS105 CS104 "},
};

TEST(CheckReport, names_everything_that_is_wrong) {
    for (const auto& one : kCases) {
        Report report = good();
        one.spoil(report);
        EXPECT_EQ(codes(report), one.codes) << one.what;
    }
}

}  // namespace
}  // namespace pintu::cases
