// The order of ids is that of their texts, whatever they have in common.
#include "adapters/store/postgres/id_order.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <string>

namespace pintu::postgres {
namespace {

std::vector<std::uint32_t> places_by_text(const std::vector<std::string>& ids) {
    std::vector<std::uint32_t> places(ids.size());
    std::iota(places.begin(), places.end(), 0U);
    std::stable_sort(places.begin(), places.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return ids[a] < ids[b]; });
    return places;
}

void expect_order_of(const std::vector<std::string>& ids) {
    EXPECT_EQ(places_by_id({ids.begin(), ids.end()}), places_by_text(ids));
}

TEST(IdOrder, is_that_of_the_texts) {
    expect_order_of({});
    expect_order_of({"64.09-a"});
    expect_order_of({"64.09-b", "64.09-a", "64-c", "64.09-ab", "64.09-", "nasional-a", ""});
    expect_order_of({"64-aaaaaaaab", "64-aaaaaaaaa", "64-aaaaaaaa", "64-aaaaaaaaaa"});
    expect_order_of({std::string("64-a\0b", 6), "64-a", std::string("64-a\0", 5), "64-a\xff"});
}

TEST(IdOrder, keeps_equal_ids_as_they_came) {
    EXPECT_EQ(places_by_id({"64-b", "64-a", "64-b", "64-a"}),
              (std::vector<std::uint32_t>{1, 3, 0, 2}));
}

TEST(IdOrder, is_found_of_ids_that_share_much_or_little) {
    std::mt19937 random(7);
    for (int round = 0; round < 200; ++round) {
        std::vector<std::string> ids;
        const std::string beginning(random() % 12, 'x');
        for (std::size_t left = random() % 50; left > 0; --left) {
            ids.push_back(beginning);
            for (std::size_t more = random() % 12; more > 0; --more)
                ids.back() += static_cast<char>('a' + random() % 2);
        }
        expect_order_of(ids);
    }
}

}  // namespace
}  // namespace pintu::postgres
