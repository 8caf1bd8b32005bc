// Fields of a row one after the other, in few bytes: whole numbers in as many as they need (7 bits
// in each, the lowest first; the highest bit is set on all but the last; signs in the lowest bit),
// texts and vectors after their size, what is optional after 0 or 1.
#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/instant.hpp"
#include "engine/cases/state/projection.hpp"

namespace pintu::postgres {

// Adds to the end of a text; all of it is there once the object is gone.
class BinaryWriter {
  public:
    explicit BinaryWriter(std::string& to) : to_(to) {}
    ~BinaryWriter() { flush(); }
    BinaryWriter(const BinaryWriter&) = delete;
    BinaryWriter& operator=(const BinaryWriter&) = delete;

    template <class T>
    void operator()(const char*, const T& field) {
        put(field);
    }
    void put(std::string_view text) {
        put_number(text.size());
        if (text.size() > static_cast<std::size_t>(std::end(ready_) - end_)) flush();
        if (text.size() > sizeof ready_) {
            to_ += text;
        } else {
            end_ = std::copy(text.begin(), text.end(), end_);
        }
    }
    void put(const std::string& field) { put(std::string_view(field)); }
    void put(bool field) { put_byte(field ? '\1' : '\0'); }
    void put(std::int32_t field) { put_signed(field); }
    void put(std::uint32_t field) { put_number(field); }
    void put(Instant field) { put_signed(field.micros); }
    void put(const cases::ClockRow& field) { cases::ClockRow::fields(*this, field); }
    void put(const std::pair<std::string, std::string>& field) {
        put(field.first);
        put(field.second);
    }
    template <class Tag>
    void put(const Id<Tag>& field) {
        put(field.value);
    }
    template <class T>
    void put(const std::optional<T>& field) {
        put(field.has_value());
        if (field) put(*field);
    }
    template <class T>
    void put(const std::vector<T>& field) {
        put_number(field.size());
        for (const auto& item : field) put(item);
    }
    void put_byte(char byte) {
        if (end_ == std::end(ready_)) flush();
        *end_++ = byte;
    }

  private:
    void put_signed(std::int64_t value) {
        put_number(static_cast<std::uint64_t>(value) << 1 ^
                   static_cast<std::uint64_t>(value >> 63));
    }
    void put_number(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7) put_byte(static_cast<char>(value | 0x80));
        put_byte(static_cast<char>(value));
    }
    void flush() {
        to_.append(ready_, end_);
        end_ = ready_;
    }

    std::string& to_;
    char ready_[256];  // goes to `to_` at once
    char* end_ = ready_;
};

// The way back. Where the bytes end, numbers are 0 and texts empty.
class BinaryReader {
  public:
    explicit BinaryReader(std::string_view bytes) : bytes_(bytes) {}

    template <class T>
    void operator()(const char*, T& field) {
        read(field);
    }
    void read(std::string& field) {
        const auto wanted = number();  // takes its bytes from the front
        const auto size = std::min<std::uint64_t>(wanted, bytes_.size());
        field = bytes_.substr(0, size);
        bytes_.remove_prefix(size);
    }
    void read(bool& field) { field = number() == 1; }
    void read(std::int32_t& field) { field = static_cast<std::int32_t>(signed_number()); }
    void read(std::uint32_t& field) { field = static_cast<std::uint32_t>(number()); }
    void read(Instant& field) { field.micros = signed_number(); }
    void read(cases::ClockRow& field) { cases::ClockRow::fields(*this, field); }
    void read(std::pair<std::string, std::string>& field) {
        read(field.first);
        read(field.second);
    }
    template <class Tag>
    void read(Id<Tag>& field) {
        read(field.value);
    }
    template <class T>
    void read(std::optional<T>& field) {
        if (number() == 1) read(field.emplace());
    }
    template <class T>
    void read(std::vector<T>& field) {
        for (auto left = number(); left > 0 && !bytes_.empty(); --left) read(field.emplace_back());
    }

  private:
    std::int64_t signed_number() {
        const auto value = number();
        return static_cast<std::int64_t>(value >> 1 ^ (0 - (value & 1)));
    }
    std::uint64_t number() {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 64 && !bytes_.empty(); shift += 7) {
            const auto byte = static_cast<std::uint8_t>(bytes_.front());
            bytes_.remove_prefix(1);
            value |= std::uint64_t{byte & 0x7fU} << shift;
            if (byte < 0x80) break;
        }
        return value;
    }

    std::string_view bytes_;
};

}  // namespace pintu::postgres
