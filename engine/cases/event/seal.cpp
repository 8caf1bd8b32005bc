#include "engine/cases/event/seal.hpp"

#include <array>
#include <cassert>

namespace pintu::cases {
namespace {

template <std::size_t N>
std::array<char, N> big_endian(std::uint64_t number) {
    std::array<char, N> bytes{};
    for (std::size_t i = 0; i < N; ++i)
        bytes[i] = static_cast<char>((number >> (8 * (N - 1 - i))) & 0xff);
    return bytes;
}

template <std::size_t N>
std::string_view text_of(const std::array<char, N>& bytes) {
    return {bytes.data(), bytes.size()};
}

}  // namespace

Sealed seal(std::string_view key, const CaseId& case_id, std::uint32_t sequence,
            std::string_view path, std::string_view value) {
    assert(!key.empty());
    const auto case_size = big_endian<8>(case_id.value.size());
    const auto number = big_endian<4>(sequence);
    const auto path_size = big_endian<8>(path.size());
    const auto value_size = big_endian<8>(value.size());
    std::string info = "pintu seal 1";
    info.reserve(128);
    for (const auto part : {text_of(case_size), std::string_view(case_id.value), text_of(number),
                            text_of(path_size), path})
        info += part;
    const Digest salt = hkdf_sha256(key, info);
    return {sha256({"f1", text_of(path_size), path, bytes_of(salt), text_of(value_size), value})};
}

bool opens(const Sealed& sealed, std::string_view key, const CaseId& case_id,
           std::uint32_t sequence, std::string_view path, std::string_view value) {
    return !key.empty() && seal(key, case_id, sequence, path, value) == sealed;
}

Sealed Sealer::operator()(std::string path, std::string value) {
    if (value.empty()) return {};
    const Sealed sealed = seal(key_, case_id_, sequence_, path, value);
    values_.push_back({case_id_, sequence_, std::move(path), std::move(value)});
    return sealed;
}

}  // namespace pintu::cases
