#include "adapters/cli/shown.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace pintu::cli {
namespace {

Options in(messages::Language language) {
    Options options;
    options.language = language;
    return options;
}

const Options kIndonesian = in(messages::Language::indonesian);
const Options kEnglish = in(messages::Language::english);

TEST(Shown, conditions_are_told_in_the_words_of_rule_files) {
    const std::pair<const char*, const char*> kCases[] = {
        {"kelas = permintaan_informasi: unknown", "kelas = permintaan_informasi: tak diketahui"},
        {"isi mentions jalan_rusak: no", "isi menyebut jalan_rusak: tidak"},
        {"isi contains \"in and or no\": yes", "isi memuat \"in and or no\": ya"},
        {"kategori_pelapor is known: no", "kategori_pelapor diketahui: tidak"},
        {"kelas is unknown: yes", "kelas tak diketahui: ya"},
        {"kategori not in pekerjaan_umum", "kategori bukan dalam pekerjaan_umum"},
        {"status_jalan in {kabupaten, desa}", "status_jalan dalam {kabupaten, desa}"},
        {"at most 60 working days", "paling banyak 60 hari kerja"},
        {"tenggat <= 1 working day", "tenggat <= 1 hari kerja"},
        {"kategori in notaris/orang_in", "kategori dalam notaris/orang_in"},
        {"lama = 72 hours", "lama = 72 jam"},
    };
    for (const auto& [recorded, shown] : kCases) {
        EXPECT_EQ(shown_condition(kIndonesian, recorded), shown);
        EXPECT_EQ(shown_condition(kEnglish, recorded), recorded);
    }
}

TEST(Shown, values_offices_and_moments_read_like_sentences) {
    EXPECT_EQ(shown_value(kIndonesian, "14 working days"), "14 hari kerja");
    EXPECT_EQ(shown_value(kIndonesian, "no"), "tidak");
    EXPECT_EQ(shown_value(kIndonesian, "{}"), "(kosong)");
    EXPECT_EQ(shown_value(kIndonesian, "pekerjaan_umum/jalan_berlubang"),
              "pekerjaan_umum/jalan_berlubang");
    EXPECT_EQ(shown_whom(kIndonesian, "kepala of owner"), "kepala unit pemilik");
    EXPECT_EQ(shown_whom(kIndonesian, "sekda of agency"), "sekda di instansi");
    EXPECT_EQ(shown_whom(kIndonesian, "reporter"), "pelapor");
    EXPECT_EQ(shown_whom(kEnglish, "kepala of inspektorat"), "kepala of inspektorat");
    EXPECT_EQ(shown_rule(kIndonesian, "otherwise"), "selain_itu");
    EXPECT_EQ(shown_argument(kIndonesian, "2026-03-13T01:30:00Z"), "2026-03-13 09:30");
    EXPECT_EQ(shown_argument(kIndonesian, "30 days"), "30 hari");
    EXPECT_EQ(shown_argument(kIndonesian, "dpupr"), "dpupr");
}

TEST(Table, columns_are_as_wide_as_their_letters) {
    Table table({"Sebab", "Hari"});
    table.add({"café", "1"});
    table.add({"libur", "-"});
    std::ostringstream out;
    table.print(out, Output::table);
    EXPECT_EQ(out.str(), "Sebab  Hari\ncafé   1\nlibur  -\n");
}

TEST(Diagnostics, show_the_line_and_never_raw_bytes) {
    SourceSet sources;
    const auto& source = sources.add("a.rules", "rule \xFF\x1B[2J x\n\tbad here\n");
    Diagnostics diagnostics;
    diagnostics.error("BA006", source.span(5, 6));
    diagnostics.error("BA006", source.span(12, 15));
    std::ostringstream out;
    print_diagnostics(out, diagnostics, sources, kEnglish, Output::pretty, false);
    EXPECT_EQ(out.str().find('\x1B'), std::string::npos);
    EXPECT_EQ(out.str().find('\xFF'), std::string::npos);
    EXPECT_NE(out.str().find("a.rules:1:6: error[BA006]"), std::string::npos) << out.str();
}

}  // namespace
}  // namespace pintu::cli
