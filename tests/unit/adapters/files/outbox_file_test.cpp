#include "adapters/files/outbox_file.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>

#include "tests/support/files.hpp"

namespace pintu::files {
namespace {

class OutboxFileTest : public ::testing::Test {
  protected:
    static ports::Message effect(const std::string& key) {
        ports::Message message;
        cases::Effect& e = message.effect;
        e.key = EffectKey(key);
        e.kind = "acknowledge";
        e.persons = {PersonId("p-1")};
        return message;
    }
    testing::TemporaryFolder folder_;
    const std::string path_ = folder_.at("outbox.jsonl");
};

TEST_F(OutboxFileTest, writes_each_key_once_even_after_it_is_opened_again) {
    {
        auto outbox = OutboxFile::open(path_);
        ASSERT_TRUE(outbox);
        const auto done = (*outbox)->perform({effect("a"), effect("b"), effect("a")});
        ASSERT_EQ(done.size(), 3U);
        EXPECT_EQ(done[2].outcome, ports::Performed::Outcome::done);
    }
    auto again = OutboxFile::open(path_);
    ASSERT_TRUE(again);
    (*again)->perform({effect("b"), effect("c")});
    const std::string text = testing::read_file(path_);
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 3);
    EXPECT_EQ(text.find("{\"key\":\"a\",\"at\":\"1970-01-01T00:00:00Z\""), 0U);
}

TEST_F(OutboxFileTest, cuts_a_torn_line_and_writes_its_effect_again) {
    {
        auto outbox = OutboxFile::open(path_);
        (*outbox)->perform({effect("a"), effect("b")});
    }
    const std::string whole = testing::read_file(path_);
    for (std::size_t size = 0; size < whole.size(); size += 7) {
        testing::write_file(path_, whole.substr(0, size));
        auto outbox = OutboxFile::open(path_);
        ASSERT_TRUE(outbox);
        (*outbox)->perform({effect("a"), effect("b")});
        EXPECT_EQ(testing::read_file(path_), whole) << "cut at " << size;
    }
}

TEST_F(OutboxFileTest, says_which_file_cannot_be_opened) {
    const auto outbox = OutboxFile::open(folder_.at("none/outbox.jsonl"));
    ASSERT_FALSE(outbox);
    EXPECT_EQ(outbox.error().code, "CL020");
    EXPECT_EQ(outbox.error().args[0], folder_.at("none/outbox.jsonl"));
}

TEST_F(OutboxFileTest, a_full_disk_puts_effects_off_and_leaves_no_half_line) {
    auto outbox = OutboxFile::open("/dev/full");
    ASSERT_TRUE(outbox);
    const auto answers = (*outbox)->perform({effect("a")});
    EXPECT_EQ(answers[0].outcome, ports::Performed::Outcome::later);
    EXPECT_EQ(answers[0].why, "No space left on device");
}

std::size_t lines_in(const std::string& path) {
    const std::string text = testing::read_file(path);
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

TEST_F(OutboxFileTest, learns_what_others_appended_to_the_same_file) {
    auto one = OutboxFile::open(path_);
    auto other = OutboxFile::open(path_);
    ASSERT_TRUE(one && other);
    (*one)->perform({effect("a"), effect("b")});
    (*other)->perform({effect("b"), effect("c")});
    (*one)->perform({effect("c"), effect("a")});
    EXPECT_EQ(lines_in(path_), 3U);
}

// Nodes are processes: four of them want to write the same two hundred keys, batch by batch.
TEST_F(OutboxFileTest, processes_that_race_write_each_key_once) {
    constexpr int kWriters = 4;
    std::vector<pid_t> writers;
    for (int writer = 0; writer < kWriters; ++writer) {
        const pid_t child = fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            auto outbox = OutboxFile::open(path_, false);
            for (int i = 0; outbox && i < 200; i += 5) {
                std::vector<ports::Message> batch;
                for (int j = 0; j < 5; ++j) batch.push_back(effect("k" + std::to_string(i + j)));
                (*outbox)->perform(batch);
            }
            _exit(outbox ? 0 : 1);
        }
        writers.push_back(child);
    }
    for (const pid_t writer : writers) {
        int status = 0;
        waitpid(writer, &status, 0);
        EXPECT_EQ(status, 0);
    }
    EXPECT_EQ(lines_in(path_), 200U);
}

TEST_F(OutboxFileTest, a_line_that_another_process_left_without_its_end_goes_first) {
    auto outbox = OutboxFile::open(path_);
    ASSERT_TRUE(outbox);
    (*outbox)->perform({effect("a")});
    std::ofstream(path_, std::ios::app) << "{\"key\":\"b\",\"at\":\"19";
    (*outbox)->perform({effect("b")});
    EXPECT_EQ(lines_in(path_), 2U);
    EXPECT_EQ(testing::read_file(path_).find("\"19{"), std::string::npos);
}

TEST_F(OutboxFileTest, a_file_that_was_moved_away_is_made_anew) {
    auto outbox = OutboxFile::open(path_);
    ASSERT_TRUE(outbox);
    (*outbox)->perform({effect("a")});
    ASSERT_EQ(rename(path_.c_str(), (path_ + ".1").c_str()), 0);
    (*outbox)->perform({effect("a"), effect("b")});
    EXPECT_EQ(lines_in(path_), 1U) << "a stands in the file that was moved";
    EXPECT_NE(testing::read_file(path_).find("\"key\":\"b\""), std::string::npos);
}

TEST(RecentKeys, the_latest_are_known_and_memory_is_bounded) {
    RecentKeys keys;
    for (std::size_t i = 0; i < 2 * RecentKeys::kMost; ++i) keys.insert(std::to_string(i));
    EXPECT_TRUE(keys.contains(std::to_string(2 * RecentKeys::kMost - 1)));
    EXPECT_TRUE(keys.contains(std::to_string(RecentKeys::kMost)));
    EXPECT_FALSE(keys.contains("0"));
}

}  // namespace
}  // namespace pintu::files
