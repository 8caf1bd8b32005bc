// Reads values in the stored form, and only in that form: the first thing that is cut off, unknown
// or written otherwise than writer.hpp would ends the reading; what follows reads as zero.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/cases/event/event.hpp"
#include "engine/history/hex.hpp"

namespace pintu::history {

class Reader {
  public:
    explicit Reader(std::string_view bytes) : bytes_(bytes) {}

    bool failed() const { return code_ != nullptr; }
    const char* code() const { return code_; }  // HI001 or HI005
    std::size_t at() const { return at_; }
    bool at_end() const { return at_ == bytes_.size(); }

    template <class T>
    void operator()(const char*, T& value) {
        get(value);
    }

    std::uint8_t byte() {
        if (at_ == bytes_.size()) cut();
        return failed() ? std::uint8_t{0} : static_cast<std::uint8_t>(bytes_[at_++]);
    }
    // Unsigned LEB128 in its shortest form, at most 64 bits.
    std::uint64_t number() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            const std::uint8_t part = byte();
            const std::uint64_t bits = part & 0x7fU;
            if ((shift > 0 && part == 0) || (shift == 63 && bits > 1)) break;
            value |= bits << shift;
            if (part < 0x80) return value;
        }
        other();
        return 0;
    }

  private:
    void cut() { fail_with("HI001"); }
    void other() { fail_with("HI005"); }
    void fail_with(const char* code) {
        if (!failed()) code_ = code;
    }
    std::string_view take(std::uint64_t size) {
        if (size > bytes_.size() - at_) cut();
        if (failed()) return {};
        const auto taken = bytes_.substr(at_, size);
        at_ += size;
        return taken;
    }

    void get(bool& value) {
        const std::uint8_t read = byte();
        if (read > 1) other();
        value = read == 1;
    }
    void get(std::uint32_t& value) {
        const std::uint64_t read = number();
        if (read > std::numeric_limits<std::uint32_t>::max()) other();
        value = static_cast<std::uint32_t>(read);
    }
    void get(std::int32_t& value) {
        std::int64_t read = 0;
        get(read);
        value = static_cast<std::int32_t>(read);
        if (value != read) other();
    }
    void get(std::int64_t& value) {
        const std::uint64_t read = number();
        value =
            static_cast<std::int64_t>((read >> 1U) ^ ((read & 1U) != 0 ? ~std::uint64_t{0} : 0));
    }
    void get(std::string& value) { value = take(number()); }
    void get(Instant& value) { get(value.micros); }
    void get(cases::Actor::Kind& value) {
        const std::uint8_t read = byte();
        if (read > static_cast<std::uint8_t>(cases::Actor::Kind::channel)) return other();
        value = static_cast<cases::Actor::Kind>(read);
    }
    void get(Digest& value) {
        const auto taken = take(value.size());
        for (std::size_t i = 0; i < taken.size(); ++i) {
            value[i] = static_cast<std::uint8_t>(taken[i]);
        }
    }
    void get(cases::Sealed& value) {
        bool given = false;
        get(given);
        if (!given) return;
        get(value.commitment);
        if (!value.given()) other();
    }
    template <class Tag>
    void get(Id<Tag>& value) {
        get(value.value);
    }
    void get(CaseId& value) {
        const std::uint8_t form = hex_form();
        if (form == 1) value.value = to_hex(take(kCaseBytes));
        if (form != 2) return;
        get(value.value);
        if (value.empty() || is_hex_text(value.value, kCaseBytes)) other();
    }
    void get(BundleHash& value) {
        const std::uint8_t form = hex_form();
        if (form == 1) {
            Digest digest{};
            get(digest);
            value = BundleHash(digest);
        } else if (form == 2) {
            std::string text;
            get(text);
            value = BundleHash(text);
            if (value.empty() || value.digest() != nullptr) other();
        }
    }
    template <class T>
    void get(std::optional<T>& value) {
        bool given = false;
        get(given);
        if (given) get(value.emplace());
    }
    // Each element takes a byte at least, so a count beyond what is left is cut off already; it
    // grows as it reads, since an element in memory may be a hundred times its byte.
    template <class T>
    void get(std::vector<T>& values) {
        const std::uint64_t count = number();
        if (count > bytes_.size() - at_) return cut();
        for (std::uint64_t i = 0; i < count && !failed(); ++i) get(values.emplace_back());
    }
    template <class A, class B>
    void get(std::pair<A, B>& value) {
        get(value.first);
        get(value.second);
    }
    template <class T>
    auto get(T& value) -> decltype(T::fields(*this, value)) {
        T::fields(*this, value);
    }
    std::uint8_t hex_form() {
        const std::uint8_t form = byte();
        if (form > 2) other();
        return form;
    }

    std::string_view bytes_;
    std::size_t at_ = 0;
    const char* code_ = nullptr;
};

}  // namespace pintu::history
