#include "engine/base/nearest.hpp"

#include <gtest/gtest.h>

namespace pintu {
namespace {

TEST(Nearest, finds_a_slip_of_the_finger) {
    const std::vector<std::string> names = {"dpupr", "bpbd", "diskominfo", "inspektorat"};
    EXPECT_EQ(nearest("dpurp", names), "dpupr");
    EXPECT_EQ(nearest("diskomifno", names), "diskominfo");
    EXPECT_EQ(nearest("inspectorat", names), "inspektorat");
    EXPECT_EQ(nearest("bpb", names), "bpbd");
}

TEST(Nearest, offers_nothing_that_is_far) {
    EXPECT_EQ(nearest("kesehatan", {"dpupr", "bpbd"}), "");
    EXPECT_EQ(nearest("x", {"ab"}), "");
    EXPECT_EQ(nearest("", {"a"}), "");
    EXPECT_EQ(nearest("a", {}), "");
    EXPECT_EQ(nearest(std::string(65, 'a'), {std::string(65, 'a') + "b"}), "");
}

TEST(Nearest, of_equals_the_first_and_never_the_word_itself) {
    EXPECT_EQ(nearest("abcd", {"abce", "abcf"}), "abce");
    EXPECT_EQ(nearest("abcd", {"abcd", "abce"}), "abce");
}

TEST(Nearest, looks_at_ten_thousand_names_at_most) {
    std::vector<std::string> names(10'000, "zzzzzzzz");
    names.emplace_back("abce");
    EXPECT_EQ(nearest("abcd", names), "");
}

}  // namespace
}  // namespace pintu
