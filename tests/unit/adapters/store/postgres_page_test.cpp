// Events in pages and back, without a server.
#include "adapters/store/postgres/page.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "adapters/store/postgres/unit.hpp"
#include "tests/support/sample_commits.hpp"

namespace pintu::postgres {
namespace {

ports::NewEvent event(const std::string& case_id, std::uint32_t sequence, std::size_t size) {
    ports::NewEvent added;
    added.event.case_id = CaseId(case_id);
    added.event.sequence = sequence;
    added.bytes = std::string(size, static_cast<char>('a' + sequence));
    return added;
}

// As the server gives them back: elements of the column's array.
std::vector<std::string> pages_of(const Column& column) {
    const std::string& wire = column.elements();
    std::vector<std::string> pages;
    for (std::size_t at = 0; at < wire.size();) {
        std::size_t size = 0;
        for (int i = 0; i < 4; ++i) size = size << 8 | static_cast<unsigned char>(wire[at++]);
        pages.push_back(wire.substr(at, size));
        at += size;
    }
    return pages;
}

std::string described(const std::string& page) {
    std::string text;
    std::string_view left = page;
    while (auto run = take_run(left)) {
        text += std::string(run->case_id) + ":" + std::to_string(run->sequence);
        while (!run->events.empty()) text += "+" + std::to_string(take_event(run->events).size());
        text += " ";
    }
    return text;
}

TEST(Page, holds_runs_of_cases_in_the_order_of_the_log) {
    const std::vector<ports::NewEvent> events = {event("64-a", 1, 10), event("64-a", 2, 20),
                                                 event("64-b", 5, 7), event("64-a", 3, 30)};
    PageWriter writer;
    std::uint32_t next = 3;
    for (const auto& one : events) EXPECT_EQ(writer.add(one, next), 3U);
    writer.finish();
    EXPECT_EQ(next, 4U);
    const auto pages = pages_of(writer.bytes());
    ASSERT_EQ(pages.size(), 1U);
    EXPECT_EQ(described(pages[0]), "64-a:1+10+20 64-b:5+7 64-a:3+30 ");
    EXPECT_EQ(pages_of(writer.leaves())[0].size(), 4 * sizeof(Digest));
}

TEST(Page, ends_where_the_next_event_does_not_fit_and_a_long_event_has_one_to_itself) {
    std::vector<ports::NewEvent> events;
    for (std::uint32_t i = 1; i <= 10; ++i) events.push_back(event("64-a", i, 3'000));
    events.push_back(event("64-b", 1, 60'000));
    events.push_back(event("64-b", 2, 10));
    PageWriter writer;
    std::uint32_t next = 0;
    std::vector<std::uint32_t> parts;
    for (const auto& one : events) parts.push_back(writer.add(one, next));
    writer.finish();
    EXPECT_EQ(parts, (std::vector<std::uint32_t>{0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 6}));
    const auto pages = pages_of(writer.bytes());
    EXPECT_EQ(described(pages[1]), "64-a:3+3000+3000 ");
    EXPECT_EQ(described(pages[5]), "64-b:1+60000 ");
    EXPECT_EQ(described(pages[6]), "64-b:2+10 ");
}

TEST(Page, that_is_cut_off_gives_no_more_than_there_is) {
    PageWriter writer;
    std::uint32_t next = 0;
    const auto first = event("64-a", 1, 10), second = event("64-b", 2, 20);
    writer.add(first, next);
    writer.add(second, next);
    writer.finish();
    const std::string whole = pages_of(writer.bytes())[0];
    for (std::size_t left = 0; left < whole.size(); ++left) {
        const auto text = described(whole.substr(0, left));
        EXPECT_TRUE(text.empty() || text == "64-a:1+10 ") << left << " " << text;
    }
}

TEST(Page, ids_of_a_case_are_a_list_that_grows_by_commits) {
    const auto number = [](char last) { return std::string(7, '\0') + last; };
    std::string first, second;
    append_part(first, 0);
    append_part(first, 1);
    append_part(first, 70'000);
    append_part(second, 2);
    const auto ids = page_ids(number(1) + first + number(9) + second);
    EXPECT_EQ(ids, (std::vector<std::int64_t>{page_id(1, 0), page_id(1, 1), page_id(1, 70'000),
                                              page_id(9, 2)}));
    EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
    EXPECT_TRUE(page_ids("").empty());
}

TEST(Unit, knows_events_without_their_row_and_those_that_do_not_follow_one_another) {
    testing::SampleCases cases;
    ports::Commit commit;
    cases.receive(commit, "a", Instant{1});
    cases.receive(commit, "b", Instant{1});
    EXPECT_EQ(Unit(commit).without_row(), nullptr);
    EXPECT_FALSE(Unit(commit).broken());
    ports::Commit gap = commit;
    gap.events.erase(gap.events.begin() + 1);
    EXPECT_TRUE(Unit(gap).broken());
    commit.cases.pop_back();
    ASSERT_NE(Unit(commit).without_row(), nullptr);
    EXPECT_EQ(*Unit(commit).without_row(), cases.id("b"));
}

// As the runtime makes no commit, but somebody may.
TEST(Unit, finds_the_row_of_an_event_wherever_it_is_and_takes_a_cases_last_one) {
    testing::SampleCases cases;
    ports::Commit commit;
    for (const char* name : {"d", "a", "c", "b"}) cases.receive(commit, name, Instant{1});
    std::swap(commit.cases[0], commit.cases[3]);
    const ports::CaseUpdate again = commit.cases[1];
    commit.cases[1].row.sequence += 7;
    commit.cases.push_back(again);
    const Unit unit(commit);
    EXPECT_EQ(unit.without_row(), nullptr);
    EXPECT_FALSE(unit.broken());
    ASSERT_EQ(unit.cases().size(), 4U);
    for (const auto& one : unit.cases()) {
        EXPECT_EQ(one.before, 0U);
        EXPECT_EQ(one.after, one.update->row.sequence);
        EXPECT_EQ(one.last_event->case_id, one.id());
    }
    EXPECT_EQ(unit.cases().back().update, &commit.cases.back());
}

}  // namespace
}  // namespace pintu::postgres
