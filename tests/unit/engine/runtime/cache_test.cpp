#include "engine/runtime/cache.hpp"

#include <gtest/gtest.h>

namespace pintu::runtime {
namespace {

Loaded loaded(std::uint32_t sequence) {
    Loaded one;
    one.state.sequence = sequence;
    return one;
}

TEST(Cache, keeps_the_latest_and_lets_the_others_go) {
    Cache cache(2);
    cache.put(CaseId("a"), loaded(1));
    cache.put(CaseId("b"), loaded(2));
    ASSERT_NE(cache.find(CaseId("a")), nullptr);
    cache.put(CaseId("c"), loaded(3));
    EXPECT_EQ(cache.find(CaseId("b")), nullptr) << "the least lately used";
    ASSERT_NE(cache.find(CaseId("a")), nullptr);
    EXPECT_EQ(cache.find(CaseId("a"))->state.sequence, 1U);
    EXPECT_EQ(cache.size(), 2U);
    cache.put(CaseId("a"), loaded(9));
    EXPECT_EQ(cache.size(), 2U);
    EXPECT_EQ(cache.find(CaseId("a"))->state.sequence, 9U);
    cache.drop(CaseId("a"));
    cache.drop(CaseId("unknown"));
    EXPECT_EQ(cache.find(CaseId("a")), nullptr);
    cache.clear();
    EXPECT_EQ(cache.size(), 0U);
}

}  // namespace
}  // namespace pintu::runtime
