#include "engine/history/merkle.hpp"

#include <gtest/gtest.h>

#include "engine/history/codec.hpp"

namespace pintu::history {
namespace {

// The leaves and roots that implementations of certificate transparency test against.
const std::vector<std::string> kLeaves = {"",
                                          "00",
                                          "10",
                                          "2021",
                                          "3031",
                                          "40414243",
                                          "5051525354555657",
                                          "606162636465666768696a6b6c6d6e6f"};
const std::vector<std::string> kRoots = {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

std::vector<Digest> leaves_of(std::size_t count) {
    std::vector<Digest> leaves;
    for (std::size_t i = 0; i < count; ++i) leaves.push_back(leaf_hash(std::to_string(i)));
    return leaves;
}

// The definition of RFC 6962 section 2.1, word by word.
Digest defined_root(std::span<const Digest> leaves) {
    if (leaves.empty()) return sha256("");
    if (leaves.size() == 1) return leaves[0];
    std::size_t k = 1;
    while (2 * k < leaves.size()) k *= 2;
    return node_hash(defined_root(leaves.first(k)), defined_root(leaves.subspan(k)));
}

TEST(Frontier, gives_the_known_roots) {
    Frontier frontier;
    for (std::size_t size = 0; size <= kLeaves.size(); ++size) {
        EXPECT_EQ(to_hex(bytes_of(frontier.root())), kRoots[size]) << size;
        EXPECT_EQ(frontier.size(), size);
        if (size < kLeaves.size()) frontier.append(leaf_hash(*from_hex(kLeaves[size])));
    }
}

TEST(Frontier, agrees_with_the_definition_at_every_size) {
    const auto leaves = leaves_of(130);
    Frontier frontier;
    for (std::size_t size = 0; size <= leaves.size(); ++size) {
        EXPECT_EQ(frontier.root(), defined_root(std::span(leaves).first(size))) << size;
        if (size < leaves.size()) frontier.append(leaves[size]);
    }
}

TEST(Frontier, goes_on_where_it_was_stored) {
    const auto leaves = leaves_of(40);
    for (std::size_t size = 0; size <= leaves.size(); ++size) {
        Frontier whole;
        for (std::size_t i = 0; i < size; ++i) whole.append(leaves[i]);
        auto restored = Frontier::restore(whole.size(), whole.nodes());
        ASSERT_TRUE(restored) << size;
        for (std::size_t i = size; i < leaves.size(); ++i) restored->append(leaves[i]);
        EXPECT_EQ(restored->root(), root_of(leaves)) << size;
    }
}

TEST(Frontier, refuses_nodes_that_do_not_belong_to_its_size) {
    const auto restored = Frontier::restore(5, leaves_of(3));
    ASSERT_FALSE(restored);
    EXPECT_EQ(restored.error().code, "HI012");
}

TEST(Inclusion, of_every_leaf_is_proved_and_of_no_other) {
    for (std::size_t size = 1; size <= 33; ++size) {
        const auto leaves = leaves_of(size);
        const auto root = root_of(leaves);
        for (std::size_t index = 0; index < size; ++index) {
            auto proof = inclusion_proof(leaves, index);
            EXPECT_TRUE(verify_inclusion(leaves[index], index, size, proof, root));
            EXPECT_FALSE(verify_inclusion(leaf_hash("no"), index, size, proof, root));
            EXPECT_FALSE(verify_inclusion(leaves[index], size, size, proof, root));
            if (size > 1) {
                EXPECT_FALSE(
                    verify_inclusion(leaves[index], (index + 1) % size, size, proof, root));
            }
            proof.push_back(root);
            EXPECT_FALSE(verify_inclusion(leaves[index], index, size, proof, root));
            proof.pop_back();
            if (proof.empty()) continue;
            proof.back()[7] ^= 1;
            EXPECT_FALSE(verify_inclusion(leaves[index], index, size, proof, root));
            proof.pop_back();
            EXPECT_FALSE(verify_inclusion(leaves[index], index, size, proof, root));
        }
    }
}

TEST(Consistency, of_every_two_sizes_is_proved) {
    const auto leaves = leaves_of(33);
    for (std::size_t to = 0; to <= leaves.size(); ++to) {
        const auto now = std::span(leaves).first(to);
        for (std::size_t from = 0; from <= to; ++from) {
            const auto proof = consistency_proof(now, from);
            const auto old_root = root_of(std::span(leaves).first(from));
            EXPECT_TRUE(verify_consistency(from, old_root, to, root_of(now), proof))
                << from << " to " << to;
        }
    }
}

TEST(Consistency, is_not_proved_of_a_rewritten_log) {
    for (std::size_t to = 2; to <= 20; ++to) {
        auto leaves = leaves_of(to);
        for (std::size_t from = 1; from < to; ++from) {
            const auto old_root = root_of(std::span(leaves).first(from));
            auto forged = leaves;
            forged[from - 1] = leaf_hash("forged");
            const auto proof = consistency_proof(forged, from);
            EXPECT_FALSE(verify_consistency(from, old_root, to, root_of(forged), proof));
            auto longer = consistency_proof(leaves, from);
            longer.push_back(old_root);
            EXPECT_FALSE(verify_consistency(from, old_root, to, root_of(leaves), longer));
            longer.pop_back();
            longer.pop_back();
            EXPECT_FALSE(verify_consistency(from, old_root, to, root_of(leaves), longer));
        }
    }
}

TEST(Consistency, does_not_shrink) {
    const auto leaves = leaves_of(3);
    EXPECT_FALSE(
        verify_consistency(3, root_of(leaves), 2, root_of(std::span(leaves).first(2)), {}));
}

}  // namespace
}  // namespace pintu::history
