#include "adapters/clock/entropy.hpp"

#include <gtest/gtest.h>

#include <set>

namespace pintu::clock {
namespace {

TEST(KernelEntropy, gives_nothing_twice_and_no_blanks) {
    KernelEntropy one, other;
    std::set<Digest> drawn = {Digest{}};
    for (int i = 0; i < 1'000; ++i) {
        EXPECT_TRUE(drawn.insert(one.draw()).second);
        EXPECT_TRUE(drawn.insert(other.draw()).second);
    }
}

TEST(SeededEntropy, gives_the_same_for_the_same_seed) {
    SeededEntropy one(7), same(7), other(8);
    for (int i = 0; i < 10; ++i) {
        const Digest drawn = one.draw();
        EXPECT_EQ(drawn, same.draw());
        EXPECT_NE(drawn, other.draw());
    }
}

}  // namespace
}  // namespace pintu::clock
