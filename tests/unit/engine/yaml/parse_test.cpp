#include "engine/yaml/parse.hpp"

#include <gtest/gtest.h>

#include <chrono>

#include "tests/support/golden.hpp"

namespace pintu::yaml {
namespace {

struct Read {
    SourceSet sources;
    Diagnostics diagnostics;
    std::optional<Node> node;

    explicit Read(const std::string& text) {
        node = parse(sources.add("a.yaml", text), diagnostics);
    }
    std::string under(const Span& span) const {
        const auto text = sources.find(span.file)->text();
        return std::string(text.substr(span.begin, span.end - span.begin));
    }
    std::string first_code() const {
        return diagnostics.empty() ? "" : diagnostics.items().front().code;
    }
};

std::string shape(const Node& node) {
    std::string text;
    switch (node.kind) {
        case Kind::null: return "null";
        case Kind::scalar: return node.quoted ? "'" + node.text + "'" : node.text;
        case Kind::sequence:
            for (const Node& item : node.items) text += (text.empty() ? "" : " ") + shape(item);
            return "[" + text + "]";
        case Kind::map:
            for (const Entry& entry : node.entries)
                text += (text.empty() ? "" : " ") + entry.key + "=" + shape(entry.value);
            return "{" + text + "}";
    }
    return text;
}

TEST(Yaml, says_of_each_broken_file_what_is_wrong_and_how_to_mend_it) {
    testing::check_golden("yaml", ".yaml", [](const std::string& name, const std::string& text) {
        SourceSet sources;
        Diagnostics diagnostics;
        const auto node = parse(sources.add(name, text), diagnostics);
        if (node && name.rfind("heading", 0) == 0) read_heading(*node, diagnostics);
        return (node ? shape(*node) : "nothing") + "\n" + testing::rendered(diagnostics, sources);
    });
}

TEST(Yaml, says_of_too_much_of_the_same_that_it_is_too_much) {
    // The first line says how often the rest is repeated.
    testing::check_golden("yaml", ".repeat", [](const std::string& name, const std::string& text) {
        const auto line = text.find('\n') + 1;
        std::string much;
        for (int i = std::stoi(text); i > 0; --i) much += text.substr(line);
        SourceSet sources;
        Diagnostics diagnostics;
        parse(sources.add(name, much), diagnostics);
        return testing::rendered(diagnostics, sources);
    });
}

TEST(Yaml, keeps_scalars_as_they_are_written) {
    const Read read("a: 64.10\nb: no\nc: 0541\nd: 1e3\ne: \"64.10\"\nf: 2026-03-19\ng: '1''2'\n");
    ASSERT_TRUE(read.node);
    EXPECT_EQ(shape(*read.node), "{a=64.10 b=no c=0541 d=1e3 e='64.10' f=2026-03-19 g='1'2'}");
}

TEST(Yaml, knows_where_everything_stands) {
    const Read read(
        "# é\nunit: Dinas PUPR   # komentar\nlist: [satu, \"d\\\"ua\", {x: 'ti''ga'}]\n"
        "blok:\n  - a b\n  - c\nkosong:\nakhir: x\n");
    ASSERT_TRUE(read.node);
    EXPECT_EQ(read.under(read.node->find_entry("unit")->key_span), "unit");
    EXPECT_EQ(read.under(read.node->find("unit")->span), "Dinas PUPR");
    const Node& list = *read.node->find("list");
    EXPECT_EQ(read.under(list.span), "[satu, \"d\\\"ua\", {x: 'ti''ga'}]");
    EXPECT_EQ(read.under(list.items[1].span), "\"d\\\"ua\"");
    EXPECT_EQ(read.under(list.items[2].span), "{x: 'ti''ga'}");
    EXPECT_EQ(read.under(list.items[2].find("x")->span), "'ti''ga'");
    EXPECT_EQ(read.under(read.node->find("blok")->items[0].span), "a b");
    EXPECT_EQ(read.under(read.node->find("kosong")->span), "kosong");
    EXPECT_EQ(read.sources.find(FileId{1})->position(list.span.begin), (Position{3, 7}));
}

TEST(Yaml, reads_windows_line_ends) {
    const Read read("a: satu\r\nb:\r\n  - dua\r\n");
    ASSERT_TRUE(read.node);
    EXPECT_EQ(shape(*read.node), "{a=satu b=[dua]}");
    EXPECT_EQ(read.under(read.node->find("a")->span), "satu");
    EXPECT_TRUE(read.diagnostics.empty());
}

TEST(Yaml, reads_blocks_and_texts_over_several_lines) {
    const Read read("a: |\n  satu\n  dua\nb: satu\n  dua\nc: akhir\n");
    ASSERT_TRUE(read.node);
    EXPECT_EQ(shape(*read.node), "{a='satu\ndua\n' b=satu dua c=akhir}");
}

TEST(Yaml, survives_a_hundred_thousand_brackets) {
    for (const auto* unit : {"[", "{", "[{", "- ", "? ", "a: ", "["}) {
        std::string text;
        while (text.size() < 100'000) text += unit;
        const Read read(text);
        EXPECT_FALSE(read.node) << unit;
        EXPECT_TRUE(read.diagnostics.has_errors()) << unit;
    }
    EXPECT_EQ(Read(std::string(100'000, '[')).first_code(), "YA015");
}

TEST(Yaml, refuses_what_is_too_large_without_reading_it) {
    std::string flat;
    while (flat.size() < 10'000'000) flat += "- satu\n";
    const auto begin = std::chrono::steady_clock::now();
    const Read read(flat);
    const auto took = std::chrono::steady_clock::now() - begin;
    EXPECT_FALSE(read.node);
    EXPECT_EQ(read.first_code(), "YA005");
    EXPECT_LT(took, std::chrono::seconds(1));
}

TEST(Yaml, bounds_the_number_of_values) {
    std::string flat;
    while (flat.size() + 4 < kMostBytes) flat += "- a\n";
    const Read read(flat);
    EXPECT_FALSE(read.node);
    EXPECT_EQ(read.first_code(), "YA016");
}

TEST(Yaml, any_prefix_of_a_document_is_refused_or_incomplete) {
    const std::string whole =
        "registry: 64.09\nunits:\n  dpupr: {name: \"Dinas PUPR\", roles: [a, b]}\nend: 64.09\n";
    for (std::size_t length = 0; length + 1 < whole.size(); ++length) {
        SourceSet sources;
        Diagnostics diagnostics;
        const auto node = parse(sources.add("a", whole.substr(0, length)), diagnostics);
        if (node) read_heading(*node, diagnostics);
        EXPECT_TRUE(diagnostics.has_errors()) << length;
    }
    Read read(whole);
    ASSERT_TRUE(read.node);
    const auto heading = read_heading(*read.node, read.diagnostics);
    ASSERT_TRUE(heading);
    EXPECT_EQ(heading->kind, "registry");
    EXPECT_EQ(heading->name, "64.09");
}

TEST(Yaml, a_document_without_a_name_is_named_by_its_kind) {
    Read read("people:\n  p-1: {unit: a}\nend: people\n");
    const auto heading = read_heading(*read.node, read.diagnostics);
    ASSERT_TRUE(heading);
    EXPECT_EQ(heading->name, "people");
}

}  // namespace
}  // namespace pintu::yaml
