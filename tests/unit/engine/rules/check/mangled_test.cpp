// Definitions as people break them: words dropped, doubled, swapped. Whatever comes of it, the
// checker answers; and what it lets through can be decided.
#include <gtest/gtest.h>

#include <sstream>

#include "engine/rules/evaluate/oracle.hpp"
#include "tests/support/files.hpp"
#include "tests/support/random_program.hpp"
#include "tests/support/rule_stack.hpp"

namespace pintu::rules {
namespace {

using testing::Random;

std::vector<std::string> words_of(const std::string& text) {
    std::vector<std::string> words;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
        std::istringstream parts(line);
        for (std::string word; parts >> word;) words.push_back(word);
        words.push_back("\n");
    }
    return words;
}

std::string mangled(std::vector<std::string> words, Random& random) {
    for (std::size_t times = 1 + random.below(3); times > 0; --times) {
        const std::size_t at = random.below(words.size());
        const std::size_t other = random.below(words.size());
        switch (random.below(4)) {
            case 0: words.erase(words.begin() + static_cast<std::ptrdiff_t>(at)); break;
            case 1:
                words.insert(words.begin() + static_cast<std::ptrdiff_t>(at), words[other]);
                break;
            case 2: std::swap(words[at], words[other]); break;
            default: words[at] = words[other];
        }
    }
    std::string text;
    for (const auto& word : words) text += word + (word == "\n" ? "" : " ");
    return text;
}

TEST(Check, answers_whatever_people_do_to_a_file_and_what_it_passes_can_be_decided) {
    const std::string path = PINTU_SOURCE_DIR "/tests/golden/rules/check/sample.stack";
    const std::string text = testing::read_file(path);
    const auto words = words_of(text.substr(text.find('\n') + 1));
    std::size_t passed = 0, refused = 0;
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Random random(seed);
        testing::RuleStack stack(mangled(words, random));
        Diagnostics diagnostics;
        const auto programs = stack.check(diagnostics);
        if (diagnostics.has_errors()) {
            ++refused;
            continue;
        }
        ++passed;
        for (const Program& program : programs) {
            Input input = testing::random_input(program, random);
            EXPECT_EQ(evaluate_all(program, input).size(), program.decisions.size());
        }
    }
    EXPECT_GT(passed, 10u);
    EXPECT_GT(refused, 100u);
}

}  // namespace
}  // namespace pintu::rules
