#include "outgoing.hpp"

#include <gmime/gmime.h>
#include <gtest/gtest.h>

#include "letter.hpp"

namespace pintu::testing {
namespace {

surel::Settings office() {
    surel::Settings settings;
    settings.address = "lapor@contoh.go.id";
    settings.name = "Layanan Pengaduan";
    return settings;
}

pintu::plugin::Message message() {
    pintu::plugin::Message message;
    message.key = "64.09-1-acknowledge";
    message.tracking_id = "0000-0000-0000";
    message.subject = "Laporan diterima";
    message.text = "Terima kasih.\nLaporan Anda \xc3\xa9 kami terima.";
    message.language = "id";
    message.to.email = "warga@contoh.example";
    message.to.name = "Siti \xc3\x81minah";
    message.to.external_id = "asal-1@contoh.example";
    return message;
}

std::string header_of(const std::string& letter) {
    return letter.substr(0, letter.find("\r\n\r\n"));
}

TEST(Outgoing, answers_the_letter_and_says_that_a_machine_wrote_it) {
    g_mime_init();
    const std::string letter = surel::written(message(), office(), 1773365400000000);
    const auto read = surel::read_letter(letter, {20}, false);
    EXPECT_EQ(read.subject, "Laporan diterima [0000-0000-0000]");
    EXPECT_EQ(read.text, "Terima kasih.\nLaporan Anda \xc3\xa9 kami terima.");
    EXPECT_EQ(read.from_address, "lapor@contoh.go.id");
    EXPECT_EQ(read.answered,
              (std::vector<std::string>{"asal-1@contoh.example", "asal-1@contoh.example"}));
    EXPECT_EQ(read.signs.auto_submitted, "auto-replied");
    const std::string header = header_of(letter);
    EXPECT_NE(header.find("Date: Fri, 13 Mar 2026 01:30:00 +0000\r\n"), std::string::npos);
    EXPECT_NE(header.find("Reply-To: lapor+0000-0000-0000@contoh.go.id\r\n"), std::string::npos);
    EXPECT_EQ(letter, surel::written(message(), office(), 1773365400000000));
}

TEST(Outgoing, lets_nothing_end_a_line_of_the_header) {
    auto hostile = message();
    const std::string attack = "x\r\nBcc: korban@contoh.example\r\n\r\nisi lain";
    hostile.subject = attack;
    hostile.to.name = attack;
    hostile.to.external_id = "a@b\r\nBcc: korban@contoh.example";
    hostile.tracking_id = attack;
    hostile.key = attack;
    hostile.language = attack;
    const std::string letter = surel::written(hostile, office(), 0);
    EXPECT_EQ(header_of(letter).find("\nBcc"), std::string::npos) << letter;
    EXPECT_EQ(header_of(letter).find("In-Reply-To"), std::string::npos);
}

TEST(Outgoing, keeps_lines_short_and_the_text_whole) {
    g_mime_init();
    auto long_one = message();
    long_one.text = ".\nFrom sini\n" + std::string(5000, 'x') + " = \t\nakhir ";
    long_one.subject = std::string(400, 'j');
    const std::string letter = surel::written(long_one, office(), 0);
    std::size_t from = 0;
    for (std::size_t end = 0; (end = letter.find("\r\n", from)) != std::string::npos;
         from = end + 2)
        EXPECT_LE(end - from, 78U) << letter.substr(from, end - from);
    for (const char c : letter) EXPECT_TRUE(c == '\r' || c == '\n' || (c >= ' ' && c <= '~'));
    EXPECT_EQ(letter.find("\n."), std::string::npos);
    EXPECT_EQ(surel::read_letter(letter, {20}, false).text,
              ".\nFrom sini\n" + std::string(5000, 'x') + " = \t\nakhir");
}

}  // namespace
}  // namespace pintu::testing
