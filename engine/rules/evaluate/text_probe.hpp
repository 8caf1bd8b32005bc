// Looks for single literals in one folded text: the first few directly, then behind a filter of the
// text's trigrams, so that many absent literals cost about one pass over the text.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "engine/rules/compile/literal.hpp"

namespace pintu::rules {

// Which trigrams a text has. A slot holds the number of the text that set it last, so that a new
// text need not clear them.
struct GramFilter {
    std::uint8_t seen[kGramSlots] = {};
    std::uint8_t current = 0;

    void next_text() {
        if (++current != 0) return;
        std::memset(seen, 0, sizeof seen);
        current = 1;
    }
    void read(std::string_view text) {
        next_text();
        const char* at = text.data();
        const std::size_t size = text.size();
        for (std::size_t i = 0; i + 4 <= size; ++i) {
            std::uint32_t bytes;
            std::memcpy(&bytes, at + i, sizeof bytes);
            seen[gram_slot(low_three(bytes))] = current;
        }
        if (size < 3) return;
        std::uint32_t last = 0;
        std::memcpy(&last, at + size - 3, 3);
        seen[gram_slot(low_three(last))] = current;
    }
    bool may_have(const Literal& literal) const {
        return literal.grams[0] == kNoGram ||
               (seen[literal.grams[0]] == current && seen[literal.grams[1]] == current);
    }

  private:
    // The first three bytes in memory, as choose_grams() numbers them.
    static std::uint32_t low_three(std::uint32_t bytes) {
        if constexpr (std::endian::native == std::endian::little) return bytes & 0xffffff;
        return __builtin_bswap32(bytes) & 0xffffff;
    }
};

class TextProbe {
  public:
    TextProbe(std::string_view text, const char* literal_bytes, GramFilter& filter)
        : text_(text), bytes_(literal_bytes), filter_(filter) {}

    bool has(const Literal& literal) {
        if (++tested_ > kDirect) {
            if (tested_ == kDirect + 1) filter_.read(text_);
            if (!filter_.may_have(literal)) return false;
        }
        return find(literal);
    }
    std::uint32_t tested() const { return tested_; }

  private:
    // Past this many literals the filter is cheaper.
    static constexpr std::uint32_t kDirect = 5;

    bool here(const char* at, const Literal& literal) const {
        return std::memcmp(at, bytes_ + literal.bytes, literal.length) == 0;
    }

#if defined(__SSE2__)
    static std::uint32_t candidates(const char* at, const Literal& literal, __m128i first,
                                    __m128i second) {
        const auto load = [](const char* from) {
            return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
        };
        const __m128i both = _mm_and_si128(_mm_cmpeq_epi8(load(at + literal.first_at), first),
                                           _mm_cmpeq_epi8(load(at + literal.second_at), second));
        return static_cast<std::uint32_t>(_mm_movemask_epi8(both));
    }

    bool verify(const char* at, std::uint32_t mask, const Literal& literal) const {
        for (; mask != 0; mask &= mask - 1)
            if (here(at + __builtin_ctz(mask), literal)) return true;
        return false;
    }
#endif

    bool find(const Literal& literal) const {
        if (literal.length == 0 || text_.size() < literal.length) return false;
        const char* at = text_.data();
        std::size_t places = text_.size() - literal.length + 1;
#if defined(__SSE2__)
        constexpr std::size_t kWide = 16;
        if (places >= kWide) {
            const __m128i first = _mm_set1_epi8(literal.first);
            const __m128i second = _mm_set1_epi8(literal.second);
            for (; places >= kWide; places -= kWide, at += kWide) {
                const auto mask = candidates(at, literal, first, second);
                if (mask != 0 && verify(at, mask, literal)) return true;
            }
            if (places == 0) return false;
            at -= kWide - places;  // the last ones again, some of them for the second time
            const auto mask = candidates(at, literal, first, second);
            return mask != 0 && verify(at, mask, literal);
        }
#endif
        for (; places > 0; --places, ++at)
            if (at[literal.first_at] == literal.first && here(at, literal)) return true;
        return false;
    }

    std::string_view text_;
    const char* bytes_;
    GramFilter& filter_;
    std::uint32_t tested_ = 0;
};

}  // namespace pintu::rules
