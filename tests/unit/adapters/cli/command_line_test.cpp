#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <sstream>

#include "tests/support/files.hpp"
#include "tests/unit/adapters/cli/said.hpp"

namespace pintu::cli {
namespace {

std::vector<std::string> split(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::string> words;
    for (std::string word; in >> word;) words.push_back(word);
    return words;
}

TEST(CommandLine, says_wrong_usage_in_words_of_its_own) {
    const std::vector<std::pair<std::string, std::string>> kCases = {
        {"", "Perintahnya belum disebut. Pilihannya: check, fmt, test, "},
        {"chekc", "Perintah \"chekc\" tidak dikenal. Maksudnya \"check\"?"},
        {"terbang", "Perintah \"terbang\" tidak dikenal.\n"},
        {"case", "Perintahnya belum disebut. Pilihannya: list, show, evidence, clock, act, why"},
        {"case shwo", "Perintah \"shwo\" tidak dikenal. Maksudnya \"show\"?"},
        {"check --foo", "Pilihan \"--foo\" tidak dikenal."},
        {"run --batch 5", "Pilihan \"--batch\" tidak dikenal."},
        {"check . lagi", "\"lagi\" berlebih."},
        {"case act", "ID belum disebut."},
        {"case act X verifikasi", "--as belum disebut."},
        {"case list --limit banyak", "Nilai --limit tidak boleh demikian. Yang boleh: 1..100000"},
        {"case list --limit 0", "Nilai --limit tidak boleh demikian. Yang boleh: 1..100000"},
        {"graph --format png", "Nilai --format tidak boleh demikian. Yang boleh: svg"},
        {"case list --state", "--state memerlukan nilai."},
        {"--lang xx version", "Bahasa \"xx\" tidak dikenal."},
        {"-o xml version", "Bentuk keluaran \"xml\" tidak dikenal."},
        {"--as-of kemarin version", "\"kemarin\" bukan waktu."},
        {"--as-of 2026-02-30 version", "\"2026-02-30\" bukan waktu."},
        {"replay", "Sebut satu kasus, atau --all."},
        {"run --clock virtual", "Waktu maya perlu batas."},
        {"case show X --personal", "Data pribadi hanya dibuka dengan --as"},
        {"calendar due --from 2026-01-01 --lasts 5", "Instansi belum disebut."},
        {"init 6405 Contoh", "\"6405\" bukan kode kabupaten atau kota"},
    };
    for (const auto& [words, expected] : kCases) {
        const auto said = run(split(words));
        EXPECT_EQ(said.exit, kWrongUsage) << words;
        EXPECT_EQ(said.out, "") << words;
        EXPECT_NE(said.err.find(expected), std::string::npos) << words << "\n" << said.err;
    }
}

TEST(CommandLine, speaks_the_language_that_was_asked_for) {
    EXPECT_NE(run({"terbang"}, "en").err.find("is not known"), std::string::npos);
    EXPECT_NE(run({"--lang", "en", "terbang"}).err.find("is not known"), std::string::npos);
    EXPECT_NE(run({"--lang=id", "terbang"}, "en").err.find("tidak dikenal"), std::string::npos);
    // A variable that asks for a language we do not have is no reason to do nothing.
    EXPECT_EQ(run({"version"}, "fr").exit, kDone);
}

TEST(CommandLine, helps_in_one_language_at_a_time) {
    static const std::regex kEnglish("\\b(the|of|and|default|Options|Usage|OPTIONS|REQUIRED)\\b");
    for (const auto& name : command_names()) {
        auto words = split(name);
        words.push_back("--help");
        const auto said = run(words);
        EXPECT_EQ(said.exit, kDone) << name;
        std::smatch english;
        EXPECT_FALSE(std::regex_search(said.out, english, kEnglish))
            << name << ": " << english.str() << "\n"
            << said.out;
        EXPECT_NE(run(words, "en").out.find("Usage"), std::string::npos) << name;
    }
    EXPECT_EQ(run({"--version"}).out.rfind("pintu ", 0), 0U);
}

std::string section_of(const std::string& page, const std::string& name) {
    const auto from = page.find("\n### `pintu " + name);
    if (from == std::string::npos) return "";
    return page.substr(from, page.find("\n### ", from + 1) - from);
}

TEST(CommandPage, has_every_command_with_every_option_and_an_example) {
    const std::string page =
        testing::read_file(std::string(PINTU_SOURCE_DIR) + "/docs/commands.md");
    static const std::regex kOption("--[a-z][a-z-]*");
    const std::string global = run({"--help"}, "en").out;
    for (std::sregex_iterator it(global.begin(), global.end(), kOption), end; it != end; ++it)
        EXPECT_NE(page.find(it->str()), std::string::npos) << it->str();
    for (const auto& name : command_names()) {
        const std::string section = section_of(page, name);
        ASSERT_NE(section, "") << name;
        EXPECT_NE(section.find("\n    "), std::string::npos) << name << " has no example";
        auto words = split(name);
        words.push_back("--help");
        const std::string help = run(words, "en").out;
        for (std::sregex_iterator it(help.begin(), help.end(), kOption), end; it != end; ++it)
            EXPECT_TRUE(global.find(it->str()) != std::string::npos ||
                        section.find(it->str()) != std::string::npos)
                << name << " " << it->str();
    }
}

TEST(CommandPage, names_only_commands_that_exist) {
    const std::string page =
        testing::read_file(std::string(PINTU_SOURCE_DIR) + "/docs/commands.md");
    const auto names = command_names();
    static const std::regex kHeading("\n### `pintu ([a-z]+( [a-z]+)?)");
    for (std::sregex_iterator it(page.begin(), page.end(), kHeading), end; it != end; ++it) {
        const std::string name = (*it)[1];
        EXPECT_TRUE(std::find(names.begin(), names.end(), name) != names.end()) << name;
    }
}

TEST(Completion, knows_every_command) {
    const std::string script = run({"completion"}).out;
    for (const auto& name : command_names())
        EXPECT_NE(script.find("'" + name + "'"), std::string::npos) << name;
}

TEST(Explain, knows_every_code_in_both_languages_and_any_case) {
    EXPECT_NE(run({"explain", "ru012"}).out.find("RU012"), std::string::npos);
    EXPECT_NE(run({"explain", "RU012"}).out, run({"explain", "RU012"}, "en").out);
    EXPECT_EQ(run({"explain", "XX1"}).exit, kFailed);
    EXPECT_EQ(run({"explain"}).out.find("{0}"), std::string::npos);
}

}  // namespace
}  // namespace pintu::cli
