#include "adapters/files/outbox_file.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>

#include "tests/support/files.hpp"

namespace pintu::files {
namespace {

class OutboxFileTest : public ::testing::Test {
  protected:
    void SetUp() override {
        char pattern[] = "/tmp/pintu-outbox-XXXXXX";
        ASSERT_NE(mkdtemp(pattern), nullptr);
        folder_ = pattern;
        path_ = folder_ + "/outbox.jsonl";
    }
    void TearDown() override {
        unlink(path_.c_str());
        rmdir(folder_.c_str());
    }
    static cases::Effect effect(const std::string& key) {
        cases::Effect e;
        e.key = EffectKey(key);
        e.kind = "acknowledge";
        e.persons = {PersonId("p-1")};
        return e;
    }
    std::string folder_;
    std::string path_;
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
    const auto outbox = OutboxFile::open(folder_ + "/none/outbox.jsonl");
    ASSERT_FALSE(outbox);
    EXPECT_EQ(outbox.error().code, "CL020");
    EXPECT_EQ(outbox.error().args[0], folder_ + "/none/outbox.jsonl");
}

TEST_F(OutboxFileTest, a_full_disk_puts_effects_off_and_leaves_no_half_line) {
    auto outbox = OutboxFile::open("/dev/full");
    ASSERT_TRUE(outbox);
    const auto answers = (*outbox)->perform({effect("a")});
    EXPECT_EQ(answers[0].outcome, ports::Performed::Outcome::later);
    EXPECT_EQ(answers[0].why, "No space left on device");
}

}  // namespace
}  // namespace pintu::files
