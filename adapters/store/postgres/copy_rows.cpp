#include "adapters/store/postgres/copy_rows.hpp"

namespace pintu::postgres {
namespace {

constexpr std::string_view kSignature{"PGCOPY\n\377\r\n\0", 11};
constexpr std::size_t kHeader = 11 + 4 + 4;  // the signature, flags, length of extensions
constexpr std::uint64_t kNull = 0xffffffff;
constexpr std::uint64_t kEnd = 0xffff;

void append(std::string& bytes, std::uint64_t value, int size) {
    for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) {
        bytes += static_cast<char>((value >> shift) & 0xff);
    }
}

Unexpected<Error> broken() {
    return fail("ST032", "", "COPY");
}

}  // namespace

// True where so many bytes are there.
Result<bool> CopyReader::fill(std::size_t size) {
    while (buffer_.size() - begin_ < size) {
        auto piece = more_();
        if (!piece) return piece.unexpected();
        if (piece->empty()) return false;
        buffer_.erase(0, begin_);
        begin_ = 0;
        buffer_ += *piece;
    }
    return true;
}

std::uint64_t CopyReader::number(std::size_t at, std::size_t size) const {
    std::uint64_t value = 0;
    for (const char c : std::string_view(buffer_).substr(begin_ + at, size)) {
        value = value << 8 | static_cast<std::uint8_t>(c);
    }
    return value;
}

Result<bool> CopyReader::header() {
    const auto filled = fill(kHeader);
    if (!filled || !*filled) return filled;
    if (std::string_view(buffer_).substr(begin_, kSignature.size()) != kSignature) return broken();
    begin_ += kHeader;
    started_ = true;
    return true;
}

Result<std::size_t> CopyReader::length_of_row() {
    std::size_t length = 2;
    for (std::uint64_t left = number(0, 2); left > 0; --left) {
        const auto filled = fill(length + 4);
        if (!filled) return filled.unexpected();
        if (!*filled) return broken();
        const std::uint64_t size = number(length, 4);
        length += 4 + (size == kNull ? 0 : size);
    }
    const auto filled = fill(length);
    if (!filled) return filled.unexpected();
    if (!*filled) return broken();
    return length;
}

Result<bool> CopyReader::next(Fields& fields) {
    fields.clear();
    if (!started_) {
        const auto read = header();
        if (!read) return read.unexpected();
        if (!*read) return broken();
    }
    const auto filled = fill(2);
    if (!filled) return filled.unexpected();
    if (!*filled) return broken();
    if (number(0, 2) == kEnd) {
        begin_ += 2;
        const auto more = fill(1);
        if (!more) return more.unexpected();
        if (*more) return broken();
        return false;
    }
    const auto length = length_of_row();
    if (!length) return length.unexpected();
    for (std::size_t at = 2; at < *length;) {
        const std::uint64_t size = number(at, 4);
        at += 4;
        if (size == kNull) {
            fields.emplace_back();
            continue;
        }
        fields.emplace_back(std::string_view(buffer_).substr(begin_ + at, size));
        at += size;
    }
    begin_ += *length;
    return true;
}

std::int64_t to_integer(std::string_view big_endian) {
    std::uint64_t value = 0;
    for (const char c : big_endian) value = value << 8 | static_cast<std::uint8_t>(c);
    return big_endian.size() == 4 ? static_cast<std::int32_t>(value)
                                  : static_cast<std::int64_t>(value);
}

std::string to_bytes(std::int64_t number) {
    std::string bytes;
    append(bytes, static_cast<std::uint64_t>(number), 8);
    return bytes;
}

std::string copy_header() {
    return std::string(kSignature) + std::string(8, '\0');
}

void append_row(std::string& bytes, const Fields& fields) {
    append(bytes, fields.size(), 2);
    for (const auto& field : fields) {
        append(bytes, field ? field->size() : kNull, 4);
        if (field) bytes += *field;
    }
}

std::string copy_trailer() {
    return "\377\377";
}

}  // namespace pintu::postgres
