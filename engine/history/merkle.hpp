// The Merkle tree of RFC 6962 section 2.1 (RFC 9162 has the same) over leaf hashes, with SHA-256.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/hash.hpp"
#include "engine/base/result.hpp"

namespace pintu::history {

// SHA-256(0x01 || left || right).
Digest node_hash(const Digest& left, const Digest& right);
// Of the empty string: the root of a tree without leaves.
Digest empty_root();

// All that is needed to append: the roots of the perfect subtrees, the largest (leftmost) first.
// At most 64 digests whatever the size.
class Frontier {
  public:
    Frontier() = default;
    // As it was stored. HI012 where the count of nodes does not belong to the size.
    static Result<Frontier> restore(std::uint64_t size, std::vector<Digest> nodes);

    void append(const Digest& leaf);
    std::uint64_t size() const { return size_; }
    Digest root() const;
    const std::vector<Digest>& nodes() const { return nodes_; }
    bool operator==(const Frontier&) const = default;

  private:
    std::uint64_t size_ = 0;
    std::vector<Digest> nodes_;
};

using Proof = std::vector<Digest>;

// The root of the leaves (their hashes).
Digest root_of(std::span<const Digest> leaves);
// PATH(index, leaves). Precondition: index < leaves.size().
Proof inclusion_proof(std::span<const Digest> leaves, std::uint64_t index);
// PROOF(old_size, leaves). Precondition: old_size <= leaves.size(). Empty for 0 and for equal
// sizes.
Proof consistency_proof(std::span<const Digest> leaves, std::uint64_t old_size);

// RFC 9162 section 2.1.3.2. False on any proof that is not exactly the one.
bool verify_inclusion(const Digest& leaf, std::uint64_t index, std::uint64_t size,
                      std::span<const Digest> proof, const Digest& root);
// RFC 9162 section 2.1.4.2: the tree of old_size is a prefix of the tree of new_size.
bool verify_consistency(std::uint64_t old_size, const Digest& old_root, std::uint64_t new_size,
                        const Digest& new_root, std::span<const Digest> proof);

}  // namespace pintu::history
