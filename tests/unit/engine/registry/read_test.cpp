#include "engine/registry/read.hpp"

#include <gtest/gtest.h>

#include "engine/registry/check.hpp"
#include "engine/yaml/parse.hpp"
#include "tests/support/files.hpp"
#include "tests/support/golden.hpp"

namespace pintu::registry {
namespace {

const std::string kPpu = std::string(PINTU_SOURCE_DIR) + "/tests/fixtures/ppu/workflows/";

struct Trees {
    SourceSet sources;
    Diagnostics diagnostics;
    Tree categories = read("categories.csv", TreeKind::categories);
    Tree regions = read("regions.csv", TreeKind::regions);

    Tree read(const std::string& name, TreeKind kind) {
        const auto rows = read_names(
            sources.add(name, testing::read_file(kPpu + "nasional/" + name)), kind, diagnostics);
        return join_names({&rows}, kind, sources, diagnostics);
    }
};

std::optional<yaml::Node> parse_file(const std::string& path, SourceSet& sources,
                                     Diagnostics& diagnostics) {
    return yaml::parse(sources.add(path, testing::read_file(path)), diagnostics);
}

Registry ppu_registry(SourceSet& sources, Diagnostics& diagnostics) {
    const auto node =
        parse_file(kPpu + "64.09-penajam-paser-utara/registry.yaml", sources, diagnostics);
    return read_registry(*node, diagnostics).value();
}

void read_and_check(const yaml::Node& node, SourceSet& sources, const Trees& trees,
                    Diagnostics& diagnostics) {
    const auto heading = yaml::read_heading(node, diagnostics);
    if (!heading) return;
    if (heading->kind == "schema") {
        if (const auto schema = read_schema(node, diagnostics))
            check_schema(*schema, trees.categories, trees.regions, diagnostics);
    } else if (heading->kind == "registry") {
        if (const auto registry = read_registry(node, diagnostics))
            check_registry(*registry, {}, trees.categories, trees.regions, diagnostics);
    } else {
        Diagnostics none;
        const auto people = read_people(node, AgencyCode("64.09"), diagnostics);
        if (people) check_people(*people, ppu_registry(sources, none), diagnostics);
    }
}

TEST(Registry, says_of_each_broken_document_what_is_wrong_and_how_to_mend_it) {
    const Trees trees;
    testing::check_golden("registry", ".yaml",
                          [&](const std::string& name, const std::string& text) {
                              SourceSet sources;
                              Diagnostics diagnostics;
                              const auto node = yaml::parse(sources.add(name, text), diagnostics);
                              if (node) read_and_check(*node, sources, trees, diagnostics);
                              return testing::rendered(diagnostics, sources);
                          });
}

TEST(Registry, says_of_each_broken_name_list_what_is_wrong) {
    testing::check_golden("registry", ".csv", [](const std::string& name, const std::string& text) {
        SourceSet sources;
        Diagnostics diagnostics;
        const auto kind = name.rfind("regions", 0) == 0 ? TreeKind::regions : TreeKind::categories;
        const auto rows = read_names(sources.add(name, text), kind, diagnostics);
        if (!diagnostics.has_errors() || !rows.empty()) {
            const auto tree = join_names({&rows}, kind, sources, diagnostics);
            std::string shown;
            for (std::size_t i = 0; i < tree.size(); ++i)
                shown += std::string(
                             2 * static_cast<std::size_t>(tree.depth(static_cast<std::int64_t>(i))),
                             ' ') +
                         tree.names()[i] + "\n";
            return shown + testing::rendered(diagnostics, sources);
        }
        return testing::rendered(diagnostics, sources);
    });
}

TEST(Registry, reads_the_sample_agency) {
    SourceSet sources;
    Diagnostics diagnostics;
    const Registry registry = ppu_registry(sources, diagnostics);
    const Trees trees;
    check_registry(registry, {}, trees.categories, trees.regions, diagnostics);
    ASSERT_TRUE(diagnostics.empty()) << testing::rendered(diagnostics, sources);
    ASSERT_EQ(registry.units.size(), 4U);
    EXPECT_EQ(registry.front_desk()->id.value, "64.09/diskominfo");
    EXPECT_EQ(registry.find("dpupr"), registry.find("64.09/dpupr"));
    EXPECT_EQ(registry.find("64/dpupr"), nullptr);
    const Unit& bpbd = *registry.find("bpbd");
    EXPECT_EQ(bpbd.parent, "agency");
    EXPECT_EQ(bpbd.competent.at(0).category, "kebencanaan");
    EXPECT_EQ(bpbd.also_competent.at(0).region, "64.09");
    EXPECT_TRUE(bpbd.staffed.at(0).covers(*parse_date("2026-01-01")));
    EXPECT_FALSE(bpbd.staffed.at(0).covers(*parse_date("2023-12-31")));
}

TEST(Schema, reads_the_sample_fields) {
    SourceSet sources;
    Diagnostics diagnostics;
    const auto node =
        parse_file(kPpu + "64.09-penajam-paser-utara/schema.yaml", sources, diagnostics);
    const auto schema = read_schema(*node, diagnostics);
    ASSERT_TRUE(diagnostics.empty()) << testing::rendered(diagnostics, sources);
    EXPECT_EQ(schema->name, "laporan");
    EXPECT_EQ(schema->find("wilayah")->from, "place.region");
    EXPECT_EQ(schema->find("isi")->from, "isi");
    EXPECT_EQ(schema->find("kelas")->members.size(), 3U);
    EXPECT_EQ(schema->find("kelompok_rentan")->fallback, "no");
    EXPECT_EQ(schema->find("tidak_ada"), nullptr);
}

TEST(Schema, reads_ordered_lists_and_ranges) {
    SourceSet sources;
    Diagnostics diagnostics;
    const auto node = yaml::parse(
        sources.add("s.yaml",
                    "schema: laporan\nfields:\n  a: {type: {rendah < normal < tinggi}, from: "
                    "fields.a}\n  b: {type: 1..5, from: fields.b}\n  c: {type: -5..5, from: "
                    "fields.c, required: ya, default: -1}\nend: laporan\n"),
        diagnostics);
    const auto schema = read_schema(*node, diagnostics);
    check_schema(*schema, Tree{}, Tree{}, diagnostics);
    ASSERT_TRUE(diagnostics.empty()) << testing::rendered(diagnostics, sources);
    EXPECT_TRUE(schema->find("a")->ordered);
    EXPECT_EQ(schema->find("a")->members, (std::vector<std::string>{"rendah", "normal", "tinggi"}));
    EXPECT_EQ(schema->find("b")->high, 5);
    EXPECT_EQ(schema->find("c")->low, -5);
}

}  // namespace
}  // namespace pintu::registry
