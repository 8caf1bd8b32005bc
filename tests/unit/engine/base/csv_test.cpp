#include "engine/base/csv.hpp"

#include <gtest/gtest.h>

namespace pintu {
namespace {

struct Case {
    const char* text;
    bool lines_in_quotes;
    const char* rows;   // cells apart by '|', rows by '/'
    const char* codes;  // of the diagnostics, in order
};

std::string rows_of(const std::vector<CsvRow>& rows) {
    std::string text;
    for (const auto& row : rows) {
        if (!text.empty()) text += '/';
        for (std::size_t i = 0; i < row.cells.size(); ++i)
            text += (i == 0 ? "" : "|") + row.cells[i].text;
    }
    return text;
}

std::string codes_of(const Diagnostics& diagnostics) {
    std::string text;
    for (const auto& d : diagnostics.items()) text += (text.empty() ? "" : " ") + d.code;
    return text;
}

TEST(Csv, reads_what_is_sound_and_says_what_is_not) {
    const Case cases[] = {
        {"a,b\n1,2\n", false, "a|b/1|2", ""},
        {"a,b\r\n1,2\r\n", false, "a|b/1|2", ""},
        {"a,b\n1,2", false, "a|b/1|2", ""},
        {"a,b\n\n1,2\n\n", false, "a|b/1|2", ""},
        {"a,b\n,\n", false, "a|b/|", ""},
        {"a,b\n\"x, y\",\"say \"\"ya\"\"\"\n", false, "a|b/x, y|say \"ya\"", ""},
        {"a,b\n\"\",2\n", false, "a|b/|2", ""},
        {"a\n\"\"\n", false, "a/", ""},
        {"a,b\n\"x\ny\",2\n", true, "a|b/x\ny|2", ""},
        {"a,b\n\"x\ny\",2\n3,4\n", false, "a|b/3|4", "BA005"},
        {"a,b\n1,\"x\n", false, "a|b", "BA005 BA001"},
        {"a,b\n\"1\"x,2\n3,4\n", false, "a|b/3|4", "BA002"},
        {"a;b\n1;2\n", false, "", "BA003"},
        {"a,b\n1\n1,2,3\n4,5\n", false, "a|b/4|5", "BA004 BA004"},
        {"a,b\n\xff,2\n", false, "", "BA006"},
        {"\xEF\xBB\xBF"
         "a,b\n",
         false, "", "BA007"},
        {"", false, "", ""},
        {"\n\n", false, "", ""},
    };
    for (const Case& c : cases) {
        SourceSet sources;
        Diagnostics diagnostics;
        const auto rows = parse_csv(sources.add("a.csv", c.text), c.lines_in_quotes, diagnostics);
        EXPECT_EQ(rows_of(rows), c.rows) << c.text;
        EXPECT_EQ(codes_of(diagnostics), c.codes) << c.text;
    }
}

TEST(Csv, knows_lines_and_places) {
    SourceSet sources;
    Diagnostics diagnostics;
    const Source& source = sources.add("a.csv", "a,b\n\n1,\"dua\"\n");
    const auto rows = parse_csv(source, false, diagnostics);
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].line, 1U);
    EXPECT_EQ(rows[1].line, 3U);
    EXPECT_EQ(source.position(rows[1].cells[1].span.begin), (Position{3, 3}));
    EXPECT_TRUE(rows[1].cells[1].quoted);
    EXPECT_FALSE(rows[1].cells[0].quoted);
}

TEST(Csv, a_cell_written_reads_back_as_it_was) {
    for (const auto* text : {"", "a", "a,b", "\"", "a\"b\"", " x ", "a;b"}) {
        SourceSet sources;
        Diagnostics diagnostics;
        const auto rows =
            parse_csv(sources.add("a", "h,k\n" + csv_cell(text) + ",1\n"), true, diagnostics);
        ASSERT_EQ(rows.size(), 2U) << text;
        EXPECT_EQ(rows[1].cells[0].text, text);
    }
}

}  // namespace
}  // namespace pintu
