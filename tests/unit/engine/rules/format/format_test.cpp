#include "engine/rules/format/format.hpp"

#include <gtest/gtest.h>

#include <random>

#include "engine/base/utf8.hpp"
#include "engine/rules/syntax/parse.hpp"
#include "engine/rules/syntax/write.hpp"
#include "tests/support/golden.hpp"
#include "tests/unit/engine/rules/format/random_rules.hpp"

namespace pintu::rules {
namespace {

struct Formatted {
    SourceSet sources;
    Diagnostics diagnostics;
    std::optional<syntax::File> file;
    std::string text;

    explicit Formatted(const std::string& input) {
        const auto& source = sources.add("a.rules", input);
        file = syntax::parse(source, diagnostics);
        if (file && !diagnostics.has_errors()) text = format(source, *file);
    }
    std::string tree() const { return file ? syntax::to_text(*file) : "nothing"; }
    std::vector<std::string> comments() const {
        std::vector<std::string> all;
        if (file)
            for (const auto& comment : file->comments) all.push_back(comment.text);
        return all;
    }
};

std::string first_long_line(const std::string& text) {
    std::size_t begin = 0;
    while (begin < text.size()) {
        const auto end = text.find('\n', begin);
        const auto line = text.substr(begin, end - begin);
        if (count_code_points(line) > 100 && line.find('#') == std::string::npos) return line;
        begin = end + 1;
    }
    return {};
}

void check_formatting(const std::string& input) {
    const Formatted once(input);
    ASSERT_FALSE(once.diagnostics.has_errors())
        << testing::rendered(once.diagnostics, once.sources) << input;
    const Formatted twice(once.text);
    ASSERT_EQ(twice.diagnostics.count(Severity::error), 0U) << once.text;
    EXPECT_EQ(twice.tree(), once.tree()) << input;
    EXPECT_EQ(twice.comments(), once.comments()) << input;
    EXPECT_EQ(twice.text, once.text) << input;
    EXPECT_EQ(first_long_line(once.text), "") << input;
}

TEST(Format, lays_files_out) {
    testing::check_golden("rules/format", ".rules",
                          [](const std::string&, const std::string& text) {
                              check_formatting(text);
                              return Formatted(text).text;
                          });
}

TEST(Format, keeps_the_tree_and_every_comment_of_any_file) {
    for (unsigned seed = 1; seed <= 400; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        check_formatting(testing::random_rules(seed));
        if (HasFailure()) return;
    }
}

TEST(Format, keeps_the_language_that_a_word_is_written_in) {
    const auto text = Formatted(
                          "kumpulan_aturan x sejak 2026-01-01 schema laporan\n"
                          "putuskan y : {a, b} first aturan when k -> a selain_itu -> b")
                          .text;
    EXPECT_EQ(text,
              "kumpulan_aturan x sejak 2026-01-01\nschema laporan\n\n"
              "putuskan y : {a, b}  first\n  aturan when k -> a\n  selain_itu    -> b\n");
}

TEST(Format, ends_lines_with_a_line_feed_only) {
    const auto text = Formatted("ruleset x\r\nfrom 2026-01-01\r\nschema y # z\r\n").text;
    EXPECT_EQ(text, "ruleset x from 2026-01-01\nschema y  # z\n");
}

}  // namespace
}  // namespace pintu::rules
