#include "adapters/store/postgres/rows.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace pintu::postgres {
namespace {

std::uint64_t big_endian(std::string_view bytes) {
    std::uint64_t value = 0;
    for (const char c : bytes) value = value << 8 | static_cast<std::uint8_t>(c);
    return value;
}

// As many bytes of the front; fewer at the end.
std::string_view take(std::string_view& bytes, std::size_t size) {
    const auto front = bytes.substr(0, size);
    bytes.remove_prefix(front.size());
    return front;
}

std::int64_t to_integer(std::string_view bytes) {
    switch (bytes.size()) {
        case 1: return static_cast<std::int8_t>(big_endian(bytes));
        case 2: return static_cast<std::int16_t>(big_endian(bytes));
        case 4: return static_cast<std::int32_t>(big_endian(bytes));
        case 8: return static_cast<std::int64_t>(big_endian(bytes));
        default: return 0;
    }
}

// The elements of an array of one dimension; of null ones "". See Parameters::add(Column).
std::vector<std::string_view> elements(std::string_view bytes) {
    std::vector<std::string_view> found;
    constexpr std::size_t kHeader = 12;
    constexpr std::size_t kDimension = 8;
    if (bytes.size() < kHeader + kDimension) return found;
    bytes.remove_prefix(kHeader + kDimension);
    while (bytes.size() >= 4) {
        const auto size = static_cast<std::uint32_t>(big_endian(take(bytes, 4)));
        found.push_back(size == 0xffffffff ? std::string_view() : take(bytes, size));
    }
    return found;
}

}  // namespace

Rows::Rows(std::shared_ptr<pg_result> result) : result_(std::move(result)) {
    if (result_) size_ = static_cast<std::size_t>(PQntuples(result_.get()));
}

std::int64_t Rows::changes() const {
    std::int64_t count = 0;
    if (!result_) return count;
    const std::string_view text = PQcmdTuples(result_.get());
    std::from_chars(text.data(), text.data() + text.size(), count);
    return count;
}

std::string_view Rows::bytes(std::size_t row, int column) const {
    if (row >= size_ || column >= PQnfields(result_.get())) return {};
    const int at = static_cast<int>(row);
    return {PQgetvalue(result_.get(), at, column),
            static_cast<std::size_t>(PQgetlength(result_.get(), at, column))};
}

std::int64_t Rows::integer(std::size_t row, int column) const {
    return to_integer(bytes(row, column));
}

bool Rows::boolean(std::size_t row, int column) const {
    return integer(row, column) == 1;
}

std::string Rows::text(std::size_t row, int column) const {
    return std::string(bytes(row, column));
}

Digest Rows::digest(std::size_t row, int column) const {
    Digest digest{};
    const auto read = bytes(row, column);
    if (read.size() == digest.size()) std::copy(read.begin(), read.end(), digest.begin());
    return digest;
}

bool Rows::is_null(std::size_t row, int column) const {
    if (row >= size_ || column >= PQnfields(result_.get())) return true;
    return PQgetisnull(result_.get(), static_cast<int>(row), column) == 1;
}

std::vector<std::int64_t> Rows::integers(std::size_t row, int column) const {
    std::vector<std::int64_t> numbers;
    for (const auto element : elements(bytes(row, column))) numbers.push_back(to_integer(element));
    return numbers;
}

std::vector<std::string> Rows::texts(std::size_t row, int column) const {
    std::vector<std::string> found;
    for (const auto element : elements(bytes(row, column))) found.emplace_back(element);
    return found;
}

}  // namespace pintu::postgres
