#include "engine/base/bundle_hash.hpp"

namespace pintu {
namespace {

constexpr std::string_view kPrefix = "sha256:";

}  // namespace

BundleHash::BundleHash(std::string_view text) : hash_(std::string(text)) {
    if (!text.starts_with(kPrefix)) return;
    if (const auto digest = digest_from_hex(text.substr(kPrefix.size()))) hash_ = *digest;
}

std::string BundleHash::text() const {
    if (const auto* bytes = digest()) return std::string(kPrefix) + to_hex(bytes_of(*bytes));
    return *other();
}

}  // namespace pintu
