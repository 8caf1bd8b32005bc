#include "engine/base/cycle.hpp"

#include <gtest/gtest.h>

namespace pintu {
namespace {

using Needs = std::vector<std::vector<std::size_t>>;
using Indexes = std::vector<std::size_t>;

TEST(OrderByNeed, puts_needed_things_first_and_keeps_the_order_of_the_free) {
    EXPECT_EQ(order_by_need(Needs{{2}, {}, {1}}).order, (Indexes{1, 2, 0}));
    EXPECT_EQ(order_by_need(Needs{{}, {}, {}}).order, (Indexes{0, 1, 2}));
    EXPECT_TRUE(order_by_need(Needs{}).order.empty());
}

TEST(OrderByNeed, shows_the_circle_in_order) {
    const auto found = order_by_need(Needs{{1}, {2}, {3}, {1}});
    EXPECT_TRUE(found.order.empty());
    EXPECT_EQ(found.cycle, (Indexes{1, 2, 3}));
    EXPECT_EQ(order_by_need(Needs{{0}}).cycle, Indexes{0});
}

TEST(OrderByNeed, walks_a_chain_of_a_million) {
    Needs needs(1'000'000);
    for (std::size_t i = 0; i + 1 < needs.size(); ++i) needs[i].push_back(i + 1);
    const auto found = order_by_need(needs);
    ASSERT_EQ(found.order.size(), needs.size());
    EXPECT_EQ(found.order.front(), needs.size() - 1);
}

}  // namespace
}  // namespace pintu
