#include "adapters/node/inbox.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace pintu::node {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

Job command(int number) {
    return CommandJob{
        {CommandId("64.09-" + std::to_string(number)), CaseId(), {}, cases::FireTimers{}}, {}};
}

void put(Inbox& inbox, int from, int until) {
    for (int i = from; i < until; ++i) {
        Job job = command(i);
        ASSERT_EQ(inbox.put(job), Inbox::Put::taken);
    }
}

TEST(Inbox, gives_what_waits_in_order_and_no_more_than_asked) {
    Inbox inbox(10);
    put(inbox, 0, 3);
    auto taken = inbox.take(2, milliseconds(0), {});
    ASSERT_EQ(taken.size(), 2U);
    EXPECT_EQ(std::get<CommandJob>(taken[0]).command.id.value, "64.09-0");
    EXPECT_EQ(std::get<CommandJob>(taken[1]).command.id.value, "64.09-1");
    EXPECT_EQ(inbox.take(2, milliseconds(0), {}).size(), 1U);
    EXPECT_TRUE(inbox.take(2, milliseconds(0), {}).empty());
}

TEST(Inbox, refuses_what_is_too_much_and_what_comes_too_late) {
    Inbox inbox(1);
    put(inbox, 0, 1);
    Job job = command(1);
    EXPECT_EQ(inbox.put(job), Inbox::Put::full);
    inbox.close();
    EXPECT_EQ(inbox.put(job), Inbox::Put::closed);
    EXPECT_EQ(std::get<CommandJob>(job).command.id.value, "64.09-1");
    EXPECT_FALSE(inbox.finished());
    EXPECT_EQ(inbox.take(9, milliseconds(0), {}).size(), 1U);
    EXPECT_TRUE(inbox.finished());
}

TEST(Inbox, a_batch_waits_for_so_many_as_are_awaited) {
    Inbox inbox(100);
    std::thread sender([&] { put(inbox, 0, 60); });
    const auto taken = inbox.take(100, hours(1), {60, steady_clock::now() + hours(1)});
    sender.join();
    EXPECT_EQ(taken.size(), 60U);
}

TEST(Inbox, a_batch_waits_no_longer_than_is_left_for_gathering) {
    Inbox inbox(100);
    put(inbox, 0, 3);
    EXPECT_EQ(inbox.take(100, hours(1), {60, steady_clock::now()}).size(), 3U);
    put(inbox, 3, 5);
    EXPECT_EQ(inbox.take(100, hours(1), {60, steady_clock::now() + milliseconds(1)}).size(), 2U);
}

TEST(Inbox, nobody_is_awaited_who_would_not_fit_or_may_not_come) {
    const auto forever = steady_clock::now() + hours(1);
    Inbox small(5);
    put(small, 0, 5);
    EXPECT_EQ(small.take(100, hours(1), {60, forever}).size(), 5U);
    put(small, 0, 4);
    EXPECT_EQ(small.take(3, hours(1), {60, forever}).size(), 3U);
    small.close();
    EXPECT_EQ(small.take(100, hours(1), {60, forever}).size(), 1U);
}

TEST(Inbox, one_that_comes_after_the_gathering_goes_at_once) {
    Inbox inbox(100);
    EXPECT_TRUE(inbox.take(100, milliseconds(0), {60, steady_clock::now()}).empty());
    std::thread sender([&] { put(inbox, 0, 1); });
    EXPECT_EQ(inbox.take(100, hours(1), {60, steady_clock::now()}).size(), 1U);
    sender.join();
}

}  // namespace
}  // namespace pintu::node
