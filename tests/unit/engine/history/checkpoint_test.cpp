#include "engine/history/checkpoint.hpp"

#include <gtest/gtest.h>

#include "engine/history/base64.hpp"

namespace pintu::history {
namespace {

const std::string kText =
    "pintu/64.09\n20345\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n"
    "time 2026-03-13T01:30:00Z\n";

Checkpoint sample() {
    return {AgencyCode("64.09"), 20345,
            *digest_from_hex("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
            *parse_instant("2026-03-13T09:30:00+08:00")};
}

TEST(Checkpoint, is_the_body_of_a_tlog_checkpoint) {
    EXPECT_EQ(to_text(sample()), kText);
}

TEST(Checkpoint, reads_back_as_it_was) {
    const auto read = parse_checkpoint(kText);
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, sample());
}

TEST(Checkpoint, may_carry_signatures_after_an_empty_line) {
    const auto read = parse_checkpoint(kText + "\n— pintu.example AbCd\n");
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, sample());
}

TEST(Checkpoint, refuses_whatever_else_and_names_the_line) {
    const std::string root = "bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=";
    const std::string time = "time 2026-03-13T01:30:00Z\n";
    const std::vector<std::pair<std::string, std::string>> table = {
        {"", "1"},
        {"example.org/log\n1\n" + root + "\n" + time, "1"},
        {"pintu/\n1\n" + root + "\n" + time, "1"},
        {std::string(20'000, 'x'), "1"},
        {"pintu/64", "1"},
        {"pintu/64\n", "2"},
        {"pintu/64\n01\n" + root + "\n" + time, "2"},
        {"pintu/64\n-1\n" + root + "\n" + time, "2"},
        {"pintu/64\n18446744073709551616\n" + root + "\n" + time, "2"},
        {"pintu/64\n1\n" + root.substr(1) + "\n" + time, "3"},
        {"pintu/64\n1\nAAAA" + root + "\n" + time, "3"},
        {"pintu/64\n1\n" + root.substr(0, 42) + "1=\n" + time, "3"},
        {"pintu/64\n1\n" + root + "\n", "4"},
        {"pintu/64\n1\n" + root + "\ntime yesterday\n", "4"},
        {"pintu/64\n1\n" + root + "\ntime 2026-03-13T09:30:00+08:00\n", "4"},
        {"pintu/64\n1\n" + root + "\n" + time + "more\n", "5"},
        {"pintu/64\r\n1\r\n" + root + "\r\n" + time, "2"},
    };
    for (const auto& [text, line] : table) {
        const auto read = parse_checkpoint(text);
        ASSERT_FALSE(read) << text;
        EXPECT_EQ(read.error(), (Error{"HI010", {line}})) << text;
    }
}

TEST(Base64, has_one_form_for_each_digest) {
    Digest digest{};
    for (int i = 0; i < 256; ++i) {
        digest[static_cast<std::size_t>(i % 32)] ^= static_cast<std::uint8_t>(i);
        const auto text = to_base64(digest);
        EXPECT_EQ(text.size(), 44U);
        EXPECT_EQ(digest_from_base64(text), digest);
        EXPECT_FALSE(digest_from_base64(text.substr(0, 43)));
        EXPECT_FALSE(digest_from_base64(text + "="));
    }
}

}  // namespace
}  // namespace pintu::history
