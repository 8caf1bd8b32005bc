#include "engine/rules/syntax/keywords.hpp"

#include <gtest/gtest.h>

#include <set>

namespace pintu::rules::syntax {
namespace {

TEST(Keywords, stand_in_their_order_and_without_a_gap) {
    auto before = Keyword::none;
    for (const auto& pair : keyword_table()) {
        const int step = static_cast<int>(pair.keyword) - static_cast<int>(before);
        EXPECT_TRUE(step == 1 || step == 0) << pair.english;
        before = pair.keyword;
    }
    EXPECT_EQ(before, Keyword::lowers);
}

TEST(Keywords, mean_one_thing_in_both_languages) {
    std::set<std::string_view> seen;
    for (const auto& pair : keyword_table()) {
        EXPECT_TRUE(seen.insert(pair.english).second) << pair.english;
        const bool other_form = to_text(pair.keyword) != pair.english;
        if (pair.indonesian == pair.english || other_form) continue;
        EXPECT_TRUE(seen.insert(pair.indonesian).second) << pair.indonesian;
    }
}

TEST(Keywords, are_reserved_by_their_first_word_in_both_languages) {
    for (const auto* word : {"rule", "aturan", "walau", "diketahui", "unknown", "at", "terima"})
        EXPECT_TRUE(is_reserved(word)) << word;
    for (const auto* word :
         {"first", "unit", "kategori", "wilayah", "hari", "m", "same", "banyak", "dpupr"})
        EXPECT_FALSE(is_reserved(word)) << word;
    EXPECT_EQ(to_text(Keyword::even_if_unknown), "even if unknown");
    EXPECT_EQ(to_indonesian(Keyword::even_if_unknown), "walau tak diketahui");
}

}  // namespace
}  // namespace pintu::rules::syntax
