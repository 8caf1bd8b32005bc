#include "engine/cases/tracking.hpp"

#include <gtest/gtest.h>

#include <set>

namespace pintu::cases {
namespace {

constexpr std::string_view kSymbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

TrackingId some(int number) {
    return make_tracking_id(sha256({"tracking", std::to_string(number)}));
}

TEST(Tracking, reads_what_it_writes_however_people_type_it) {
    std::set<std::string> all;
    for (int i = 0; i < 1000; ++i) {
        const auto id = some(i);
        ASSERT_EQ(id.value.size(), 14U);
        ASSERT_EQ(parse_tracking_id(id.value), id);
        all.insert(id.value);
    }
    EXPECT_EQ(all.size(), 1000U);
    const TrackingId id = make_tracking_id(Digest{});
    EXPECT_EQ(id.value, "0000-0000-0000");
    EXPECT_EQ(parse_tracking_id("oooo oooo oooo"), id);
    EXPECT_EQ(parse_tracking_id("000000000000"), id);
}

TEST(Tracking, finds_any_one_mistyped_symbol) {
    const std::string good = some(7).value;
    for (std::size_t i = 0; i < good.size(); ++i) {
        if (good[i] == '-') continue;
        for (const char c : kSymbols) {
            if (c == good[i]) continue;
            std::string bad = good;
            bad[i] = c;
            ASSERT_FALSE(parse_tracking_id(bad)) << bad;
        }
    }
}

TEST(Tracking, finds_any_two_symbols_that_changed_places) {
    for (int number = 0; number < 50; ++number) {
        const std::string good = some(number).value;
        for (std::size_t i = 0; i < good.size(); ++i)
            for (std::size_t j = i + 1; j < good.size(); ++j) {
                if (good[i] == '-' || good[j] == '-' || good[i] == good[j]) continue;
                std::string bad = good;
                std::swap(bad[i], bad[j]);
                ASSERT_FALSE(parse_tracking_id(bad)) << bad;
            }
    }
}

TEST(Tracking, refuses_what_is_no_tracking_id) {
    for (const auto* text : {"", "0000", "0000-0000-000", "0000-0000-00000", "0000-0000-000U",
                             "0000_0000_0000", "0000-0000-0001", "0000-0000-000\xc3"})
        EXPECT_FALSE(parse_tracking_id(text)) << text;
}

}  // namespace
}  // namespace pintu::cases
