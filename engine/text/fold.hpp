// Texts made comparable: Unicode normal forms and case folding.
#pragma once

#include <string>
#include <string_view>

namespace pintu::text {

// NFC and full case folding, locale-independent: what `contains` compares. Bytes that are not UTF-8
// become U+FFFD. ASCII text needs no ICU.
std::string fold(std::string_view text);

// NFKC case folding: as fold(), and look-alike letters (full width, mathematical bold) become plain
// ones, invisible characters go. What `mentions` reads words from.
std::string fold_for_words(std::string_view text);

}  // namespace pintu::text
