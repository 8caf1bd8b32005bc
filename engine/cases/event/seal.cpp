#include "engine/cases/event/seal.hpp"

#include <array>
#include <cassert>

namespace pintu::cases {
namespace {

template <std::size_t N>
std::string big_endian(std::uint64_t number) {
    std::string bytes(N, '\0');
    for (std::size_t i = 0; i < N; ++i)
        bytes[i] = static_cast<char>((number >> (8 * (N - 1 - i))) & 0xff);
    return bytes;
}

std::string with_length(std::string_view text) {
    return big_endian<8>(text.size()).append(text);
}

}  // namespace

Sealed seal(std::string_view key, const CaseId& case_id, std::uint32_t sequence,
            std::string_view path, std::string_view value) {
    assert(!key.empty());
    const std::string info =
        "pintu seal 1" + with_length(case_id.value) + big_endian<4>(sequence) + with_length(path);
    const Digest salt = hkdf_sha256(key, info);
    return {sha256({"f1", with_length(path), bytes_of(salt), with_length(value)})};
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
