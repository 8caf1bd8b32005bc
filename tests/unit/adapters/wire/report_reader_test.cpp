#include "adapters/wire/report_reader.hpp"

#include <gtest/gtest.h>

namespace pintu::wire {
namespace {

const char* const kWhole =
    R"({"channel":"sms","external_id":"abc-1","received_at":"2026-03-13T09:30:00+08:00","judul":"J",)"
    R"("isi":"Jalan berlubang","place":{"region":"64.09.01","lat":-1.29,"lon":116.7,"note":"depan SD"},)"
    R"("kategori_pelapor":"pekerjaan_umum/jalan_berlubang","reporter":{"name":"N","phone":"0812",)"
    R"("email":"n@contoh.example"},"anonim":true,"rahasia":false,"attachments":[{"name":"a.jpg",)"
    R"("path":"a.jpg"}],"fields":{"status_jalan":"desa","kelompok_rentan":true,"penilaian":4}})";

std::string codes(const ReportLine& line) {
    std::string text;
    for (const auto& error : line.errors) {
        text += error.code + "@" + std::to_string(error.column);
        for (const auto& arg : error.args) text += " " + arg;
        text += ";";
    }
    return text;
}

TEST(JsonReport, reads_every_field_of_the_contract) {
    const auto line = read_json_report(kWhole, 7);
    ASSERT_TRUE(line.report) << codes(line);
    const auto& report = *line.report;
    EXPECT_EQ(line.line, 7U);
    EXPECT_EQ(report.channel, "sms");
    EXPECT_EQ(report.received_at, parse_instant("2026-03-13T01:30:00Z"));
    EXPECT_EQ(report.lat_udeg, -1'290'000);
    EXPECT_EQ(report.lon_udeg, 116'700'000);
    EXPECT_EQ(report.place_note, "depan SD");
    EXPECT_EQ(report.reporter_email, "n@contoh.example");
    EXPECT_TRUE(report.anonim);
    EXPECT_FALSE(report.rahasia);
    EXPECT_EQ(line.paths, std::vector<std::string>{"a.jpg"});
    const std::map<std::string, std::string> fields = {
        {"status_jalan", "desa"}, {"kelompok_rentan", "yes"}, {"penilaian", "4"}};
    EXPECT_EQ(report.fields, fields);
    EXPECT_EQ(report.as_sent, "") << "nothing unknown was sent";
}

TEST(JsonReport, keeps_unknown_fields_as_sent) {
    const std::string text = R"({"channel":"web","external_id":"1","place":{"desa":"Girimukti"}})";
    const auto line = read_json_report(text, 1);
    ASSERT_TRUE(line.report);
    EXPECT_EQ(line.report->as_sent, text);
}

TEST(JsonReport, says_what_is_wrong_with_a_line) {
    const std::string long_text(kMostTextBytes + 1, 'a');
    const std::vector<std::pair<std::string, std::string>> table = {
        {R"({"channel":"web")", "IN001@17;"},
        {R"({"channel":"web"} x)", "IN001@19;"},
        {R"([1])", "IN008@1;"},
        {"{\"isi\":\"\xff\"}", "IN006@9;"},
        {R"({"external_id":"1"})", "IN003@1 channel;"},
        {R"({"channel":"web","external_id":5})", "IN002@1 external_id text;IN003@1 external_id;"},
        {R"({"channel":"web","external_id":"1","received_at":"kemarin"})", "IN005@1 kemarin;"},
        {R"({"channel":"web","external_id":"1","anonim":"ya"})", "IN002@1 anonim true/false;"},
        {R"({"channel":"web","external_id":"1","place":{"lat":95,"lon":1}})",
         "IN007@1 place.lat 90;"},
        {R"({"channel":"web","external_id":"1","fields":{"x":[1]}})",
         "IN002@1 fields.x text, number, true/false;"},
        {R"({"channel":"web","external_id":"1","isi":")" + long_text + R"("})",
         "IN004@1 isi 65536;"},
    };
    for (const auto& [text, expected] : table) {
        const auto line = read_json_report(text, 1);
        EXPECT_FALSE(line.report);
        EXPECT_EQ(codes(line), expected) << text.substr(0, 80);
    }
}

TEST(JsonReport, refuses_deep_nesting_without_harm) {
    EXPECT_EQ(codes(read_json_report(std::string(100'000, '['), 1)).substr(0, 5), "IN001");
}

TEST(CsvReport, reads_the_same_report_from_columns) {
    SourceSet sources;
    const auto& source = sources.add(
        "laporan.csv",
        "channel,external_id,received_at,judul,isi,place.region,place.lat,place.lon,place.note,"
        "kategori_pelapor,reporter.name,reporter.phone,reporter.email,anonim,rahasia,"
        "fields.status_jalan\n"
        "sms,abc-1,2026-03-13T09:30:00+08:00,J,Jalan berlubang,64.09.01,-1.29,116.7,depan SD,"
        "pekerjaan_umum/jalan_berlubang,N,0812,n@contoh.example,ya,tidak,desa\n");
    Diagnostics diagnostics;
    const auto lines = read_csv_reports(source, diagnostics);
    ASSERT_EQ(lines.size(), 1U);
    ASSERT_TRUE(lines[0].report) << codes(lines[0]);
    auto expected = *read_json_report(kWhole, 1).report;
    expected.attachments.clear();
    expected.fields = {{"status_jalan", "desa"}};
    EXPECT_EQ(*lines[0].report, expected);
    EXPECT_EQ(lines[0].line, 2U);
}

TEST(CsvReport, keeps_good_rows_beside_broken_ones) {
    SourceSet sources;
    const auto& source = sources.add("laporan.csv",
                                     "channel,external_id,isi,anonim\n"
                                     "web,1,baik,\n"
                                     "web,2\n"
                                     "web,3,\"dua\nbaris\",mungkin\n"
                                     "web,4,\"ada \"\"kutip\"\"\",1\n");
    Diagnostics diagnostics;
    const auto lines = read_csv_reports(source, diagnostics);
    ASSERT_EQ(lines.size(), 4U);
    EXPECT_TRUE(lines[0].report);
    EXPECT_EQ(codes(lines[1]), "BA004@1 2 4;");
    EXPECT_EQ(codes(lines[2]), "IN002@1 anonim true/false;");
    EXPECT_EQ(lines[2].line, 4U);
    EXPECT_EQ(lines[3].report->isi, "ada \"kutip\"");
    EXPECT_EQ(lines[3].line, 6U);
    EXPECT_TRUE(diagnostics.empty());
}

TEST(CsvReport, refuses_only_the_row_whose_bytes_are_no_text) {
    SourceSet sources;
    Diagnostics diagnostics;
    const auto& source = sources.add("laporan.csv",
                                     "channel,external_id,isi\n"
                                     "web,1,\"Jalan\n \xFF\xFE rusak\"\n"
                                     "web,2,Jalan rusak\n");
    const auto lines = read_csv_reports(source, diagnostics);
    EXPECT_FALSE(diagnostics.has_errors());
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_FALSE(lines[0].report);
    ASSERT_EQ(lines[0].errors.size(), 1U);
    EXPECT_EQ(lines[0].errors[0].code, "IN006");
    EXPECT_EQ(lines[0].errors[0].column, 2U);
    EXPECT_TRUE(lines[1].report);
    const auto& header = sources.add("b.csv", "channel,external\xFF_id\nweb,1\n");
    EXPECT_TRUE(read_csv_reports(header, diagnostics).empty());
    EXPECT_TRUE(diagnostics.has_errors());
}

TEST(JsonReport, says_once_what_is_wrong_with_a_coordinate) {
    const auto line = read_json_report(
        R"({"channel":"web","external_id":"1","place":{"lat":-129,"lon":116.7}})", 1);
    ASSERT_EQ(line.errors.size(), 1U);
    EXPECT_EQ(line.errors[0].code, "IN007");
}

TEST(CsvReport, names_the_column_that_was_meant) {
    SourceSet sources;
    Diagnostics diagnostics;
    const auto& typo = sources.add("a.csv", "chanel,external_id\nweb,1\n");
    EXPECT_TRUE(read_csv_reports(typo, diagnostics).empty());
    ASSERT_EQ(diagnostics.items().size(), 2U);
    EXPECT_EQ(diagnostics.items()[0].code, "IN009");
    EXPECT_EQ(diagnostics.items()[0].args, (std::vector<std::string>{"chanel", "channel"}));
    EXPECT_EQ(diagnostics.items()[1].code, "IN010");
}

}  // namespace
}  // namespace pintu::wire
