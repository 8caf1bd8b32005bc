// Letters as they come, good and bad: mails/NAME.eml and what the plugin reads in it.
#include "letter.hpp"

#include <gmime/gmime.h>
#include <gtest/gtest.h>

#include "charset.hpp"
#include "guard.hpp"
#include "report.hpp"
#include "tests/support/golden.hpp"

namespace pintu::testing {
namespace {

std::string shown(const std::string& name, const std::string& text) {
    const auto letter = surel::read_letter(text, {4}, false);
    std::string result;
    const auto add = [&](const char* key, const std::string& value) {
        if (!value.empty()) result += std::string(key) + ": " + value + "\n";
    };
    surel::Mail mail;
    mail.place = {7, 1};
    mail.bytes = text;
    const auto report = surel::report_of(letter, mail, "lapor@contoh.go.id", "/spool", 0);
    add("aside", surel::why_aside(letter, "lapor@contoh.go.id", false));
    if (!report) return result + "no report: " + name + "\n";
    add("id", report->external_id);
    add("from", report->reporter.name + " <" + report->reporter.email + ">");
    add("judul", report->judul);
    for (const auto& [field, value] : report->fields)
        add(("field " + std::string(field)).c_str(), std::string(value.as_string()));
    for (const auto& file : letter.files)
        add("file", file.name + " (" + std::to_string(file.bytes.size()) + ")");
    return result + "\n" + report->isi + "\n";
}

TEST(Letters, are_read_as_their_writers_meant_them) {
    g_mime_init();
    check_golden("../bundled/surel/mails", ".eml", shown);
}

std::string multipart(std::size_t parts) {
    std::string letter =
        "From: a@contoh.example\nMessage-ID: <b@c>\nMIME-Version: 1.0\n"
        "Content-Type: multipart/mixed; boundary=xx\n\n";
    for (std::size_t i = 0; i < parts; ++i)
        letter += "--xx\nContent-Type: text/plain\n" +
                  std::string(i == 0 ? "" : "Content-Disposition: attachment\n") + "\nbagian " +
                  std::to_string(i) + "\n";
    return letter + "--xx--\n";
}

TEST(Letters, of_ten_thousand_parts_give_their_text_and_say_what_was_left_out) {
    g_mime_init();
    const auto letter = surel::read_letter(multipart(10'000), {20}, false);
    EXPECT_EQ(letter.text, "bagian 0");
    EXPECT_EQ(letter.files.size(), 20U);
    ASSERT_EQ(letter.marks.size(), 2U);
    EXPECT_EQ(letter.marks[0], "surat punya terlalu banyak bagian: sisanya tidak dibaca");
    EXPECT_EQ(letter.marks[1], "478 lampiran tidak diambil");
}

TEST(Letters, that_are_nested_without_end_are_read_to_a_depth) {
    g_mime_init();
    std::string letter = "From: a@contoh.example\nMIME-Version: 1.0\n";
    for (int i = 0; i < 5'000; ++i)
        letter += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\n\n--b" +
                  std::to_string(i) + "\n";
    letter += "Content-Type: text/plain\n\nterdalam\n";
    const auto read = surel::read_letter(letter, {20}, false);
    EXPECT_EQ(read.text, "");
    ASSERT_FALSE(read.marks.empty());
}

TEST(Letters, that_are_cut_off_lose_their_last_file_and_say_so) {
    g_mime_init();
    const std::string whole = multipart(3);
    const auto letter = surel::read_letter(whole.substr(0, whole.size() - 12), {20}, true);
    EXPECT_EQ(letter.files.size(), 1U);
    EXPECT_EQ(letter.marks.size(), 1U);
}

TEST(Letters, with_a_long_text_keep_all_of_it_in_a_file) {
    g_mime_init();
    const std::string text(200'000, 'a');
    const auto letter =
        surel::read_letter("From: a@contoh.example\nSubject: x\n\n" + text, {20}, false);
    EXPECT_EQ(letter.text.size(), surel::kMostTextBytes);
    ASSERT_EQ(letter.files.size(), 1U);
    EXPECT_EQ(letter.files[0].bytes, text);
}

TEST(Letters, of_any_bytes_are_utf8_afterwards) {
    g_mime_init();
    std::uint32_t seed = 4;
    for (int round = 0; round < 300; ++round) {
        std::string bytes = round % 2 == 0 ? "From: \xff <a@b>\nSubject: =?utf-8?Q?=FF?=\n"
                                             "Content-Type: text/plain; charset=gb18030\n\n"
                                           : "";
        for (int i = 0; i < 400; ++i) {
            seed = seed * 1664525U + 1013904223U;
            bytes += static_cast<char>(seed >> 24);
        }
        const auto letter = surel::read_letter(bytes, {20}, false);
        for (const auto* text : {&letter.text, &letter.subject, &letter.from_name})
            EXPECT_TRUE(surel::is_utf8(*text)) << "seed 4, round " << round;
    }
}

}  // namespace
}  // namespace pintu::testing
