// docs/definitions.md: its examples read without a word, those of one page fit together.
#include "engine/calendar/document.hpp"
#include "engine/registry/check.hpp"
#include "engine/registry/read.hpp"
#include "engine/workflow/templates/read_templates.hpp"
#include "engine/yaml/parse.hpp"
#include "tests/shipped/shipped.hpp"

namespace pintu::shipped {
namespace {

std::vector<std::string> blocks(const std::string& language) {
    static const std::string page =
        testing::read_file(std::string(PINTU_SOURCE_DIR) + "/docs/definitions.md");
    const std::string opens = "```" + language + "\n";
    std::vector<std::string> found;
    for (auto at = page.find(opens); at != std::string::npos; at = page.find(opens, at)) {
        at += opens.size();
        found.push_back(page.substr(at, page.find("```", at) - at));
    }
    return found;
}

std::string block_of(const std::string& key) {
    for (const auto& block : blocks("yaml"))
        if (block.starts_with(key + ":") && block.find("\nextends:") == std::string::npos)
            return block;
    return {};
}

class DefinitionsPage : public ::testing::Test {
  protected:
    yaml::Node tree(const std::string& key) {
        return yaml::parse(sources.add(key + ".yaml", block_of(key)), diagnostics)
            .value_or(yaml::Node{});
    }
    void expect_silence() {
        EXPECT_EQ(pintu::testing::rendered(diagnostics, sources), "no diagnostics\n");
    }
    const bundle::Bundle& ppu = agency("64.09");
    SourceSet sources;
    Diagnostics diagnostics;
};

TEST_F(DefinitionsPage, has_a_schema_that_reads) {
    const auto schema = registry::read_schema(tree("schema"), diagnostics);
    ASSERT_TRUE(schema);
    registry::check_schema(*schema, *ppu.categories, *ppu.regions, diagnostics);
    expect_silence();
}

TEST_F(DefinitionsPage, has_units_and_people_that_fit_together) {
    const auto registry = registry::read_registry(tree("registry"), diagnostics);
    const auto people = registry::read_people(tree("people"), AgencyCode("64.09"), diagnostics);
    ASSERT_TRUE(registry && people);
    registry::check_registry(*registry, {}, *ppu.categories, *ppu.regions, diagnostics);
    registry::check_people(*people, *registry, diagnostics);
    expect_silence();
}

TEST_F(DefinitionsPage, has_a_calendar_that_reads) {
    EXPECT_TRUE(calendar::read_document(tree("calendar"), diagnostics));
    expect_silence();
}

TEST_F(DefinitionsPage, has_a_list_of_names_that_reads) {
    for (const auto& block : blocks("csv"))
        EXPECT_EQ(registry::read_names(sources.add("categories.csv", block),
                                       registry::TreeKind::categories, diagnostics)
                      .size(),
                  2U);
    expect_silence();
}

TEST_F(DefinitionsPage, has_message_texts_that_read_and_every_slot) {
    const auto templates = workflow::read_templates(tree("messages"), diagnostics);
    ASSERT_TRUE(templates);
    EXPECT_TRUE(templates->find("acknowledge")->languages.at("id").sms);
    expect_silence();
    const auto page = testing::read_file(std::string(PINTU_SOURCE_DIR) + "/docs/definitions.md");
    for (const auto& slot : workflow::slot_names())
        EXPECT_TRUE(page.find("`{" + slot + "}`") != std::string::npos ||
                    page.find("`{" + slot + ":CLOCK}`") != std::string::npos)
            << slot;
}

// Every name that the shipped workflows use has words, Indonesian and English.
TEST(ShippedMessages, are_there_in_both_languages) {
    for (const auto& [code, bundle] : loaded().library->bundles) {
        EXPECT_GE(bundle->templates.by_name.size(), 15U) << code.value;
        for (const auto& [name, made] : bundle->templates.by_name) {
            EXPECT_TRUE(made.languages.contains("id") && made.languages.contains("en")) << name;
            EXPECT_EQ(made.languages.at("id").sms.has_value(),
                      made.languages.at("en").sms.has_value())
                << name;
        }
    }
}

TEST_F(DefinitionsPage, changes_the_shipped_schema_as_it_says) {
    auto definitions = loaded().definitions;
    for (const auto& block : blocks("yaml"))
        if (block.find("\nextends:") != std::string::npos)
            definitions.files.push_back({"workflows/64.09-penajam-paser-utara/schema.yaml", block});
    std::sort(definitions.files.begin(), definitions.files.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
    bundle::LoadOptions options;
    options.today = kToday;
    options.only = AgencyCode("64.09");
    const auto library =
        bundle::load(definitions, options, std::make_shared<SourceSet>(), diagnostics);
    ASSERT_TRUE(library);
    const auto& schema = *library->bundles.at(AgencyCode("64.09"))->schema;
    EXPECT_NE(schema.find("nomor_tiang"), nullptr);
    EXPECT_NE(schema.find("isi"), nullptr);
}

}  // namespace
}  // namespace pintu::shipped
