#include <gtest/gtest.h>

#include "engine/bundle/bundle.hpp"
#include "engine/bundle/folders.hpp"
#include "tests/support/definitions.hpp"

namespace pintu::bundle {
namespace {

using Names = std::vector<std::string>;

TEST(Stack, follows_the_code) {
    EXPECT_EQ(stack_of(AgencyCode("64.09")), (Names{"nasional", "64", "64.09"}));
    EXPECT_EQ(stack_of(AgencyCode("64")), (Names{"nasional", "64"}));
    EXPECT_EQ(stack_of(AgencyCode("nasional")), Names{"nasional"});
}

TEST(Place, is_told_by_the_path) {
    const Place rules = place_of("rules/64.09-penajam-paser-utara/lama/a.rules");
    EXPECT_EQ(rules.room, Room::rules);
    EXPECT_EQ(rules.layer, "64.09");
    EXPECT_EQ(rules.name, "a.rules");
    EXPECT_EQ(place_of("workflows/nasional/a.yaml").layer, "nasional");
    EXPECT_EQ(place_of("workflows/a.yaml").folder, "");
    EXPECT_EQ(place_of("workflows/a.yaml").name, "a.yaml");
    EXPECT_EQ(place_of("zoneinfo/Asia/Makassar").name, "Asia/Makassar");
    EXPECT_EQ(place_of("pintu.yaml").room, Room::other);
    EXPECT_EQ(place_of("other/nasional/a.yaml").room, Room::other);
}

TEST(LayerCode, is_national_or_of_a_province_or_regency) {
    for (const auto* code : {"nasional", "64", "64.09"}) EXPECT_TRUE(is_layer_code(code)) << code;
    for (const auto* code : {"", "National", "6", "64.9", "64.09.01", "64-09", "kaltim"})
        EXPECT_FALSE(is_layer_code(code)) << code;
}

TEST(Agencies, are_the_layers_with_a_registry) {
    auto definitions = testing::fixture("ppu");
    EXPECT_EQ(agencies(definitions), std::vector<AgencyCode>{AgencyCode("64.09")});
    testing::put_file(definitions, "workflows/64-kaltim/unit.yaml",
                      "\n# Provinsi\nregistry: 64\nend: 64\n");
    EXPECT_EQ(agencies(definitions),
              (std::vector<AgencyCode>{AgencyCode("64"), AgencyCode("64.09")}));
}

TEST(Zones, are_found_without_reading_the_yaml) {
    const Definitions definitions{
        {{"workflows/64-kaltim/a.yaml", "calendar: 64\nzone: Asia/Makassar   # WITA\n"},
         {"workflows/64.09-ppu/a.yaml", "calendar: 64.09\nzone: \"Asia/Jakarta\"\r\n"},
         {"workflows/64.10-x/a.yaml", "zone: ../../etc/passwd\nb:\n  zone: Asia/Tokyo\n"},
         {"rules/nasional/a.rules", "zone: Asia/Jayapura\n"}}};
    EXPECT_EQ(zones_named(definitions), (Names{"Asia/Jakarta", "Asia/Makassar"}));
}

TEST(Plugins, are_found_without_reading_the_rules) {
    const Definitions definitions{{{"rules/nasional/a.rules",
                                    "fact a = plugin cuaca.hujan(wilayah) : yesno\n"
                                    "# plugin komentar.a(isi)\n"
                                    "fakta b = plugin teks.bahaya(isi) : {aman, akut}\n"},
                                   {"rules/nasional/b.rules",
                                    "fact c = plugin teks.nama(isi) : yesno\n"
                                    "  rule x when isi contains \"plugin kata.a(isi)\" -> a\n"},
                                   {"rules/nasional/c.rules", "\xff plugin"},
                                   {"workflows/nasional/a.yaml", "plugin: surel.a\n"}}};
    EXPECT_EQ(plugins_named(definitions), (Names{"cuaca", "teks"}));
    EXPECT_EQ(plugin_of("teks.bahaya"), "teks");
    EXPECT_EQ(plugin_of("teks"), "teks");
}

TEST(WithCurrent, keeps_rules_of_then_and_takes_people_of_now) {
    auto then = testing::fixture("ppu");
    auto now = then;
    const std::string folder = "64.09-penajam-paser-utara/";
    const std::string rules = "rules/" + folder + "disposisi.rules";
    const std::string people = "workflows/" + folder + "people.yaml";
    testing::find_file(now, rules)->bytes += "# baru\n";
    testing::find_file(now, people)->bytes += "# baru\n";
    testing::put_file(now, "workflows/nasional/calendar-2027.yaml", "calendar: nasional\n");
    auto mixed = with_current(then, now);
    EXPECT_EQ(testing::find_file(mixed, rules)->bytes, testing::find_file(then, rules)->bytes);
    EXPECT_EQ(testing::find_file(mixed, people)->bytes, testing::find_file(now, people)->bytes);
    EXPECT_NE(testing::find_file(mixed, "workflows/nasional/calendar-2027.yaml"), nullptr);
    EXPECT_EQ(definitions_id(with_current(then, then)), definitions_id(then));
}

}  // namespace
}  // namespace pintu::bundle
