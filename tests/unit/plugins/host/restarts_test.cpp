#include "plugins/host/restarts.hpp"

#include <gtest/gtest.h>

namespace pintu::plugins {
namespace {

using namespace std::chrono_literals;
using Cause = Restarts::Cause;

const Restarts::Time kStart = Restarts::Time{} + 1000h;

TEST(Restarts, the_first_is_at_once_and_the_next_waits) {
    Restarts restarts;
    EXPECT_EQ(restarts.wait(kStart), 0ms);
    EXPECT_FALSE(restarts.failed(kStart, Cause::crash));
    EXPECT_EQ(restarts.wait(kStart), 0ms);
    EXPECT_FALSE(restarts.failed(kStart, Cause::crash));
    EXPECT_EQ(restarts.wait(kStart), 100ms);
    EXPECT_EQ(restarts.wait(kStart + 60ms), 40ms);
    EXPECT_EQ(restarts.wait(kStart + 100ms), 0ms);
}

TEST(Restarts, three_failures_within_a_minute_are_a_quarantine_of_an_hour) {
    Restarts restarts;
    EXPECT_FALSE(restarts.failed(kStart, Cause::crash));
    EXPECT_FALSE(restarts.failed(kStart + 30s, Cause::crash));
    EXPECT_FALSE(restarts.quarantined(kStart + 30s));
    EXPECT_TRUE(restarts.failed(kStart + 60s, Cause::crash));
    EXPECT_TRUE(restarts.quarantined(kStart + 60s));
    EXPECT_TRUE(restarts.quarantined(kStart + 60s + 59min));
    EXPECT_FALSE(restarts.quarantined(kStart + 60s + 1h));
}

TEST(Restarts, three_failures_in_more_than_a_minute_are_none) {
    Restarts restarts;
    for (int i = 0; i < 20; ++i) EXPECT_FALSE(restarts.failed(kStart + i * 31s, Cause::crash)) << i;
}

TEST(Restarts, refusals_wait_longer_and_longer_and_are_never_a_quarantine) {
    Restarts restarts;
    auto now = kStart;
    std::vector<std::int64_t> waits;
    for (int i = 0; i < 12; ++i) {
        EXPECT_FALSE(restarts.failed(now, Cause::refusal));
        waits.push_back(restarts.wait(now).count());
        now += restarts.wait(now);
    }
    EXPECT_EQ(waits, (std::vector<std::int64_t>{0, 100, 200, 400, 800, 1'600, 3'200, 6'400, 12'800,
                                                25'600, 30'000, 30'000}));
    EXPECT_FALSE(restarts.failed(now + 6min, Cause::refusal));
    EXPECT_EQ(restarts.wait(now + 6min), 0ms);
}

TEST(Restarts, what_is_wrong_is_in_quarantine_at_once_and_a_new_version_forgives) {
    Restarts restarts;
    EXPECT_TRUE(restarts.failed(kStart, Cause::wrong));
    EXPECT_TRUE(restarts.quarantined(kStart));
    restarts.forgive();
    EXPECT_FALSE(restarts.quarantined(kStart));
    EXPECT_EQ(restarts.wait(kStart), 0ms);
}

}  // namespace
}  // namespace pintu::plugins
