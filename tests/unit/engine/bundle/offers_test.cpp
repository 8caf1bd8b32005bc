#include "engine/bundle/offers.hpp"

#include <gtest/gtest.h>

#include "tests/support/definitions.hpp"

namespace pintu::bundle {
namespace {

PluginOffers teks() {
    PluginOffer offer;
    offer.facts["bahaya"] = {{"isi"}, {"aman", "mungkin", "akut"}};
    offer.facts["nama_orang"] = {{"isi"}, {"ya", "tidak"}};
    offer.personal = {"isi"};
    return {{"teks", offer}};
}

// What is said of the fixture, whose rules ask `teks.bahaya(isi) : {aman, mungkin, akut}`.
std::string told(std::optional<PluginOffers> plugins, bool& loaded) {
    LoadOptions options;
    options.today = *parse_date("2026-03-13");
    options.plugins = std::move(plugins);
    auto sources = std::make_shared<SourceSet>();
    Diagnostics diagnostics;
    loaded = load(testing::fixture("ppu"), options, sources, diagnostics).has_value();
    std::string text;
    for (const auto& d : diagnostics.sorted()) {
        if (!d.code.starts_with("BU0")) continue;
        text += sources->place(d.span) + " " + d.code;
        for (const auto& arg : d.args) text += " " + arg;
        text += "\n";
    }
    return text;
}

const std::string kPlace = "rules/64.09-penajam-paser-utara/disposisi.rules:7 ";

TEST(Offers, that_fit_are_not_spoken_of) {
    bool loaded = false;
    EXPECT_EQ(told(teks(), loaded), "");
    EXPECT_TRUE(loaded);
    EXPECT_EQ(told(std::nullopt, loaded), "") << "nobody knows what is installed";
    auto any = teks();
    any["teks"].facts["bahaya"].gives.clear();
    EXPECT_EQ(told(any, loaded), "") << "any value of the rule's type";
}

TEST(Offers, that_are_missing_are_a_warning) {
    bool loaded = false;
    EXPECT_EQ(told(PluginOffers{}, loaded), kPlace + "BU025 teks bahaya\n");
    EXPECT_TRUE(loaded);
}

TEST(Offers, that_do_not_fit_load_nothing) {
    bool loaded = true;
    auto other = teks();
    other["teks"].facts.erase("bahaya");
    other["teks"].facts["bahayakah"] = {{"isi"}, {}};
    EXPECT_EQ(told(other, loaded), kPlace + "BU026 teks.bahaya teks.bahayakah\n");
    EXPECT_FALSE(loaded);
    auto more = teks();
    more["teks"].facts["bahaya"].arguments = {"isi", "judul"};
    EXPECT_EQ(told(more, loaded), kPlace + "BU027 teks.bahaya isi, judul\n");
    EXPECT_FALSE(loaded);
    auto values = teks();
    values["teks"].facts["bahaya"].gives.emplace_back("parah");
    EXPECT_EQ(told(values, loaded), kPlace + "BU028 teks.bahaya parah bahaya\n");
    EXPECT_FALSE(loaded);
    auto curious = teks();
    curious["teks"].personal.clear();
    EXPECT_EQ(told(curious, loaded), kPlace + "BU029 isi teks isi\n");
    EXPECT_FALSE(loaded);
}

TEST(PersonalPath, is_as_values_are_sealed) {
    EXPECT_EQ(personal_path("isi"), "isi");
    EXPECT_EQ(personal_path("place.note"), "place_note");
    EXPECT_EQ(personal_path("reporter.name"), "reporter_name");
    EXPECT_EQ(personal_path("fields.ciri"), "as_sent");
}

}  // namespace
}  // namespace pintu::bundle
