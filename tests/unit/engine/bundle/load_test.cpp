#include <gtest/gtest.h>

#include "engine/bundle/bundle.hpp"
#include "tests/support/definitions.hpp"
#include "tests/support/golden.hpp"

namespace pintu::bundle {
namespace {

struct Loading {
    std::shared_ptr<SourceSet> sources = std::make_shared<SourceSet>();
    Diagnostics diagnostics;
    std::optional<Library> library;

    explicit Loading(const Definitions& definitions, LoadOptions options = {}) {
        options.today = *parse_date("2026-03-13");
        library = load(definitions, options, sources, diagnostics);
    }
    // All but what the analysis of rules notes (its own tests have those).
    std::string told() const {
        Diagnostics own;
        for (const auto& d : diagnostics.items())
            if (d.severity != Severity::note || d.code.rfind("RU", 0) != 0) own.add(d);
        return testing::rendered(own, *sources);
    }
    const Bundle& bundle(const char* agency = "64.09") const {
        return *library.value().bundles.at(AgencyCode(agency));
    }
};

LoadOptions only(const char* agency) {
    LoadOptions options;
    options.only = AgencyCode(agency);
    return options;
}

const std::string kPpu = "64.09-penajam-paser-utara/";

TEST(Load, the_sample_agency_loads_without_a_word) {
    const Loading loading(testing::fixture("ppu"));
    ASSERT_TRUE(loading.library) << loading.told();
    EXPECT_EQ(loading.told(), "no diagnostics\n");
    ASSERT_EQ(loading.library->bundles.size(), 1U);
    const Bundle& bundle = loading.bundle();
    EXPECT_EQ(bundle.agency.value, "64.09");
    EXPECT_EQ(bundle.registry.name, "Kabupaten Penajam Paser Utara");
    EXPECT_EQ(bundle.people.persons.size(), 10U);
    EXPECT_EQ(bundle.schema->fields.size(), 6U);
    EXPECT_EQ(bundle.workflows.at("pengaduan").states.size(), 11U);
    EXPECT_EQ(bundle.pinned.text().substr(0, 7), "sha256:");
    EXPECT_NE(bundle.pinned, bundle.current);
}

TEST(Load, a_calendar_stands_on_those_above_it) {
    const Loading loading(testing::fixture("ppu"));
    ASSERT_TRUE(loading.library) << loading.told();
    const auto& calendar = loading.bundle().calendar;
    EXPECT_EQ(calendar.zone().name(), "Asia/Makassar");
    EXPECT_EQ(calendar.agency().value, "64.09");
    EXPECT_FALSE(calendar.counts(*parse_date("2026-12-25")));                        // of nasional
    EXPECT_EQ(calendar.why(*parse_date("2026-03-19")).holiday->source, "SKB 2025");  // its own
    EXPECT_EQ(to_string(calendar.nth_after(*parse_date("2026-03-13"), 14)), "2026-04-10");
}

TEST(Load, rules_are_found_by_the_date_of_receipt) {
    const Loading loading(testing::fixture("ppu"));
    ASSERT_TRUE(loading.library) << loading.told();
    const Bundle& bundle = loading.bundle();
    EXPECT_EQ(bundle.ruleset_on(*parse_date("2025-12-31")), nullptr);
    const auto* ruleset = bundle.ruleset_on(*parse_date("2026-01-01"));
    ASSERT_NE(ruleset, nullptr);
    EXPECT_NE(ruleset->program->find("pemilik"), rules::kNone);
    EXPECT_NE(ruleset->program->find("terbit"), rules::kNone);  // of nasional
    EXPECT_TRUE(ruleset->compiled);
    EXPECT_TRUE(ruleset->matcher);
}

TEST(Load, says_of_each_change_what_is_wrong_and_how_to_mend_it) {
    testing::check_golden("bundle", ".change", [](const std::string&, const std::string& text) {
        const bool alone = text.rfind("only ", 0) == 0;  // "only 64.08" on the first line
        const auto line = alone ? text.find('\n') + 1 : 0;
        auto definitions = testing::fixture("ppu");
        auto failed = testing::change(definitions, text.substr(line));
        if (!failed.empty()) return failed;
        const Loading loading(definitions,
                              alone ? only(text.substr(5, line - 6).c_str()) : LoadOptions{});
        const char* outcome = loading.library ? "loaded\n" : "not loaded\n";
        return outcome + loading.told();
    });
}

TEST(Load, any_broken_file_leaves_no_library) {
    const auto whole = testing::fixture("ppu");
    for (const auto& file : whole.files) {
        if (file.path == "zoneinfo/Asia/Jakarta") continue;  // no agency's calendar
        for (const std::string& bytes : {std::string("\xff\xfe\x00", 3), std::string()}) {
            auto definitions = whole;
            testing::put_file(definitions, file.path, bytes);
            const Loading loading(definitions);
            EXPECT_FALSE(loading.library) << file.path;
            EXPECT_TRUE(loading.diagnostics.has_errors()) << file.path;
        }
    }
}

TEST(Load, a_cut_off_yaml_file_is_never_loaded) {
    const auto whole = testing::fixture("ppu");
    const std::string path = "workflows/" + kPpu + "registry.yaml";
    auto definitions = whole;
    const std::string text = testing::find_file(definitions, path)->bytes;
    for (std::size_t length = 0; length + 1 < text.size(); length += 37) {
        testing::put_file(definitions, path, text.substr(0, length));
        EXPECT_FALSE(Loading(definitions).library) << length;
    }
}

// A second regency beside the first, on the same upper layers.
Definitions two_agencies() {
    auto definitions = testing::fixture("ppu");
    const auto files = definitions.files;
    for (const auto& file : files) {
        const auto at = file.path.find(kPpu);
        if (at == std::string::npos || file.path.find("pengaduan") != std::string::npos) continue;
        std::string bytes = file.bytes;
        for (auto i = bytes.find("64.09"); i != std::string::npos; i = bytes.find("64.09", i))
            bytes.replace(i, 5, "64.11");
        testing::put_file(
            definitions,
            file.path.substr(0, at) + "64.11-mahakam-ulu/" + file.path.substr(at + kPpu.size()),
            bytes);
    }
    auto* regions = testing::find_file(definitions, "workflows/nasional/regions.csv");
    regions->bytes += "64.11,Kabupaten Mahakam Ulu\n64.11.01,Long Bagun\n";
    testing::remove_file(definitions, "workflows/64.11-mahakam-ulu/schema.yaml");
    auto* schema = testing::find_file(definitions, "workflows/" + kPpu + "schema.yaml");
    testing::put_file(definitions, "workflows/nasional/schema.yaml", schema->bytes);
    testing::remove_file(definitions, "workflows/" + kPpu + "schema.yaml");
    auto* workflow = testing::find_file(definitions, "workflows/" + kPpu + "pengaduan.yaml");
    auto text = workflow->bytes;
    text.erase(text.find("extends"), std::string("extends: nasional/pengaduan\n").size());
    testing::put_file(definitions, "workflows/nasional/pengaduan.yaml", text);
    testing::remove_file(definitions, "workflows/" + kPpu + "pengaduan.yaml");
    return definitions;
}

TEST(Load, agencies_share_what_stands_above_them) {
    const Loading loading(two_agencies());
    ASSERT_TRUE(loading.library) << loading.told();
    ASSERT_EQ(loading.library->bundles.size(), 2U);
    EXPECT_EQ(loading.bundle("64.09").schema, loading.bundle("64.11").schema);
    EXPECT_EQ(loading.bundle("64.09").regions, loading.bundle("64.11").regions);
    EXPECT_EQ(loading.bundle("64.11").workflows.size(), 1U);
}

TEST(Load, one_agency_alone_is_the_same_as_among_all) {
    const auto definitions = two_agencies();
    const Loading all(definitions);
    const Loading one(definitions, only("64.11"));
    ASSERT_TRUE(all.library && one.library) << one.told();
    EXPECT_EQ(one.library->bundles.size(), 1U);
    EXPECT_EQ(one.bundle("64.11").pinned, all.bundle("64.11").pinned);
    EXPECT_EQ(one.bundle("64.11").current, all.bundle("64.11").current);
    EXPECT_LT(one.sources->all().size(), all.sources->all().size());
}

TEST(Load, an_agency_knows_the_offices_above_it_even_alone) {
    auto definitions = testing::fixture("ppu");
    testing::put_file(definitions, "workflows/64-kaltim/registry.yaml",
                      "registry: 64\nunits:\n  sekretariat: {name: Sekretariat, receives: all, "
                      "staffed: {from: 2024-01-01}}\nend: 64\n");
    testing::put_file(definitions, "workflows/64-kaltim/people.yaml",
                      "people:\n  p-1: {unit: sekretariat, roles: [koordinator], from: "
                      "2024-01-01}\nend: people\n");
    const Loading loading(definitions, only("64.09"));
    ASSERT_TRUE(loading.library) << loading.told();
    const Bundle& bundle = loading.bundle();
    ASSERT_EQ(bundle.registries_above.size(), 1U);
    EXPECT_NE(bundle.registries_above[0].find("64/sekretariat"), nullptr);
    ASSERT_EQ(bundle.people_above.size(), 1U);
    EXPECT_EQ(bundle.people_above[0].persons.at(0).id.value, "p-1");
}

TEST(Load, one_agency_alone_does_not_care_for_its_neighbours_faults) {
    auto definitions = two_agencies();
    testing::put_file(definitions, "workflows/" + kPpu + "registry.yaml", "units: [\n");
    EXPECT_FALSE(Loading(definitions).library);
    EXPECT_TRUE(Loading(definitions, only("64.11")).library);
}

TEST(Load, what_is_wrong_above_is_told_once) {
    auto definitions = two_agencies();
    auto* schema = testing::find_file(definitions, "workflows/nasional/schema.yaml");
    schema->bytes.replace(schema->bytes.find("{type: region"), 13, "{type: regoin");
    const Loading loading(definitions);
    EXPECT_FALSE(loading.library);
    EXPECT_EQ(loading.diagnostics.items().size(), 1U) << loading.told();
}

TEST(LayerRules, of_each_layer_stand_alone_for_their_tests) {
    auto sources = std::make_shared<SourceSet>();
    Diagnostics diagnostics;
    auto definitions = two_agencies();
    LoadOptions options;
    options.today = *parse_date("2026-03-13");
    const auto layers = load_layer_rules(definitions, options, sources, diagnostics);
    ASSERT_EQ(layers.size(), 3U) << testing::rendered(diagnostics, *sources);
    EXPECT_EQ(layers[0].layer, "64.09");
    EXPECT_EQ(layers[2].layer, "nasional");
    EXPECT_EQ(layers[0].rulesets.at(0).program->tests.size(), 1U);
    EXPECT_EQ(layers[2].rulesets.at(0).program->find("pemilik"), rules::kNone);
}

// The horizon (R13) is how far rules are proved, not how long a node that is never loaded anew can
// take reports.
struct Past {
    const char* header;
    const char* more;  // of another version, "" for none
    const char* day;
    bool ruled;
};

TEST(Rulesets, go_on_past_the_horizon_until_something_changes) {
    const std::string open = "ruleset disposisi from 2026-01-01";
    const Past pasts[] = {
        {"", "", "2027-03-13", true},
        {"", "", "2041-01-01", true},
        {" until 2027-06-30", "", "2027-06-30", true},
        {" until 2027-06-30", "", "2027-07-01", false},
        {"", "ruleset disposisi from 2028-01-01", "2027-12-31", true},
        {"", "ruleset disposisi from 2028-01-01", "2028-01-01", false},
    };
    for (const Past& past : pasts) {
        auto definitions = testing::fixture("ppu");
        const std::string path = "rules/64.09-penajam-paser-utara/disposisi.rules";
        auto* file = testing::find_file(definitions, path);
        ASSERT_TRUE(file->bytes.starts_with(open));
        const std::string rest = file->bytes.substr(open.size());
        file->bytes = open + past.header + rest;
        if (*past.more != '\0')
            testing::put_file(definitions, "rules/64.09-penajam-paser-utara/nanti.rules",
                              past.more + rest);
        LoadOptions options;
        options.today = *parse_date("2026-03-13");
        options.prove = false;
        Diagnostics diagnostics;
        const auto library = load(definitions, options, std::make_shared<SourceSet>(), diagnostics);
        ASSERT_TRUE(library.has_value()) << past.header << past.more;
        const auto* ruleset = library->bundles.begin()->second->ruleset_on(*parse_date(past.day));
        EXPECT_EQ(ruleset != nullptr, past.ruled) << past.header << past.more << " " << past.day;
    }
}

}  // namespace
}  // namespace pintu::bundle
