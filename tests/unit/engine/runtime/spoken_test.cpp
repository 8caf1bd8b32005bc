#include "engine/runtime/spoken.hpp"

#include <gtest/gtest.h>

namespace pintu::runtime {
namespace {

TEST(Spoken, days_and_moments_are_in_the_readers_language_and_the_agencys_zone) {
    const auto zone = calendar::Zone::fixed("WITA", 8 * 3600);
    const Instant at = *parse_instant("2026-03-27T06:30:00Z");
    EXPECT_EQ(day_in_words(*make_date(2026, 3, 27), "id"), "27 Maret 2026");
    EXPECT_EQ(day_in_words(*make_date(2026, 3, 27), "en"), "27 March 2026");
    EXPECT_EQ(moment_in_words(at, zone, "id"), "27 Maret 2026 pukul 14.30 WITA");
    EXPECT_EQ(moment_in_words(at, zone, "en"), "27 March 2026, 14:30 WITA");
    EXPECT_EQ(moment_in_words(at, calendar::Zone::fixed("x", -5 * 3600 - 1800), "en"),
              "27 March 2026, 01:00 UTC-05:30");
}

TEST(Spoken, what_people_wrote_is_cut_at_a_letter_and_has_no_control_characters) {
    EXPECT_EQ(plain("satu dua", 8, false), "satu dua");
    EXPECT_EQ(plain("satu dua", 4, false), "satu...");
    EXPECT_EQ(plain("\xC3\xA9\xC3\xA9\xC3\xA9", 2, false), "\xC3\xA9\xC3\xA9...");
    EXPECT_EQ(plain("a\r\nBcc: x\x07y", 99, false), "a Bcc: x y");
    EXPECT_EQ(plain("a\r\nb", 99, true), "a \nb");
    EXPECT_EQ(plain("", 9, true), "");
}

TEST(Spoken, names_lose_their_underscores) {
    EXPECT_EQ(spaced("tindak_lanjut"), "tindak lanjut");
    EXPECT_EQ(spoken("pelapor", "en"), "Reporter");
}

}  // namespace
}  // namespace pintu::runtime
