#include "adapters/node/routes.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace pintu::node {
namespace {

TEST(Routes, a_report_goes_to_the_worker_with_the_fewest_that_are_not_answered) {
    Routes routes(3);
    std::vector<Routes::Way> ways;
    for (std::size_t key = 0; key < 7; ++key) ways.push_back(routes.of_report(key));
    std::vector<std::size_t> workers;
    for (const auto& way : ways) workers.push_back(way.worker());
    EXPECT_EQ(workers, (std::vector<std::size_t>{0, 1, 2, 0, 1, 2, 0}));
}

TEST(Routes, who_was_answered_comes_back_to_the_same_worker) {
    Routes routes(2);
    std::vector<Routes::Way> ways;
    for (std::size_t key = 0; key < 8; ++key) ways.push_back(routes.of_report(key));
    for (const std::size_t answered : {1U, 3U, 5U}) {
        ways[answered].end();
        ways[answered] = routes.of_report(100 + answered);
        EXPECT_EQ(ways[answered].worker(), 1U);
    }
}

TEST(Routes, a_report_goes_where_the_same_one_is_until_that_is_answered) {
    Routes routes(2);
    auto first = routes.of_report(7);
    auto again = routes.of_report(7);
    EXPECT_EQ(again.worker(), first.worker());
    first.end();
    EXPECT_EQ(routes.of_report(7).worker(), first.worker());
    again.end();
    const auto other = routes.of_report(8);
    EXPECT_EQ(other.worker(), 0U);
    EXPECT_EQ(routes.of_report(7).worker(), 1U);
}

TEST(Routes, commands_of_a_case_stay_together_and_count_as_load) {
    Routes routes(2);
    const auto one = routes.of_case(4);
    const auto two = routes.of_case(6);
    EXPECT_EQ(one.worker(), two.worker());
    EXPECT_NE(routes.of_report(1).worker(), one.worker());
}

TEST(Routes, a_way_ends_once_however_it_was_moved) {
    Routes routes(2);
    {
        auto way = routes.of_report(1);
        auto moved = std::move(way);
        way.end();
        moved.end();
        moved.end();
        auto out_of_scope = routes.of_report(2);
        EXPECT_EQ(out_of_scope.worker(), 0U);
    }
    EXPECT_EQ(routes.of_report(3).worker(), 0U);
}

TEST(Routes, one_worker_gets_all) {
    Routes routes(1);
    EXPECT_EQ(routes.of_report(5).worker(), 0U);
    EXPECT_EQ(routes.of_case(5).worker(), 0U);
}

TEST(Routes, end_from_the_threads_of_the_workers) {
    constexpr std::size_t kEach = 2'000;
    Routes routes(2);
    std::vector<std::thread> threads;
    for (int sender = 0; sender < 4; ++sender)
        threads.emplace_back([&] {
            for (std::size_t key = 0; key < kEach; ++key) routes.of_report(key).end();
        });
    for (auto& thread : threads) thread.join();
    const auto first = routes.of_report(1);
    const auto second = routes.of_report(2);
    EXPECT_NE(first.worker(), second.worker());
}

}  // namespace
}  // namespace pintu::node
