// The year of examples/laporan: it reads, it has the mess of real reports, and it goes where it
// should.
#include "tests/shipped/shipped.hpp"

namespace pintu::shipped {
namespace {

std::size_t messy(const std::string& kind) {
    return static_cast<std::size_t>(std::count_if(
        year().begin(), year().end(), [&](const auto& report) { return report.has_mess(kind); }));
}

TEST(ShippedYear, has_a_thousand_reports_and_more_that_all_read) {
    EXPECT_GE(year().size(), 1'000U);
    for (const auto& report : year()) {
        ASSERT_TRUE(report.line.report) << report.line.line;
        EXPECT_TRUE(loaded().library->bundles.contains(AgencyCode(agency_of(report.line))));
    }
}

TEST(ShippedYear, says_of_each_line_that_it_is_synthetic) {
    for (const auto& report : year())
        EXPECT_NE(report.text.find("\"sintetis\":["), std::string::npos) << report.line.line;
}

TEST(ShippedYear, has_the_mess_of_real_reports) {
    const auto share = [](std::size_t n) { return n * 100 / year().size(); };
    EXPECT_GE(share(messy("tanpa_kategori")), 30U);
    EXPECT_LE(share(messy("tanpa_kategori")), 37U);
    EXPECT_GE(share(messy("ejaan_sms")), 20U);
    for (const auto* kind : {"anonim", "rahasia", "orang_disebut", "iseng", "duplikat",
                             "salah_kantor", "tanpa_tempat"})
        EXPECT_GE(messy(kind), 15U) << kind;
    EXPECT_GE(messy("ikn"), 1U);
}

TEST(ShippedYear, says_only_what_its_lines_bear_out) {
    for (const auto& report : year()) {
        const auto& said = *report.line.report;
        EXPECT_EQ(report.has_mess("tanpa_kategori"), said.kategori_pelapor.empty());
        EXPECT_EQ(report.has_mess("anonim"), said.anonim);
        EXPECT_EQ(report.has_mess("rahasia"), said.rahasia);
        if (report.has_mess("tanpa_tempat")) {
            EXPECT_EQ(said.region + said.place_note, "");
        }
    }
}

TEST(ShippedYear, repeats_some_lines_as_a_channel_that_reconnected_does) {
    std::set<std::string> keys;
    std::size_t repeated = 0;
    for (const auto& report : year())
        if (!keys.insert(report.line.report->channel + '|' + report.line.report->external_id)
                 .second)
            ++repeated;
    EXPECT_GE(repeated, 10U);
}

// A report that reached another office than its place's, and still comes to the right one.
TEST(ShippedYear, sends_the_misdirected_to_the_office_of_their_place) {
    std::size_t redirected = 0;
    for (const auto& report : year())
        if (!report.line.agency.value.empty() && !report.line.report->region.empty() &&
            report.line.agency.value != agency_of(report.line))
            ++redirected;
    EXPECT_GE(redirected, 10U);
}

std::string decided(const YearReport& report) {
    const auto& said = *report.line.report;
    const auto& bundle = agency(agency_of(report.line));
    const auto& ruleset = *bundle.ruleset_on(bundle.calendar.zone().date(*said.received_at));
    std::map<std::string, std::string> fields;
    for (const auto& field : bundle.schema->fields)
        if (const auto value = cases::value_at(said, field.from)) fields[field.name] = *value;
    const auto built = rules::make_input(*ruleset.program, *ruleset.matcher, fields);
    const auto outcomes = decide_all(ruleset, built->input);
    std::string answer = "  " + said.isi + "\n ";
    for (const auto* decision : {"kategori", "pemilik", "prioritas", "tenggat", "privasi"})
        answer += ' ' + shown(*ruleset.program, outcomes, decision) + " |";
    answer.pop_back();
    return answer;
}

// The case names reports by their line; "#" begins a comment.
TEST(ShippedYear, is_decided_as_expected) {
    testing::check_golden("shipped", ".spots", [](const std::string&, const std::string& text) {
        std::istringstream lines(text);
        std::string answer;
        for (std::string line; std::getline(lines, line);) {
            if (line.empty() || line.front() == '#') continue;
            const auto& report = year().at(std::stoul(line) - 1);
            answer += line + ' ' + agency_of(report.line) + ' ' + report.line.report->region +
                      '\n' + decided(report) + '\n';
        }
        return answer;
    });
}

}  // namespace
}  // namespace pintu::shipped
