// How people write words in a hurry, and the words they mean: data, with a version that a bundle's
// hash covers.
#pragma once

#include <span>
#include <string_view>

namespace pintu::text {

// Raised with every change of the table or of the rules in words.hpp.
constexpr int kSpellingsVersion = 1;

struct Spelling {
    std::string_view written;  // folded, one word, no apostrophe
    std::string_view meant;    // one word or several, parted by one space
};

// Sorted by `written`, without repeats.
std::span<const Spelling> spellings();
// Empty where the word is written as it is meant.
std::string_view meant_by(std::string_view written);

}  // namespace pintu::text
