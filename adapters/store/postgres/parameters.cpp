#include "adapters/store/postgres/parameters.hpp"

namespace pintu::postgres {
namespace {

void append_u32(std::string& bytes, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
        bytes += static_cast<char>((value >> shift) & 0xff);
    }
}

std::string big_endian(std::int64_t value) {
    std::string bytes;
    append_u32(bytes, static_cast<std::uint32_t>(static_cast<std::uint64_t>(value) >> 32));
    append_u32(bytes, static_cast<std::uint32_t>(value));
    return bytes;
}

std::string_view one_byte(bool value) {
    return {value ? "\1" : "\0", 1};
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

// PostgreSQL's texts cannot hold a zero byte, and a server that meets one refuses the statement:
// what people send in must not be able to stop a batch.
constexpr std::string_view kReplacement = "\xef\xbf\xbd";

std::string without_zeros(std::string_view text) {
    std::string clean;
    for (const char c : text) {
        if (c == '\0') {
            clean += kReplacement;
        } else {
            clean += c;
        }
    }
    return clean;
}

}  // namespace

Column::Column(Type type) : type_(type) {}

void Column::put(Type type, std::string_view bytes) {
    assert_type(type);
    append_u32(binary_, static_cast<std::uint32_t>(bytes.size()));
    binary_ += bytes;
    ++size_;
}
