#include "engine/rules/compile/literal.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace pintu::rules {
namespace {

constexpr std::size_t kLongest = 60'000;
constexpr std::size_t kReach = 200;  // the two letters are sought in the first bytes

// How often a byte stands in Indonesian text, in parts of 10,000; what is not listed is rare.
std::uint32_t frequency(char c) {
    constexpr std::string_view kByFrequency = " anietkrudmsglpbhoyjcwfvzqx";
    constexpr std::array<std::uint32_t, 27> kShare = {1350, 1700, 800, 700, 690, 480, 450, 440, 430,
                                                      370,  360,  360, 320, 300, 240, 230, 220, 160,
                                                      130,  80,   60,  50,  20,  10,  5,   2,   2};
    const auto at = kByFrequency.find(c);
    return at == std::string_view::npos ? 1 : kShare[at];
}

std::uint32_t three(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(text[at + i]));
    };
    return byte(0) | byte(1) << 8 | byte(2) << 16;
}

// The two trigrams least likely in a text that does not have the literal.
void choose_grams(std::string_view text, Literal& literal) {
    literal.grams[0] = literal.grams[1] = kNoGram;
    if (text.size() < 3) return;
    std::vector<std::pair<std::uint64_t, std::size_t>> rare;
    for (std::size_t i = 0; i + 3 <= text.size() && i < kReach; ++i) {
        const auto share =
            std::uint64_t{frequency(text[i])} * frequency(text[i + 1]) * frequency(text[i + 2]);
        rare.emplace_back(share, i);
    }
    std::sort(rare.begin(), rare.end());
    literal.grams[0] = gram_slot(three(text, rare[0].second));
    literal.grams[1] = gram_slot(three(text, rare[rare.size() > 1 ? 1 : 0].second));
}

}  // namespace

Literal make_literal(std::string_view folded, std::vector<char>& bytes) {
    Literal literal;
    if (folded.empty() || folded.size() > kLongest) return literal;
    literal.bytes = static_cast<std::uint32_t>(bytes.size());
    literal.length = static_cast<std::uint16_t>(folded.size());
    bytes.insert(bytes.end(), folded.begin(), folded.end());
    std::vector<std::size_t> order(std::min(folded.size(), kReach));
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return frequency(folded[a]) < frequency(folded[b]);
    });
    const std::size_t first = order[0];
    const std::size_t second = order.size() > 1 ? order[1] : first;
    literal.first_at = static_cast<std::uint8_t>(std::min(first, second));
    literal.second_at = static_cast<std::uint8_t>(std::max(first, second));
    literal.first = folded[literal.first_at];
    literal.second = folded[literal.second_at];
    choose_grams(folded, literal);
    return literal;
}

}  // namespace pintu::rules
