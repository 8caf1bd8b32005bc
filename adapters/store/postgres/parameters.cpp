#include "adapters/store/postgres/parameters.hpp"

#include <cassert>

namespace pintu::postgres {
namespace {

constexpr std::string_view kTrue{"\1", 1};
constexpr std::string_view kFalse{"\0", 1};

void append_u32(std::string& bytes, std::uint32_t value) {
    const char wire[] = {static_cast<char>(value >> 24), static_cast<char>(value >> 16),
                         static_cast<char>(value >> 8), static_cast<char>(value)};
    bytes.append(wire, sizeof wire);
}

void append_u64(std::string& bytes, std::int64_t value) {
    append_u32(bytes, static_cast<std::uint32_t>(static_cast<std::uint64_t>(value) >> 32));
    append_u32(bytes, static_cast<std::uint32_t>(value));
}

// The type of an array by that of its elements, as pg_type.dat numbers them.
std::uint32_t array_of(Type type) {
    switch (type) {
        case Type::boolean: return 1000;
        case Type::bytea: return 1001;
        case Type::bigint: return 1016;
        case Type::text: return 1009;
    }
    return 0;
}

}  // namespace

// --- Column ---

Column::Column(Type type) : type_(type) {}

Column& Column::add(std::int64_t value) {
    assert(type_ == Type::bigint);
    append_u32(binary_, 8);
    append_u64(binary_, value);
    ++size_;
    blank_ = false;
    return *this;
}

Column& Column::add(bool value) {
    assert(type_ == Type::boolean);
    const bool blank = blank_ && !value;
    put(value ? kTrue : kFalse);
    blank_ = blank;
    return *this;
}

Column& Column::add(std::string_view text) {
    assert(type_ == Type::text || type_ == Type::bytea);
    return put(text);
}

Column& Column::add(const Bytes& value) {
    assert(type_ == Type::text || type_ == Type::bytea);
    return put(value.bytes);
}

Column& Column::put(std::string_view bytes) {
    append_u32(binary_, static_cast<std::uint32_t>(bytes.size()));
    binary_ += bytes;
    ++size_;
    blank_ = blank_ && bytes.empty();
    return *this;
}

Column& Column::add_null() {
    append_u32(binary_, 0xffffffff);
    has_null_ = true;
    ++size_;
    return *this;
}

std::string& Column::open() {
    append_u32(binary_, 0);
    open_ = binary_.size();
    return binary_;
}

void Column::close() {
    auto size = static_cast<std::uint32_t>(binary_.size() - open_);
    blank_ = blank_ && size == 0;
    for (std::size_t at = open_; at-- > open_ - sizeof size; size >>= 8)
        binary_[at] = static_cast<char>(size);
    ++size_;
}

// --- Parameters ---

Parameters& Parameters::end(std::uint32_t type, bool null) {
    types_.push_back(type);
    ends_.push_back(bytes_.size());
    nulls_.push_back(null);
    return *this;
}

Parameters& Parameters::add(std::int64_t value) {
    append_u64(bytes_, value);
    return end(static_cast<std::uint32_t>(Type::bigint));
}

Parameters& Parameters::add(bool value) {
    bytes_ += value ? kTrue : kFalse;
    return end(static_cast<std::uint32_t>(Type::boolean));
}

Parameters& Parameters::add(std::string_view text) {
    bytes_ += text;
    return end(static_cast<std::uint32_t>(Type::text));
}

Parameters& Parameters::add(const Bytes& value) {
    bytes_ += value.bytes;
    return end(static_cast<std::uint32_t>(Type::bytea));
}

// array_recv(): dimensions, whether there are nulls, the elements' type; of each dimension its
// length and lower bound. An array without elements has no dimension.
Parameters& Parameters::add(const Column& column) {
    append_u32(bytes_, column.empty() ? 0 : 1);
    append_u32(bytes_, column.has_null_ ? 1 : 0);
    append_u32(bytes_, static_cast<std::uint32_t>(column.type_));
    if (!column.empty()) {
        append_u32(bytes_, column.size_);
        append_u32(bytes_, 1);
        bytes_ += column.binary_;
    }
    return end(array_of(column.type_));
}

Parameters& Parameters::add_null(Type type) {
    return end(static_cast<std::uint32_t>(type), true);
}

}  // namespace pintu::postgres
