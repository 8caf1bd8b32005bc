#include "engine/history/merkle.hpp"

#include <algorithm>
#include <bit>
#include <cassert>

namespace pintu::history {
namespace {

// The largest power of two smaller than n. Precondition: n > 1.
std::uint64_t split_of(std::uint64_t n) {
    return std::bit_floor(n - 1);
}

// SUBPROOF(old_size, leaves, whole) of RFC 6962 section 2.1.2, appended to the proof.
void subproof(std::span<const Digest> leaves, std::uint64_t old_size, bool whole, Proof& proof) {
    if (old_size == leaves.size()) {
        if (!whole) proof.push_back(root_of(leaves));
        return;
    }
    const std::uint64_t split = split_of(leaves.size());
    if (old_size <= split) {
        subproof(leaves.first(split), old_size, whole, proof);
        proof.push_back(root_of(leaves.subspan(split)));
    } else {
        subproof(leaves.subspan(split), old_size - split, false, proof);
        proof.push_back(root_of(leaves.first(split)));
    }
}

}  // namespace

Digest node_hash(const Digest& left, const Digest& right) {
    return sha256({std::string_view("\1", 1), bytes_of(left), bytes_of(right)});
}

Digest empty_root() {
    return sha256("");
}

Result<Frontier> Frontier::restore(std::uint64_t size, std::vector<Digest> nodes) {
    if (nodes.size() != static_cast<std::size_t>(std::popcount(size))) {
        return fail("HI012", std::to_string(nodes.size()), std::to_string(size));
    }
    Frontier frontier;
    frontier.size_ = size;
    frontier.nodes_ = std::move(nodes);
    return frontier;
}

void Frontier::append(const Digest& leaf) {
    Digest node = leaf;
    for (std::uint64_t rest = size_; (rest & 1U) != 0; rest >>= 1U) {
        node = node_hash(nodes_.back(), node);
        nodes_.pop_back();
    }
    nodes_.push_back(node);
    ++size_;
}

Digest Frontier::root() const {
    if (nodes_.empty()) return empty_root();
    Digest root = nodes_.back();
    for (auto node = nodes_.rbegin() + 1; node != nodes_.rend(); ++node) {
        root = node_hash(*node, root);
    }
    return root;
}

Digest root_of(std::span<const Digest> leaves) {
    Frontier frontier;
    for (const Digest& leaf : leaves) frontier.append(leaf);
    return frontier.root();
}

Proof inclusion_proof(std::span<const Digest> leaves, std::uint64_t index) {
    assert(index < leaves.size());
    Proof proof;
    while (leaves.size() > 1) {
        const std::uint64_t split = split_of(leaves.size());
        const auto left = leaves.first(split);
        const auto right = leaves.subspan(split);
        proof.push_back(root_of(index < split ? right : left));
        leaves = index < split ? left : right;
        if (index >= split) index -= split;
    }
    std::reverse(proof.begin(), proof.end());
    return proof;
}

Proof consistency_proof(std::span<const Digest> leaves, std::uint64_t old_size) {
    assert(old_size <= leaves.size());
    Proof proof;
    if (old_size > 0) subproof(leaves, old_size, true, proof);
    return proof;
}

bool verify_inclusion(const Digest& leaf, std::uint64_t index, std::uint64_t size,
                      std::span<const Digest> proof, const Digest& root) {
    if (index >= size) return false;
    std::uint64_t fn = index;
    std::uint64_t sn = size - 1;
    Digest hash = leaf;
    for (const Digest& node : proof) {
        if (sn == 0) return false;
        if ((fn & 1U) != 0 || fn == sn) {
            hash = node_hash(node, hash);
            while ((fn & 1U) == 0 && fn != 0) {
                fn >>= 1U;
                sn >>= 1U;
            }
        } else {
            hash = node_hash(hash, node);
        }
        fn >>= 1U;
        sn >>= 1U;
    }
    return sn == 0 && hash == root;
}

bool verify_consistency(std::uint64_t old_size, const Digest& old_root, std::uint64_t new_size,
                        const Digest& new_root, std::span<const Digest> proof) {
    if (old_size > new_size) return false;
    if (old_size == new_size) return proof.empty() && old_root == new_root;
    if (old_size == 0) return proof.empty() && old_root == empty_root();
    // A perfect old tree is its own first node, and the proof leaves it out.
    const bool perfect = std::has_single_bit(old_size);
    if (!perfect && proof.empty()) return false;
    std::uint64_t fn = old_size - 1;
    std::uint64_t sn = new_size - 1;
    const int shared = std::countr_one(fn);
    fn >>= shared;
    sn >>= shared;
    Digest old_hash = perfect ? old_root : proof.front();
    Digest new_hash = old_hash;
    for (const Digest& node : proof.subspan(perfect ? 0 : 1)) {
        if (sn == 0) return false;
        if ((fn & 1U) != 0 || fn == sn) {
            old_hash = node_hash(node, old_hash);
            new_hash = node_hash(node, new_hash);
            while ((fn & 1U) == 0 && fn != 0) {
                fn >>= 1U;
                sn >>= 1U;
            }
        } else {
            new_hash = node_hash(new_hash, node);
        }
        fn >>= 1U;
        sn >>= 1U;
    }
    return sn == 0 && old_hash == old_root && new_hash == new_root;
}

}  // namespace pintu::history
