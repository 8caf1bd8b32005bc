// What the plugin answers, on sentences of our own; its README tells what they are worth.
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <map>
#include <random>
#include <sstream>

#include "danger.hpp"
#include "names.hpp"
#include "text.hpp"

namespace teks {
namespace {

struct Sentence {
    std::string stage;  // "uji" or "setel"
    std::string expected;
    std::string text;
};

std::vector<Sentence> sentences(const std::string& file) {
    std::ifstream in(std::string(PINTU_SOURCE_DIR "/tests/bundled/teks/") + file);
    std::vector<Sentence> result;
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line[0] == '#') continue;
        const auto space = line.find(' ');
        const auto bar = line.find(" |");
        const auto text = bar + 3 < line.size() ? line.substr(bar + 3) : "";
        result.push_back({line.substr(0, space), line.substr(space + 1, bar - space - 1), text});
    }
    return result;
}

std::string danger_of(const std::string& text) {
    static const DangerWords kDanger;
    static const char* const kNames[] = {"aman", "mungkin", "akut"};
    return kNames[static_cast<int>(kDanger.of(words_of(text)))];
}

std::string named_in(const std::string& text) {
    static const NameSigns kNames;
    return kNames.in(words_of(text)) ? "ya" : "tidak";
}

struct Score {
    int right = 0;
    int all = 0;
    std::string wrong;
};

template <class Answer>
std::map<std::string, Score> scores(const std::string& file, Answer answer) {
    std::map<std::string, Score> result;
    for (const Sentence& each : sentences(file)) {
        Score& score = result[each.stage];
        const std::string answered = answer(each.text);
        ++score.all;
        if (answered == each.expected)
            ++score.right;
        else
            score.wrong += each.expected + " -> " + answered + ": " + each.text + "\n";
    }
    return result;
}

TEST(Bahaya, is_told_as_people_would) {
    for (const auto& [stage, score] : scores("bahaya.txt", danger_of)) {
        std::cout << stage << ": " << score.right << " of " << score.all << "\n" << score.wrong;
        EXPECT_GE(score.right * 100, score.all * 90) << stage;
    }
}

TEST(NamaOrang, is_told_as_people_would) {
    for (const auto& [stage, score] : scores("nama.txt", named_in)) {
        std::cout << stage << ": " << score.right << " of " << score.all << "\n" << score.wrong;
        EXPECT_GE(score.right * 100, score.all * 90) << stage;
    }
}

TEST(Teks, spelling_of_messages_does_not_matter) {
    EXPECT_EQ(danger_of("TOLOOOONG ADA KORBANNNN"), "akut");
    EXPECT_EQ(danger_of("ada kor\u200Bban"), "akut");
    EXPECT_EQ(danger_of("ada ｋｏｒｂａｎ"), "akut");
    EXPECT_EQ(danger_of("blm ada korban"), "mungkin");
    EXPECT_EQ(named_in("PAK DARSONO MINTA UANG"), "ya");
    EXPECT_EQ(named_in("Yth. Bpk.Sukardjo"), "ya");
}

TEST(Teks, any_bytes_are_answered) {
    std::mt19937 random(7);
    for (int i = 0; i < 2000; ++i) {
        std::string bytes(random() % 200, ' ');
        for (char& each : bytes) each = static_cast<char>(random() % 256);
        (void)danger_of(bytes);
        (void)named_in(bytes);
    }
    EXPECT_EQ(danger_of("\xff\xfe korban \xc3"), "akut");
    EXPECT_EQ(danger_of(std::string("\0korban", 7)), "akut");
}

// Eight times the text may take at most about eight times as long; sixteen leaves room for a busy
// machine, and a square would be sixty-four.
TEST(Teks, time_grows_with_the_text_and_no_faster) {
    for (const std::string piece :
         {"tidak ada korban ", "Pak Lurah Kepala Dinas ", "pak ", "a-", "di Jalan "}) {
        const auto took = [&](int times) {
            std::string text;
            for (int i = 0; i < times; ++i) text += piece;
            auto best = std::chrono::nanoseconds::max();
            for (int i = 0; i < 3; ++i) {
                const auto began = std::chrono::steady_clock::now();
                (void)danger_of(text);
                (void)named_in(text);
                best = std::min(best,
                                std::chrono::nanoseconds(std::chrono::steady_clock::now() - began));
            }
            return best.count();
        };
        EXPECT_LT(took(8'000), took(1'000) * 16 + 20'000'000) << piece;
    }
}

}  // namespace
}  // namespace teks
