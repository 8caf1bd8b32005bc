#include "engine/base/result.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

namespace pintu {
namespace {

Result<int> half(int number) {
    if (number % 2 != 0) return fail("XX001", std::to_string(number));
    return number / 2;
}

Result<int> quarter(int number) {
    auto once = half(number);
    if (!once) return once.unexpected();
    return half(*once);
}

TEST(Result, holds_a_value_or_why_there_is_none) {
    EXPECT_EQ(quarter(8).value(), 2);
    const auto failed = quarter(6);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error(), (Error{"XX001", {"3"}}));
    EXPECT_EQ(failed.value_or(7), 7);
}

TEST(Result, gives_its_value_away) {
    Result<std::unique_ptr<int>> result(std::make_unique<int>(5));
    const auto taken = std::move(result).value();
    EXPECT_EQ(*taken, 5);
}

Result<std::vector<int>> some() {
    return std::vector{1, 2, 3};
}

TEST(Result, that_nobody_holds_may_be_walked_over) {
    int sum = 0;
    for (const int number : *some()) sum += number;
    for (const int number : some().value()) sum += number;
    EXPECT_EQ(sum, 12);
}

TEST(Result, of_nothing_is_done_or_not) {
    const Result<void> done;
    EXPECT_TRUE(done);
    const Result<void> failed = fail("XX002");
    EXPECT_FALSE(failed);
    EXPECT_EQ(failed.error().code, "XX002");
}

TEST(Result, of_the_errors_own_type_is_not_mixed_up) {
    const Result<Error> value(Error{"XX003", {}});
    EXPECT_TRUE(value);
    const Result<Error> failed = fail("XX004");
    EXPECT_FALSE(failed);
}

}  // namespace
}  // namespace pintu
