#include "engine/runtime/cache.hpp"

#include <gtest/gtest.h>

namespace pintu::runtime {
namespace {

HeldCases hand_of(const std::vector<std::pair<std::string, std::uint32_t>>& cases) {
    HeldCases hand;
    for (const auto& [id, sequence] : cases) hand.add(CaseId(id)).loaded.state.sequence = sequence;
    return hand;
}

void put(Cache& cache, const std::string& id, std::uint32_t sequence) {
    HeldCases hand = hand_of({{id, sequence}});
    cache.put(hand);
}

TEST(Cache, keeps_the_latest_and_lets_the_others_go) {
    Cache cache(2);
    put(cache, "a", 1);
    put(cache, "b", 2);
    HeldCases hand;
    ASSERT_NE(cache.take(CaseId("a"), hand), nullptr);
    EXPECT_EQ(cache.find(CaseId("a")), nullptr) << "it is in hand";
    cache.put(hand);
    EXPECT_EQ(hand.size(), 0U);
    put(cache, "c", 3);
    EXPECT_EQ(cache.find(CaseId("b")), nullptr) << "the least lately used";
    ASSERT_NE(cache.find(CaseId("a")), nullptr);
    EXPECT_EQ(cache.find(CaseId("a"))->loaded.state.sequence, 1U);
    EXPECT_EQ(cache.size(), 2U);
    put(cache, "a", 9);
    EXPECT_EQ(cache.size(), 2U);
    EXPECT_EQ(cache.find(CaseId("a"))->loaded.state.sequence, 9U);
    cache.drop(CaseId("a"));
    cache.drop(CaseId("unknown"));
    EXPECT_EQ(cache.find(CaseId("a")), nullptr);
    EXPECT_EQ(cache.take(CaseId("a"), hand), nullptr);
}

TEST(Cache, forgets_what_a_batch_knew_and_what_is_no_case) {
    Cache cache(8);
    HeldCases hand = hand_of({{"a", 1}, {"none", 0}, {"b", 1}});
    hand.find(CaseId("a"))->from_cache = true;
    hand.find(CaseId("b"))->touched.emplace();
    cache.put(hand);
    EXPECT_EQ(cache.size(), 2U);
    EXPECT_EQ(cache.find(CaseId("none")), nullptr);
    EXPECT_FALSE(cache.find(CaseId("a"))->from_cache);
    EXPECT_FALSE(cache.find(CaseId("b"))->touched);
}

TEST(HeldCases, go_from_one_place_to_another_and_stay_where_they_are_in_memory) {
    HeldCases here = hand_of({{"a", 1}, {"b", 2}});
    HeldCases there = hand_of({{"b", 7}, {"c", 8}});
    const Held* b = there.find(CaseId("b"));
    EXPECT_EQ(here.take(CaseId("b"), there), b);
    EXPECT_EQ(here.find(CaseId("b")), b) << "what was here by its id is gone";
    EXPECT_EQ(here.size(), 2U);
    EXPECT_EQ(there.find(CaseId("b")), nullptr);
    EXPECT_EQ(here.take(CaseId("d"), there), nullptr);
    std::string order;
    for (const auto& held : here) order += held.id.value;
    EXPECT_EQ(order, "ab");
    here.drop(CaseId("a"));
    EXPECT_EQ(here.begin()->loaded.state.sequence, 7U);
}

}  // namespace
}  // namespace pintu::runtime
