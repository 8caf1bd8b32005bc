// Which definitions decided: SHA-256 over them, written "sha256:" and 64 hex digits. Each event and
// each case has two, so they are kept as the bytes that they are. Whatever else stands in their
// place, in a history that is not ours, is kept as it stands.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <variant>

#include "engine/base/hash.hpp"

namespace pintu {

class BundleHash {
  public:
    BundleHash() = default;
    explicit BundleHash(const Digest& digest) : hash_(digest) {}
    // Of a text that text() gives: the same hash.
    explicit BundleHash(std::string_view text);

    std::string text() const;
    bool empty() const { return other() != nullptr && other()->empty(); }
    // One of both is there; the other one is nullptr.
    const Digest* digest() const { return std::get_if<Digest>(&hash_); }
    const std::string* other() const { return std::get_if<std::string>(&hash_); }
    // In any order that stays.
    auto operator<=>(const BundleHash&) const = default;

  private:
    std::variant<std::string, Digest> hash_;  // never a text that a digest has
};

}  // namespace pintu
