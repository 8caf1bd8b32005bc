// Writes values in the stored form (docs/history-format.md). Each kind of value has one `put` here
// and one `get` in reader.hpp.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/cases/event/event.hpp"
#include "engine/history/hex.hpp"

namespace pintu::history {

class Writer {
  public:
    Writer() = default;
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;
    std::string written() const { return {out_, size_}; }

    // What the `fields` lists call.
    template <class T>
    void operator()(const char*, const T& value) {
        put(value);
    }

    void byte(std::uint8_t value) { *room(1) = static_cast<char>(value); }
    // Unsigned LEB128.
    void number(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7U) byte(static_cast<std::uint8_t>(value | 0x80U));
        byte(static_cast<std::uint8_t>(value));
    }

  private:
    static constexpr std::size_t kUsualBytes = 1024;  // more than most events have

    void grow(std::size_t bytes);
    // Where the next so many bytes go.
    char* room(std::size_t bytes) {
        if (most_ - size_ < bytes) grow(bytes);
        char* const at = out_ + size_;
        size_ += bytes;
        return at;
    }
    void bytes(std::string_view value) {
        std::memcpy(room(value.size()), value.data(), value.size());
    }

    void put(bool value) { byte(value ? 1 : 0); }
    void put(std::uint32_t value) { number(value); }
    void put(std::int32_t value) { put(std::int64_t{value}); }
    // Zigzag: 0, -1, 1, -2 ... become 0, 1, 2, 3 ...
    void put(std::int64_t value) {
        const auto bits = static_cast<std::uint64_t>(value);
        number((bits << 1U) ^ (value < 0 ? ~std::uint64_t{0} : 0));
    }
    void put(const std::string& value) {
        number(value.size());
        bytes(value);
    }
    void put(Instant value) { put(value.micros); }
    void put(cases::Actor::Kind value) { byte(static_cast<std::uint8_t>(value)); }
    void put(const Digest& value) { bytes(bytes_of(value)); }
    void put(const cases::Sealed& value) {
        put(value.given());
        if (value.given()) put(value.commitment);
    }
    template <class Tag>
    void put(const Id<Tag>& value) {
        put(value.value);
    }
    // A hex identifier. 0: empty; 1: the digits' bytes; 2: any other text.
    void put(const CaseId& value) {
        if (value.empty()) return byte(0);
        const std::size_t before = size_;
        byte(1);
        if (value.value.size() == 2 * kCaseBytes && hex_bytes(value.value, room(kCaseBytes)))
            return;
        size_ = before;
        byte(2);
        put(value.value);
    }
    void put(const BundleHash& value) {
        byte(value.empty() ? 0 : value.digest() != nullptr ? 1 : 2);
        if (value.digest() != nullptr) return put(*value.digest());
        if (!value.empty()) put(*value.other());
    }
    template <class T>
    void put(const std::optional<T>& value) {
        put(value.has_value());
        if (value) put(*value);
    }
    template <class T>
    void put(const std::vector<T>& values) {
        number(values.size());
        for (const auto& value : values) put(value);
    }
    template <class A, class B>
    void put(const std::pair<A, B>& value) {
        put(value.first);
        put(value.second);
    }
    template <class T>
    auto put(const T& value) -> decltype(T::fields(*this, value)) {
        T::fields(*this, value);
    }

    std::array<char, kUsualBytes> usual_;
    std::string grown_;  // instead of it, where it is too small
    char* out_ = usual_.data();
    std::size_t most_ = kUsualBytes;
    std::size_t size_ = 0;
};

}  // namespace pintu::history
