// docs/rule-language.md says what the parser does.
#include <gtest/gtest.h>

#include <sstream>

#include "engine/rules/format/format.hpp"
#include "engine/rules/syntax/keywords.hpp"
#include "engine/rules/syntax/parse.hpp"
#include "tests/support/files.hpp"
#include "tests/support/golden.hpp"

namespace pintu::rules::syntax {
namespace {

const std::string kPage = std::string(PINTU_SOURCE_DIR) + "/docs/rule-language.md";

struct Example {
    std::string language;  // "rules", "rules-RU021"
    std::string text;
};

std::vector<Example> examples() {
    std::vector<Example> all;
    std::istringstream lines(testing::read_file(kPage));
    bool inside = false;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("```")) {
            inside = !inside;
            if (inside) all.push_back({line.substr(3), ""});
        } else if (inside) {
            all.back().text += line + "\n";
        }
    }
    return all;
}

// A part of a file gets a head.
std::string whole(const std::string& text) {
    const bool has_head = text.starts_with("ruleset") || text.starts_with("kumpulan_aturan");
    return has_head ? text : "ruleset contoh from 2026-01-01\nschema laporan\n\n" + text;
}

TEST(RuleReference, shows_only_examples_that_are_read_and_laid_out) {
    std::size_t count = 0;
    for (const auto& example : examples()) {
        if (example.language != "rules") continue;
        ++count;
        SourceSet sources;
        Diagnostics diagnostics;
        const auto& source = sources.add("docs/rule-language.md", whole(example.text));
        const auto file = parse(source, diagnostics);
        EXPECT_EQ(testing::rendered(diagnostics, sources), "no diagnostics\n") << example.text;
        ASSERT_TRUE(file);
        EXPECT_EQ(format(source, *file), source.text());
    }
    EXPECT_GE(count, 12U);
}

TEST(RuleReference, shows_mistakes_that_give_the_code_they_name) {
    for (const auto& example : examples()) {
        if (!example.language.starts_with("rules-")) continue;
        SourceSet sources;
        Diagnostics diagnostics;
        parse(sources.add("docs/rule-language.md", whole(example.text)), diagnostics);
        ASSERT_EQ(diagnostics.items().size(), 1U) << example.text;
        EXPECT_EQ("rules-" + diagnostics.items().front().code, example.language);
    }
}

std::string keyword_rows() {
    std::string text = "| English | Indonesian | |\n|---|---|---|\n";
    for (const auto& pair : keyword_table())
        text += "| `" + std::string(pair.english) + "` | `" + std::string(pair.indonesian) +
                "` | " + (pair.reserved ? "reserved" : "in its place") + " |\n";
    return text;
}

TEST(RuleReference, prints_the_whole_keyword_table) {
    const std::string begin = "<!-- keywords: written by the tests -->\n";
    const std::string end = "<!-- end of keywords -->";
    auto page = testing::read_file(kPage);
    const auto from = page.find(begin) + begin.size();
    const auto to = page.find(end);
    ASSERT_LT(from, page.size());
    ASSERT_LE(from, to);
    const char* rewrite = std::getenv("PINTU_REWRITE");
    if (rewrite != nullptr && *rewrite == '1')
        testing::write_file(kPage, page.replace(from, to - from, keyword_rows()));
    else
        EXPECT_EQ(page.substr(from, to - from), keyword_rows());
}

}  // namespace
}  // namespace pintu::rules::syntax
