#include "engine/text/matcher.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <sstream>

#include "engine/text/fold.hpp"
#include "engine/text/stem.hpp"
#include "engine/text/words.hpp"
#include "tests/support/golden.hpp"

namespace pintu::text {
namespace {

using Kind = Probe::Kind;

bool says(Kind kind, const std::string& phrase, const std::string& text) {
    return Matcher({{kind, {phrase}}}).match(text).at(0) == 1;
}

struct NamedProbes {
    std::vector<std::string> names;
    std::vector<Probe> probes;
};

// "mentions NAME: PHRASE | PHRASE"
void add_probe(NamedProbes& all, const std::string& line) {
    const auto space = line.find(' ');
    const auto colon = line.find(':');
    all.names.push_back(line.substr(space + 1, colon - space - 1));
    Probe probe;
    probe.kind = line.substr(0, space) == "contains" ? Kind::contains : Kind::mentions;
    std::istringstream phrases(line.substr(colon + 2));
    for (std::string phrase; std::getline(phrases, phrase, '|');) {
        if (phrase.starts_with(' ')) phrase.erase(0, 1);
        if (phrase.ends_with(' ')) phrase.pop_back();
        probe.phrases.push_back(phrase);
    }
    all.probes.push_back(probe);
}

TEST(Matcher, understands_how_citizens_write) {
    testing::check_golden("text", ".txt", [](const std::string&, const std::string& text) {
        NamedProbes all;
        std::istringstream lines(text);
        std::string line;
        while (std::getline(lines, line) && line != "---") add_probe(all, line);
        const Matcher matcher(all.probes);
        std::string shown;
        while (std::getline(lines, line)) {
            const auto answers = matcher.match(line);
            shown += line + "\n  =";
            for (std::size_t p = 0; p < answers.size(); ++p)
                if (answers[p] != 0) shown += " " + all.names[p];
            shown += "\n";
        }
        return shown;
    });
}

TEST(Matcher, lets_at_most_two_words_stand_between) {
    EXPECT_TRUE(says(Kind::mentions, "jalan rusak", "jalan rusak"));
    EXPECT_TRUE(says(Kind::mentions, "jalan rusak", "jalan satu dua rusak"));
    EXPECT_FALSE(says(Kind::mentions, "jalan rusak", "jalan satu dua tiga rusak"));
    EXPECT_FALSE(says(Kind::mentions, "jalan rusak", "rusak jalan"));
    EXPECT_TRUE(says(Kind::mentions, "a b c", "a x x b x x c"));
    EXPECT_FALSE(says(Kind::mentions, "a b c", "a x x b x x x c"));
    // The nearer of two beginnings counts, and one word is not two.
    EXPECT_TRUE(says(Kind::mentions, "jalan rusak", "jalan x x jalan x x rusak"));
    EXPECT_TRUE(says(Kind::mentions, "a a b", "a a b"));
    EXPECT_FALSE(says(Kind::mentions, "a a b", "a b"));
}

TEST(Matcher, finds_literals_letter_for_letter_but_for_case_and_normal_form) {
    EXPECT_TRUE(says(Kind::contains, "LOBANG", "berlobang"));
    EXPECT_FALSE(says(Kind::contains, "lubang", "berlobang"));
    EXPECT_TRUE(says(Kind::contains, "caf\u00e9", "CAFE\u0301"));
    EXPECT_TRUE(says(Kind::contains, "cafe\u0301", "Caf\u00c9"));
    EXPECT_FALSE(says(Kind::contains, "cafe", "caf\u00e9"));
    EXPECT_TRUE(says(Kind::contains, "stra\u00dfe", "STRASSE"));
    EXPECT_TRUE(says(Kind::contains, "a  b", "A  B"));
    EXPECT_FALSE(says(Kind::contains, "a  b", "a b"));
}

TEST(Matcher, is_in_no_text_where_a_phrase_is_empty) {
    for (const auto kind : {Kind::contains, Kind::mentions}) {
        EXPECT_FALSE(says(kind, "", "apa saja"));
        EXPECT_FALSE(says(kind, "", ""));
        EXPECT_FALSE(Matcher({{kind, {}}}).match("apa saja").at(0));
    }
    EXPECT_FALSE(says(Kind::mentions, "?!", "apa?!"));
    EXPECT_TRUE(says(Kind::contains, "?!", "apa?!"));
    EXPECT_TRUE(Matcher({}).match("apa saja").empty());
}

TEST(Matcher, finds_every_literal_that_a_plain_search_finds) {
    const unsigned seed = 20260313;
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const auto word = [&](std::size_t longest) {
        std::string text;
        for (auto n = 1 + random() % longest; n > 0; --n)
            text += static_cast<char>('a' + random() % 3);
        return text;
    };
    for (int round = 0; round < 300; ++round) {
        std::vector<Probe> probes;
        for (int i = 0; i < 20; ++i) probes.push_back({Kind::contains, {word(5), word(6)}});
        const Matcher matcher(probes);
        Matcher::Scratch scratch;
        Answers answers(probes.size());
        for (int t = 0; t < 5; ++t) {
            const auto text = word(40);
            matcher.match(text, scratch, answers);
            for (std::size_t p = 0; p < probes.size(); ++p) {
                const bool plain = text.find(probes[p].phrases[0]) != std::string::npos ||
                                   text.find(probes[p].phrases[1]) != std::string::npos;
                ASSERT_EQ(answers[p] != 0, plain) << text << " " << probes[p].phrases[0];
            }
        }
    }
}

// Straight from the definition: some choice of positions with gaps of at most two.
bool mentions_plainly(const std::vector<std::string>& stems, const std::vector<std::string>& phrase,
                      std::size_t word, std::size_t from, std::size_t until) {
    if (word == phrase.size()) return true;
    for (std::size_t i = from; i < std::min(until, stems.size()); ++i)
        if (stems[i] == phrase[word] && mentions_plainly(stems, phrase, word + 1, i + 1, i + 4))
            return true;
    return false;
}

TEST(Matcher, mentions_what_the_definition_says) {
    const unsigned seed = 71;
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const std::vector<std::string> kWords = {"pagar", "lumpur", "sungai", "pasar", "kebun"};
    const auto some = [&](std::size_t most) {
        std::vector<std::string> words;
        for (auto n = 1 + random() % most; n > 0; --n) words.push_back(kWords[random() % 5]);
        return words;
    };
    const auto joined = [](const std::vector<std::string>& words) {
        std::string text;
        for (const auto& word : words) text += word + " ";
        return text;
    };
    for (int round = 0; round < 300; ++round) {
        std::vector<Probe> probes;
        std::vector<std::vector<std::string>> phrases;
        for (int i = 0; i < 12; ++i) {
            phrases.push_back(some(4));
            probes.push_back({Kind::mentions, {joined(phrases.back())}});
        }
        const Matcher matcher(probes);
        Matcher::Scratch scratch;
        Answers answers(probes.size());
        for (int t = 0; t < 5; ++t) {
            const auto text = some(14);
            matcher.match(joined(text), scratch, answers);
            for (std::size_t p = 0; p < probes.size(); ++p)
                ASSERT_EQ(answers[p] != 0, mentions_plainly(text, phrases[p], 0, 0, text.size()))
                    << joined(text) << "/ " << joined(phrases[p]);
        }
    }
}

TEST(Matcher, tells_what_each_phrase_implies) {
    const Matcher matcher({{Kind::contains, {"lubang"}},
                           {Kind::contains, {"berlubang"}},
                           {Kind::mentions, {"jalan berlubang", "jln rusak"}},
                           {Kind::mentions, {"jalan"}},
                           {Kind::mentions, {""}}});
    const auto& phrases = matcher.phrases();
    ASSERT_EQ(phrases.size(), 6U);
    EXPECT_EQ(phrases[0].implies, (std::vector<std::uint32_t>{0}));
    EXPECT_EQ(phrases[1].implies, (std::vector<std::uint32_t>{0, 1}));
    EXPECT_EQ(phrases[2].implies, (std::vector<std::uint32_t>{0, 1, 2, 3}));
    EXPECT_EQ(phrases[3].text, "jln rusak");
    EXPECT_EQ(phrases[3].implies, (std::vector<std::uint32_t>{2, 3}));
    EXPECT_EQ(phrases[4].probe, 3U);
    EXPECT_TRUE(phrases[5].implies.empty());
}

TEST(Matcher, composes_a_text_that_says_the_union) {
    const Matcher matcher({{Kind::mentions, {"jalan rusak"}},
                           {Kind::mentions, {"rusak parah"}},
                           {Kind::mentions, {"selain itu", "juga"}},
                           {Kind::contains, {"pohon"}}});
    EXPECT_EQ(matcher.match(matcher.compose({})), (Answers{0, 0, 0, 0}));
    EXPECT_EQ(matcher.match(matcher.compose({0})), (Answers{1, 0, 0, 0}));
    EXPECT_EQ(matcher.match(matcher.compose({0, 4})), (Answers{1, 0, 0, 1}));
    EXPECT_EQ(matcher.match(matcher.compose({1, 0, 1})), (Answers{1, 1, 0, 0}));
    EXPECT_EQ(matcher.match(matcher.compose({0, 1, 3, 4})), (Answers{1, 1, 1, 1}));
}

TEST(Matcher, answers_the_same_whatever_was_asked_before) {
    const std::vector<Probe> probes = {{Kind::mentions, {"jalan rusak", "banjir"}},
                                       {Kind::contains, {"rusak"}}};
    const Matcher matcher(probes);
    const Matcher other({{Kind::mentions, {"rusak"}}, {Kind::mentions, {"jalan"}}});
    Matcher::Scratch scratch;
    Answers answers(2), afresh(2);
    for (const auto* text : {"jalan", "rusak", "jalan", "jalan rusak", "jalan", "", "banjir"}) {
        for (const auto* one : {&matcher, &other}) {
            Matcher::Scratch none;
            one->match(text, none, afresh);
            one->match(text, scratch, answers);
            EXPECT_EQ(answers, afresh) << text;
            EXPECT_EQ(one->match(text), afresh) << text;
        }
    }
}

TEST(Matcher, answers_nothing_of_a_matcher_that_is_gone) {
    for (int round = 0; round < 100; ++round) {  // most of them at the same address
        const bool one = round % 3 == 0;
        const Matcher matcher({{Kind::mentions, {one ? "banjir" : "lampu mati"}},
                               {Kind::mentions, {one ? "lampu" : "jalan"}}});
        ASSERT_EQ(matcher.match("lampu jalan"), (Answers{0, 1})) << round;
        ASSERT_EQ(matcher.match("banjir"), (Answers{one ? std::uint8_t{1} : std::uint8_t{0}, 0}));
    }
}

TEST(Matcher, answers_by_turns_more_often_than_its_memory_can_count) {
    const Matcher one({{Kind::mentions, {"banjir"}}, {Kind::mentions, {"lampu"}}});
    const Matcher other({{Kind::mentions, {"lampu"}}, {Kind::mentions, {"banjir"}}});
    Matcher::Scratch scratch;
    Answers answers(2);
    for (int round = 0; round < 40'000; ++round) {
        one.match(round == 7 ? "lampu" : "banjir", scratch, answers);
        ASSERT_EQ(answers, round == 7 ? (Answers{0, 1}) : (Answers{1, 0})) << round;
        other.match("banjir", scratch, answers);
        ASSERT_EQ(answers, (Answers{0, 1})) << round;
    }
}

TEST(Matcher, stays_quick_and_whole_on_a_megabyte) {
    std::vector<Probe> probes;
    for (int i = 0; i < 500; ++i) {
        probes.push_back({Kind::mentions, {"jalan rusak", "rusak jalan " + std::to_string(i)}});
        probes.push_back({Kind::contains, {"aaaaaaaaaaaa" + std::to_string(i)}});
    }
    const Matcher matcher(probes);
    std::string endless;
    while (endless.size() < 1'000'000) endless += "jalan rusak rusak jalan ";
    const std::string texts[] = {std::string(1'000'000, 'a'), endless, std::string(1'000'000, '-'),
                                 std::string(1'000'000, '\xff')};
    for (const auto& text : texts) {
        const auto start = std::chrono::steady_clock::now();
        matcher.match(text);
        EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
    }
}

TEST(Words, are_evened_out) {
    const std::pair<const char*, const char*> table[] = {
        {"Jln. RUSAK!!", "jalan rusak"},
        {"jalan-jalan jalan2 jalan2nya", "jalan jalan jalannya"},
        {"rusaaaak parahhhh", "rusak parah"},
        {"jum'at jum\u2019at 'kutip'", "jumat jumat kutip"},
        {"di-perbaiki apbd-nya", "diperbaiki apbdnya"},
        {"bolak-balik", "bolak balik"},
        {"rsud", "rumah sakit umum daerah"},
        {"yg gak dgn tdk", "yang tidak dengan tidak"},
        {"gara2", "karena"},
        {"km 12 h2o 22", "km 12 h2o 22"},
        {"maaf saat manfaat", "maaf saat manfaat"},
        {"\u00c9cole caf\u00e9", "\u00e9cole caf\u00e9"},
        {"a\xff"
         "b",
         "a b"},
    };
    for (const auto& [text, expected] : table) {
        std::string joined;
        for (const auto& word : words_of(text)) joined += (joined.empty() ? "" : " ") + word;
        EXPECT_EQ(joined, expected) << text;
    }
}

// The library tells no version of its own: should these change, so has the stemmer, and
// stemmer_version() must.
TEST(Stemmer, gives_the_stems_of_the_version_it_states) {
    Stemmer stemmer;
    const std::pair<const char*, const char*> table[] = {
        {"berlubang", "lubang"}, {"perbaikan", "baik"},   {"diperbaiki", "baik"},
        {"jalan", "jalan"},      {"jalannya", "jalan"},   {"pembelajaran", "ajar"},
        {"keuangan", "uang"},    {"mengirimkan", "irim"}, {"menumpuk", "umpuk"},
    };
    for (const auto& [word, stem] : table) EXPECT_EQ(stemmer.stem(word), stem) << word;
}

}  // namespace
}  // namespace pintu::text
