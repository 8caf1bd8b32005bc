// A text literal as the probe of evaluate/ wants it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace pintu::rules {

struct Literal {
    std::uint32_t bytes = 0;    // offset in CompiledLayer::bytes
    std::uint16_t length = 0;   // 0: in no text
    std::uint8_t first_at = 0;  // offsets of its two rarest letters
    std::uint8_t second_at = 0;
    char first = 0;
    char second = 0;
    std::uint16_t grams[2] = {0, 0};  // slots of two of its trigrams; kNoGram in short ones
};
static_assert(sizeof(Literal) == 16);
constexpr std::uint16_t kNoGram = 0xffff;
constexpr std::uint32_t kGramSlots = 4096;

constexpr std::uint16_t gram_slot(std::uint32_t three_bytes) {
    return static_cast<std::uint16_t>((three_bytes * 0x9E3779B1U) >> 20);
}

// `folded` is the literal after text::fold(); appended to `bytes`. Length 0 past 60,000 bytes.
Literal make_literal(std::string_view folded, std::vector<char>& bytes);

}  // namespace pintu::rules
