#include "engine/bundle/hash.hpp"

#include <gtest/gtest.h>

#include "tests/support/definitions.hpp"

namespace pintu::bundle {
namespace {

struct Hashes {
    BundleHash pinned;
    BundleHash current;
};

Hashes hashes_of(const Definitions& definitions) {
    auto sources = std::make_shared<SourceSet>();
    Diagnostics diagnostics;
    LoadOptions options;
    options.today = *parse_date("2026-03-13");
    const auto library = load(definitions, options, sources, diagnostics);
    if (!library) return {};
    const Bundle& bundle = *library->bundles.begin()->second;
    return {bundle.pinned, bundle.current};
}

// Which of the two hashes moves when a line is added at the front of a file (L8).
struct Case {
    const char* path;
    bool pinned;
    bool current;
};

TEST(BundleHash, splits_what_a_case_keeps_from_what_it_follows) {
    const auto before = testing::fixture("ppu");
    const Hashes known = hashes_of(before);
    ASSERT_FALSE(known.pinned.empty());
    const Case cases[] = {
        {"rules/64.09-penajam-paser-utara/disposisi.rules", true, false},
        {"rules/nasional/penerbitan.rules", true, false},
        {"workflows/64.09-penajam-paser-utara/schema.yaml", true, false},
        {"workflows/64.09-penajam-paser-utara/pengaduan.yaml", true, false},
        {"workflows/nasional/pengaduan.yaml", true, false},
        {"workflows/64.09-penajam-paser-utara/registry.yaml", false, true},
        {"workflows/64.09-penajam-paser-utara/people.yaml", false, true},
        {"workflows/nasional/calendar-2026.yaml", false, true},
    };
    for (const Case& c : cases) {
        auto after = before;
        auto* file = testing::find_file(after, c.path);
        ASSERT_NE(file, nullptr) << c.path;
        file->bytes = "# satu baris\n" + file->bytes;
        const Hashes moved = hashes_of(after);
        ASSERT_FALSE(moved.pinned.empty()) << c.path;
        EXPECT_EQ(moved.pinned != known.pinned, c.pinned) << c.path;
        EXPECT_EQ(moved.current != known.current, c.current) << c.path;
    }
}

TEST(BundleHash, covers_plugins_that_rules_name) {
    const auto with = [](const std::string& name, const std::string& identity) {
        auto definitions = testing::fixture("ppu");
        testing::put_file(definitions, "plugin/" + name, identity);
        return hashes_of(definitions);
    };
    const Hashes none = hashes_of(testing::fixture("ppu"));
    const Hashes one = with("teks", "teks 1.0.0 sha256:1\n");
    EXPECT_EQ(one.pinned, none.pinned) << "cases follow them";
    EXPECT_NE(one.current, none.current);
    EXPECT_NE(with("teks", "teks 1.0.1 sha256:1\n").current, one.current);
    EXPECT_EQ(with("surel", "surel 1.0.0 sha256:1\n").current, none.current) << "no rule asks it";
}

TEST(BundleHash, covers_name_lists_and_zones) {
    auto definitions = testing::fixture("ppu");
    const Hashes known = hashes_of(definitions);
    testing::find_file(definitions, "workflows/nasional/categories.csv")->bytes += "pajak,Pajak\n";
    const Hashes more = hashes_of(definitions);
    EXPECT_NE(more.pinned, known.pinned);
    EXPECT_EQ(more.current, known.current);
    auto other = testing::fixture("ppu");
    auto* zone = testing::find_file(other, "zoneinfo/Asia/Makassar");
    zone->bytes = testing::find_file(other, "zoneinfo/Asia/Jakarta")->bytes;
    EXPECT_NE(hashes_of(other).current, known.current);
    EXPECT_EQ(hashes_of(other).pinned, known.pinned);
}

TEST(BundleHash, does_not_care_for_files_that_are_not_definitions) {
    auto definitions = testing::fixture("ppu");
    const Hashes known = hashes_of(definitions);
    testing::put_file(definitions, "workflows/nasional/SOURCES.md", "x");
    testing::put_file(definitions, "pintu.yaml", "store: x");
    EXPECT_EQ(hashes_of(definitions).pinned, known.pinned);
    EXPECT_EQ(hashes_of(definitions).current, known.current);
}

TEST(DefinitionsId, is_of_paths_and_bytes) {
    const Definitions a{{{"a", "1"}, {"b", "2"}}};
    const Definitions b{{{"a", "12"}, {"b", ""}}};
    const Definitions c{{{"a", "1"}, {"c", "2"}}};
    EXPECT_EQ(definitions_id(a), definitions_id(a));
    EXPECT_NE(definitions_id(a), definitions_id(b));
    EXPECT_NE(definitions_id(a), definitions_id(c));
    EXPECT_EQ(definitions_id(a).size(), 64U);
}

}  // namespace
}  // namespace pintu::bundle
