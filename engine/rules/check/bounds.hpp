// How much one stack may hold. Past a bound the check says so (RU160) and stops there: no input
// costs more time or memory than these allow.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace pintu::rules {

constexpr std::size_t kMostRules = 50'000;       // rules and rows of a program
constexpr std::size_t kMostAttributes = 2'000;   // fields, facts and decisions of a program
constexpr std::size_t kMostMembers = 4'096;      // of an enumeration
constexpr std::size_t kMostSetMembers = 62;      // of a set: a set is one 64-bit number
constexpr std::size_t kWidestRange = 1'000'000;  // values of a..b
constexpr std::size_t kMostPhrases = 20'000;     // of one lexicon, all layers together
constexpr std::size_t kMostTests = 10'000;       // of a layer
constexpr std::size_t kMostIntervals = 1'000;    // of dates, so of programs

struct SizeBound {
    std::string_view id;  // what it counts, in Indonesian
    std::string_view en;  // and in English
    std::size_t most;
};
constexpr std::array<SizeBound, 8> kBounds = {{
    {"aturan dan baris tabel", "rules and table rows", kMostRules},
    {"isian, fakta, dan keputusan", "fields, facts and decisions", kMostAttributes},
    {"anggota satu daftar nilai", "members of one enumeration", kMostMembers},
    {"anggota satu himpunan", "members of one set", kMostSetMembers},
    {"nilai dalam satu rentang", "values of one range", kWidestRange},
    {"frasa satu leksikon", "phrases of one lexicon", kMostPhrases},
    {"uji satu lapisan", "tests of one layer", kMostTests},
    {"selang tanggal", "intervals of dates", kMostIntervals},
}};

}  // namespace pintu::rules
