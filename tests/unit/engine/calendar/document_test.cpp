#include "engine/calendar/document.hpp"

#include <gtest/gtest.h>

#include "tests/support/golden.hpp"
#include "tests/unit/engine/calendar/shipped.hpp"

namespace pintu::calendar {
namespace {

struct Files {
    SourceSet sources;
    Diagnostics diagnostics;

    CalendarDocument read(const std::string& name, const std::string& text) {
        const auto node = yaml::parse(sources.add(name, text), diagnostics);
        return read_document(node.value(), diagnostics).value();
    }
    std::string said() const { return testing::rendered(diagnostics, sources); }
};

std::string holiday(const std::string& date, const std::string& value) {
    return "calendar: a\nholidays:\n  " + date + ": " + value + "\nend: a\n";
}

const std::string kNyepi = "{name: Nyepi, source: SKB, kind: nasional}";

TEST(CalendarDocument, says_of_each_fault_what_is_wrong) {
    testing::check_golden(
        "calendar/documents", ".yaml", [](const std::string& name, const std::string& text) {
            Files files;
            const auto document = files.read(name, text);
            const CalendarDocument none{};
            auto upper = none;
            upper.agency = AgencyCode("64");
            const auto calendar = make_calendar(merge(upper, document, files.diagnostics), zones(),
                                                files.diagnostics);
            return files.said() + (calendar ? "a calendar\n" : "no calendar\n");
        });
}

TEST(CalendarDocument, of_one_file_is_a_calendar_only_without_errors) {
    Files files;
    const auto node =
        yaml::parse(files.sources.add("a.yaml", "calendar: a\nzone: Asia/Jakarta\nend: a\n"),
                    files.diagnostics);
    const auto calendar = read_calendar(*node, zones(), files.diagnostics);
    ASSERT_TRUE(calendar);
    EXPECT_EQ(calendar->agency().value, "a");
    EXPECT_EQ(calendar->zone().name(), "Asia/Jakarta");
    const auto broken = yaml::parse(
        files.sources.add("b.yaml", "calendar: a\nzone: Asia/Jakarta\nopens: x\nend: a\n"),
        files.diagnostics);
    EXPECT_FALSE(read_calendar(*broken, zones(), files.diagnostics));
    const auto removed =
        yaml::parse(files.sources.add("d.yaml",
                                      "calendar: a\nzone: Asia/Jakarta\nholidays:\n"
                                      "  2026-03-19: removed\nend: a\n"),
                    files.diagnostics);
    EXPECT_TRUE(read_calendar(*removed, zones(), files.diagnostics));
    EXPECT_EQ(files.diagnostics.items().back().code, "CA014");
    const auto list = yaml::parse(files.sources.add("c.yaml", "- a\n"), files.diagnostics);
    EXPECT_FALSE(read_calendar(*list, zones(), files.diagnostics));
}

TEST(CalendarDocument, files_of_one_layer_join_whatever_their_order) {
    Files files;
    const auto first = files.read("2025.yaml", holiday("2025-03-29", kNyepi));
    auto second = files.read("2026.yaml", holiday("2026-03-19", kNyepi));
    second.provisional = {{2027}, {}};
    for (const auto& joined : {join({first, second}, files.sources, files.diagnostics),
                               join({second, first}, files.sources, files.diagnostics)}) {
        EXPECT_EQ(joined.holidays.size(), 2U);
        EXPECT_EQ(joined.provisional->value, std::set<std::int32_t>{2027});
    }
    EXPECT_TRUE(files.diagnostics.empty()) << files.said();
}

TEST(CalendarDocument, files_of_one_layer_must_not_contradict_each_other) {
    Files files;
    const auto a = files.read("a.yaml",
                              "calendar: a\nzone: Asia/Jakarta\nclosed: [sunday]\n"
                              "holidays:\n  2026-03-19: " +
                                  kNyepi + "\nend: a\n");
    const auto b = files.read("b.yaml",
                              "calendar: a\nzone: Asia/Makassar\nclosed: [sunday]\n"
                              "holidays:\n  2026-03-19: " +
                                  kNyepi + "\nend: a\n");
    join({a, b}, files.sources, files.diagnostics);
    EXPECT_EQ(files.said(),
              "b.yaml:2:7: error[CA013]: This \"zone\" differs from the one in a.yaml:2.\n"
              "  Say it once for all calendar files of this agency, or make the two equal.\n"
              "  Isi \"zone\" berbeda dengan yang di a.yaml:2.\n"
              "  Tulis sekali saja untuk semua berkas kalender instansi ini, atau samakan isinya.\n"
              "b.yaml:5:3: error[CA012]: The date 2026-03-19 also stands in a.yaml:5.\n"
              "  Keep it in one file only.\n"
              "  Tanggal 2026-03-19 juga ada di a.yaml:5.\n"
              "  Sisakan di satu berkas saja.\n");
}

TEST(CalendarDocument, a_lower_layer_adds_replaces_and_removes) {
    Files files;
    const auto upper = files.read(
        "n.yaml",
        "calendar: nasional\nzone: Asia/Jakarta\nopens: \"07:30\"\nclosed: [saturday, "
        "sunday]\nholidays:\n  2026-03-18: " +
            kNyepi + "\n  2026-03-19: " + kNyepi + "\nprovisional: [2027]\nend: nasional\n");
    const auto lower =
        files.read("l.yaml",
                   "calendar: 64.09\nzone: Asia/Makassar\nclosed: [sunday]\nholidays:\n"
                   "  2026-03-18: removed\n  2026-03-19: {name: Lain, source: SK, kind: daerah}\n"
                   "  2026-03-20: " +
                       kNyepi + "\nend: 64.09\n");
    const auto calendar =
        make_calendar(merge(upper, lower, files.diagnostics), zones(), files.diagnostics);
    ASSERT_TRUE(calendar) << files.said();
    EXPECT_TRUE(files.diagnostics.empty()) << files.said();
    EXPECT_EQ(calendar->agency().value, "64.09");
    EXPECT_EQ(calendar->zone().name(), "Asia/Makassar");
    EXPECT_EQ(calendar->opens_minute(), 450);
    EXPECT_TRUE(calendar->counts(day("2026-03-18")));
    EXPECT_EQ(calendar->why(day("2026-03-19")).holiday->name, "Lain");
    EXPECT_FALSE(calendar->counts(day("2026-03-20")));
    EXPECT_TRUE(calendar->counts(day("2026-03-21"))) << "Saturdays are worked in this layer";
    EXPECT_TRUE(calendar->provisional(day("2027-01-04")));
}

}  // namespace
}  // namespace pintu::calendar
