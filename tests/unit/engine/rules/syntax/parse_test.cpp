#include "engine/rules/syntax/parse.hpp"

#include <gtest/gtest.h>

#include <chrono>

#include "engine/rules/syntax/write.hpp"
#include "tests/support/files.hpp"
#include "tests/support/golden.hpp"

namespace pintu::rules::syntax {
namespace {

constexpr const char* kHead = "ruleset contoh from 2026-01-01\nschema laporan\n";

struct Read {
    SourceSet sources;
    Diagnostics diagnostics;
    std::optional<File> file;

    explicit Read(std::string text) {
        file = parse(sources.add("a.rules", std::move(text)), diagnostics);
    }
    std::string codes() const {
        std::string text;
        for (const auto& d : diagnostics.sorted()) text += (text.empty() ? "" : " ") + d.code;
        return text;
    }
    std::string under(const Span& span) const {
        return std::string(
            sources.find(span.file)->text().substr(span.begin, span.end - span.begin));
    }
};

std::string rule_when(const std::string& condition) {
    return kHead + ("decide x : {a, b}\n  rule when " + condition + " -> a\n  otherwise -> b\n");
}

std::string repeated(const std::string& text, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i) all += text;
    return all;
}

TEST(RuleParser, reads_or_says_what_is_wrong_and_how_to_mend_it) {
    testing::check_golden("rules/syntax", ".rules",
                          [](const std::string& name, const std::string& text) {
                              SourceSet sources;
                              Diagnostics diagnostics;
                              const auto file = parse(sources.add(name, text), diagnostics);
                              return testing::rendered(diagnostics, sources) + "\n" +
                                     (file ? to_text(*file) : "nothing\n");
                          });
}

TEST(RuleParser, reads_back_what_to_text_says) {
    for (const auto* name : {"sample", "indonesian"}) {
        const auto path = std::string(PINTU_SOURCE_DIR) + "/tests/golden/rules/syntax/" + name;
        const Read first(testing::read_file(path + ".rules"));
        ASSERT_TRUE(first.file) << name;
        const Read second(to_text(*first.file));
        EXPECT_EQ(second.codes(), "") << name;
        ASSERT_TRUE(second.file) << name;
        EXPECT_EQ(to_text(*second.file), to_text(*first.file));
        EXPECT_TRUE(same(*first.file, *second.file));
    }
}

TEST(RuleParser, refuses_sizes_and_nestings_past_its_bounds_at_once) {
    struct Case {
        std::string text;
        const char* codes;
    };
    const auto open = [](std::size_t n) { return repeated("(", n) + "k" + repeated(")", n); };
    const Case cases[] = {
        {rule_when(open(200)), ""},
        {rule_when(open(201)), "RU007"},
        {rule_when(open(90'000)), "RU007"},
        {rule_when(repeated("not ", 100'000) + "k"), "RU007"},
        {rule_when(repeated("not (", 100) + "k" + repeated(")", 100)), ""},
        {rule_when(repeated(repeated("not ", 199) + "(", 150)), "RU007"},
        {rule_when(repeated("not k and (", 190) + "k" + repeated(")", 190)), ""},
        {rule_when(repeated("(", 100'000)), "RU007"},
        {kHead + repeated("{", 300'000), "RU006"},
        {kHead + repeated("# a comment of some length\n", 50'000), "RU001"},
        {kHead + ("lexicon a " + repeated("\"b\", ", 90'000) + "\"c\""), ""},
        {kHead + ("lexicon a " + repeated("\"b\", ", 120'000) + "\"c\""), "RU006"},
    };
    for (const auto& [text, codes] : cases) {
        const auto start = std::chrono::steady_clock::now();
        EXPECT_EQ(Read(text).codes(), codes) << text.substr(0, 120);
        EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
    }
}

TEST(RuleParser, takes_time_in_line_with_the_length_of_a_file) {
    std::string text = kHead;
    for (int i = 0; i < 1'000; ++i)
        text += "decide d" + std::to_string(i) + " : {a, b}\n  rule when " +
                repeated("(not (a = b or ", 10) + "k" + repeated("))", 10) +
                " -> a\n  otherwise -> b\n";
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(Read(text).codes(), "");
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

TEST(RuleParser, reads_the_longest_token_first) {
    const auto kind = [](const std::string& value) -> std::string {
        const Read read(std::string(kHead) + "decide x : unit\n  otherwise -> " + value + "\n");
        if (!read.file || read.diagnostics.has_errors()) return read.codes();
        const auto& literal = std::get<Decide>(read.file->items[0]).otherwise[0].answer.values[0];
        EXPECT_EQ(read.under(literal.span), value);
        constexpr const char* kKinds[] = {"word", "string",   "integer", "region",
                                          "date", "duration", "range"};
        return std::string(kKinds[static_cast<int>(literal.kind)]) + " " + literal.text;
    };
    const std::pair<const char*, const char*> table[] = {
        {"64", "integer 64"},
        {"64.09", "region 64.09"},
        {"64.09.01.2003", "region 64.09.01.2003"},
        {"64/dpupr", "word 64/dpupr"},
        {"64.09/dpupr", "word 64.09/dpupr"},
        {"a/b/c_1", "word a/b/c_1"},
        {"2026-01-31", "date 2026-01-31"},
        {"0..99", "range 0..99"},
        {"5 working days", "duration 5 working days"},
        {"1 working day", "duration 1 working day"},
        {"1 days", "duration 1 day"},
        {"72jam", "duration 72 hours"},
        {"3 hari\n kerja", "duration 3 working days"},
        {"3 hari", "duration 3 days"},
        {"ya", "word yes"},
        {"1.5", "RU013"},
        {"64.9", "RU013"},
        {"2026-02-29", "RU014"},
        {"1/2/2026", "RU018"},
    };
    for (const auto& [text, expected] : table) EXPECT_EQ(kind(text), expected) << text;
}

TEST(RuleParser, gives_every_node_its_own_span) {
    const Read read(rule_when("k = a and (w mentions jalan or not z is known)"));
    ASSERT_TRUE(read.file);
    const auto& decide = std::get<Decide>(read.file->items[0]);
    EXPECT_EQ(read.under(read.file->header), "ruleset contoh from 2026-01-01\nschema laporan");
    EXPECT_EQ(read.under(decide.rules[0].span),
              "rule when k = a and (w mentions jalan or not z is known) -> a");
    EXPECT_EQ(read.under(decide.otherwise[0].span), "otherwise -> b");
    EXPECT_EQ(read.under(decide.type->span), "{a, b}");
    EXPECT_TRUE(read.under(decide.span).ends_with("otherwise -> b"));
    const auto& when = *decide.rules[0].when;
    EXPECT_EQ(read.under(when.children[0].span), "k = a");
    EXPECT_EQ(read.under(when.children[1].children[1].span), "not z is known");
    EXPECT_EQ(read.under(when.children[0].atom.operands[0].span), "a");
}

TEST(RuleParser, keeps_the_shape_that_parentheses_give) {
    const auto shape = [](const std::string& condition) {
        const Read read(rule_when(condition));
        if (read.diagnostics.has_errors()) return read.codes();
        return to_text(*std::get<Decide>(read.file->items[0]).rules[0].when);
    };
    for (const auto* text : {"a and b and c", "(a and b) and c", "a and (b and c)",
                             "not (a or b) and c", "not not a", "a or (b and c) or d"})
        EXPECT_EQ(shape(text), text);
    EXPECT_EQ(shape("((a))"), "a");
    EXPECT_EQ(shape("a and b or c"), "RU024");
}

TEST(RuleParser, names_its_own_line_for_a_row) {
    const Read read(
        std::string(kHead) +
        "decide x : {a, b}\n  table (k, w)\n    row a, - -> b\n    row ?, c | d -> a\n");
    ASSERT_FALSE(read.diagnostics.has_errors());
    const auto& rows = std::get<Decide>(read.file->items[0]).tables[0].rows;
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].line, 5U);
    EXPECT_EQ(rows[1].line, 6U);
    EXPECT_EQ(rows[0].cells[1].kind, Cell::Kind::any);
    EXPECT_EQ(rows[1].cells[0].kind, Cell::Kind::unknown);
    EXPECT_EQ(rows[1].cells[1].values.size(), 2U);
}

TEST(RuleParser, keeps_each_comment_and_where_it_stood) {
    const Read read("# satu\n" + std::string(kHead) + "lexicon a  # dua \r\n  \"b # c\" #tiga");
    ASSERT_TRUE(read.file);
    ASSERT_EQ(read.file->comments.size(), 3U);
    EXPECT_EQ(read.file->comments[0].text, "# satu");
    EXPECT_TRUE(read.file->comments[0].own_line);
    EXPECT_EQ(read.file->comments[1].text, "# dua");
    EXPECT_FALSE(read.file->comments[1].own_line);
    EXPECT_EQ(read.file->comments[2].text, "#tiga");
}

TEST(RuleParser, survives_every_cut_and_every_wrong_byte) {
    const auto text = testing::read_file(std::string(PINTU_SOURCE_DIR) +
                                         "/tests/golden/rules/syntax/indonesian.rules");
    for (std::size_t cut = 0; cut < text.size(); cut += 3) {
        Read whole(text.substr(0, cut));
        std::string wrong = text;
        wrong[cut] = "\"{(#,-9\xff z"[cut % 11];
        Read changed(wrong);
        if (changed.file) to_text(*changed.file);
    }
}

// --- Rows of CSV tables --------------------------------------------------------------------------

TEST(TableRows, are_read_or_refused_with_a_mend) {
    testing::check_golden(
        "rules/syntax", ".csv", [](const std::string& name, const std::string& text) {
            SourceSet sources;
            Diagnostics diagnostics;
            Table table;
            table.inputs = {{"kategori", {}}, {"wilayah", {}}};
            const auto rows =
                parse_rows(sources.add(name, text), table, {"pemilik", {}}, diagnostics);
            std::string shown;
            for (const auto& row : rows) {
                shown += std::to_string(row.line) + ":";
                for (const auto& cell : row.cells) {
                    shown += cell.kind == Cell::Kind::any ? " any" : "";
                    shown += cell.kind == Cell::Kind::unknown ? " unknown" : "";
                    for (const auto& value : cell.values) shown += " " + to_text(value);
                    shown += ";";
                }
                shown += " -> " + to_text(row.answer);
                if (row.because) shown += " because " + row.because->text;
                shown += "\n";
            }
            return shown + testing::rendered(diagnostics, sources);
        });
}

}  // namespace
}  // namespace pintu::rules::syntax
