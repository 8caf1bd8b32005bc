#include "engine/text/spellings.hpp"

#include <gtest/gtest.h>

#include <string>

#include "engine/text/version.hpp"
#include "engine/text/words.hpp"

namespace pintu::text {
namespace {

TEST(Spellings, are_sorted_so_that_each_is_found) {
    std::string before;
    for (const auto& spelling : spellings()) {
        EXPECT_LT(before, spelling.written);
        EXPECT_EQ(meant_by(spelling.written), spelling.meant);
        before = spelling.written;
    }
    EXPECT_EQ(meant_by("jalan"), "");
    EXPECT_EQ(meant_by(""), "");
}

TEST(Spellings, lead_to_words_that_are_meant_as_written) {
    for (const auto& spelling : spellings())
        for_each_meant(spelling.written, spelling.meant, [&](std::string_view word) {
            EXPECT_EQ(meant_by(word), "") << spelling.written << " -> " << word;
        });
}

TEST(Spellings, are_written_as_the_word_reader_gives_words) {
    for (const auto& spelling : spellings()) {
        WordReader reader(spelling.written);
        std::string_view word;
        ASSERT_TRUE(reader.next(word)) << spelling.written;
        EXPECT_EQ(word, spelling.written);
    }
}

TEST(Version, names_all_that_an_answer_depends_on) {
    const auto text = version();
    for (const auto* part : {"icu ", "unicode ", "snowball ", "spellings 1", "words 1"})
        EXPECT_NE(text.find(part), std::string::npos) << text;
}

}  // namespace
}  // namespace pintu::text
