#include "engine/runtime/cache.hpp"

#include <gtest/gtest.h>

namespace pintu::runtime {
namespace {

void put(Cache& cache, const std::string& id, std::uint32_t sequence) {
    Hand hand;
    Held* held = cache.take(CaseId(id), hand);
    if (held == nullptr) held = &cache.add(CaseId(id), hand);
    held->loaded.state.id = CaseId(id);
    held->loaded.state.sequence = sequence;
    cache.put_back(hand, true);
}

cases::State opened(const std::string& id) {
    cases::State state;
    state.id = CaseId(id);
    return state;
}

TEST(Cache, keeps_the_latest_and_lets_the_others_go) {
    Cache cache(2);
    put(cache, "a", 1);
    put(cache, "b", 2);
    Hand hand;
    ASSERT_NE(cache.take(CaseId("a"), hand), nullptr);
    cache.put_back(hand, true);
    EXPECT_TRUE(hand.cases.empty());
    put(cache, "c", 3);
    EXPECT_EQ(cache.find(CaseId("b")), nullptr) << "the least lately used";
    ASSERT_NE(cache.find(CaseId("a")), nullptr);
    EXPECT_EQ(cache.find(CaseId("a"))->loaded.state.sequence, 1U);
    EXPECT_EQ(cache.size(), 2U);
    put(cache, "a", 9);
    EXPECT_EQ(cache.size(), 2U);
    EXPECT_EQ(cache.find(CaseId("a"))->loaded.state.sequence, 9U);
    cache.drop(CaseId("a"), hand);
    cache.drop(CaseId("unknown"), hand);
    EXPECT_EQ(cache.find(CaseId("a")), nullptr);
    EXPECT_EQ(cache.take(CaseId("a"), hand), nullptr);
    EXPECT_EQ(cache.size(), 1U);
}

TEST(Cache, lets_go_of_nothing_that_is_in_hand) {
    Cache cache(1);
    put(cache, "a", 1);
    Hand hand;
    const Held* a = cache.take(CaseId("a"), hand);
    EXPECT_TRUE(a->from_cache);
    EXPECT_EQ(cache.take(CaseId("a"), hand), a);
    cache.add(CaseId("b"), hand).loaded.state.id = CaseId("b");
    EXPECT_FALSE(hand.cases.back().from_cache);
    put(cache, "c", 1);
    EXPECT_EQ(cache.find(CaseId("a")), a) << "it stays where it is in memory";
    EXPECT_EQ(hand.cases.size(), 2U);
    cache.drop(CaseId("a"), hand);
    EXPECT_EQ(hand.cases.size(), 1U);
    cache.put_back(hand, true);
    EXPECT_EQ(cache.size(), 1U);
    ASSERT_NE(cache.find(CaseId("b")), nullptr) << "the latest";
}

TEST(Cache, forgets_what_was_not_kept_and_what_is_no_case) {
    Cache cache(8);
    for (const char* id : {"read", "changed"}) put(cache, id, 1);
    Hand hand;
    cache.take(CaseId("read"), hand);
    cache.take(CaseId("changed"), hand)->update = 0;
    cache.add(CaseId("none"), hand);
    cache.put_back(hand, false);
    EXPECT_EQ(cache.size(), 1U);
    EXPECT_NE(cache.find(CaseId("read")), nullptr);
    EXPECT_EQ(cache.find(CaseId("changed")), nullptr);
    EXPECT_EQ(cache.find(CaseId("none")), nullptr);
}

TEST(Cache, keeps_what_was_kept_as_the_next_batch_expects_it) {
    Cache cache(8);
    put(cache, "changed", 1);
    Hand hand;
    cache.take(CaseId("changed"), hand)->update = 0;
    cache.put_back(hand, true);
    const Held* again = cache.take(CaseId("changed"), hand);
    ASSERT_NE(again, nullptr);
    EXPECT_TRUE(again->from_cache);
    EXPECT_FALSE(again->update);
    EXPECT_EQ(cache.find(CaseId("changed"), hand), again);
    EXPECT_EQ(cache.find(CaseId("changed"), Hand()), nullptr);
}

TEST(Cache, has_no_case_that_was_asked_for_and_is_none) {
    Cache cache(8);
    Hand hand;
    cache.add(CaseId("none"), hand);
    cache.add(CaseId("read"), hand).loaded.state.id = CaseId("read");
    cache.add(Loaded{opened("new"), {}, {}}, hand);
    cache.put_back(hand, true);
    EXPECT_EQ(cache.find(CaseId("none")), nullptr);
    EXPECT_NE(cache.find(CaseId("read")), nullptr);
    EXPECT_NE(cache.find(CaseId("new")), nullptr);
}

}  // namespace
}  // namespace pintu::runtime
