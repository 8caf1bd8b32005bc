#include "adapters/plugged/said.hpp"

#include <gtest/gtest.h>

namespace pintu::plugged {
namespace {

const ports::Recipient kBudi{"m-1", "Budi Santoso", "0812", "budi@example.id"};

TEST(Said, keeps_what_helps) {
    EXPECT_EQ(said_of("550 5.1.1 mailbox is full", kBudi), "550 5.1.1 mailbox is full");
    EXPECT_EQ(said_of("", kBudi), "");
    EXPECT_EQ(said_of("kotak\npenuh\x1b[31m", kBudi), "kotak penuh [31m");
}

TEST(Said, names_nobody) {
    EXPECT_EQ(said_of("550 <BUDI@example.id>: tidak ada", kBudi), "550 <...>: tidak ada");
    EXPECT_EQ(said_of("untuk lain@surel.go.id ditolak", kBudi), "untuk ... ditolak");
    EXPECT_EQ(said_of("0812 dan budi santoso, m-1", kBudi), "... dan ..., ...");
    EXPECT_EQ(said_of("nomor +62 811-2345-678 mati", kBudi), "nomor +... mati");
    EXPECT_EQ(said_of("628112345678", kBudi), "...");
}

TEST(Said, is_one_line_of_some_length) {
    EXPECT_EQ(said_of(std::string(300, 'x'), kBudi), std::string(200, 'x') + "...");
}

}  // namespace
}  // namespace pintu::plugged
