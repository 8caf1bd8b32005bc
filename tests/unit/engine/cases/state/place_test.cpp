#include "engine/cases/state/place.hpp"

#include <gtest/gtest.h>

namespace pintu::cases {
namespace {

// A micro-degree of latitude is 111.195 mm.
TEST(Place, is_near_by_the_metre) {
    const Place here{-1'290'000, 116'700'000};
    EXPECT_TRUE(near(here, here, 0));
    EXPECT_TRUE(near(here, {-1'290'449, 116'700'000}, 50));
    EXPECT_FALSE(near(here, {-1'290'450, 116'700'000}, 50));
    EXPECT_FALSE(near(here, {-1'290'318, 116'700'318 + 3}, 50));
    EXPECT_TRUE(near(here, {-1'290'317, 116'700'317}, 50));
    EXPECT_FALSE(near(here, here, -1) && !near(here, here, 0));
}

TEST(Place, is_nearer_in_degrees_of_longitude_towards_the_poles) {
    EXPECT_FALSE(near({0, 0}, {0, 900}, 60));
    EXPECT_TRUE(near({60'000'000, 0}, {60'000'000, 900}, 60));
    EXPECT_TRUE(near({0, 179'999'900}, {0, -179'999'900}, 50)) << "across the date line";
}

TEST(Place, is_as_near_there_as_back) {
    for (std::int32_t i = -40; i < 40; ++i) {
        const Place a{i * 1'000'003, i * 2'000'017};
        const Place b{i * 1'000'003 + i * 37, i * 2'000'017 - i * 41};
        for (const std::int64_t metres : {1, 5, 50, 100, 1000})
            ASSERT_EQ(near(a, b, metres), near(b, a, metres));
    }
}

TEST(Place, has_a_box_that_holds_whatever_is_near) {
    for (const std::int32_t lat : {-1'290'000, 0, 45'000'000, -89'900'000})
        for (std::int32_t step = -60; step <= 60; ++step)
            for (const std::int64_t metres : {10, 100, 5000}) {
                const Place here{lat, 116'700'000};
                const auto reach = static_cast<std::int32_t>(metres * 9);
                const Place there{lat + step * reach / 60, 116'700'000 - step * reach / 45};
                if (!near(here, there, metres)) continue;
                const Box box = box_around(here, metres);
                ASSERT_LE(box.lat_low, there.lat_udeg);
                ASSERT_GE(box.lat_high, there.lat_udeg);
                ASSERT_LE(box.lon_low, there.lon_udeg);
                ASSERT_GE(box.lon_high, there.lon_udeg);
            }
}

}  // namespace
}  // namespace pintu::cases
