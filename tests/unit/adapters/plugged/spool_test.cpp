#include "adapters/plugged/spool.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "tests/support/files.hpp"

namespace pintu::plugged {
namespace {

namespace fs = std::filesystem;

class Spool : public ::testing::Test {
  protected:
    void SetUp() override {
        fs::create_directories(folder_ + "/dalam");
        std::ofstream(folder_ + "/dalam/a.txt") << "bukti";
        std::ofstream(above_.at("rahasia.txt")) << "rahasia";
        fs::create_symlink("../rahasia.txt", folder_ + "/tautan");
        fs::create_symlink("dalam", folder_ + "/folder");
        fs::create_symlink("/", folder_ + "/akar");
        ASSERT_EQ(mkfifo((folder_ + "/pipa").c_str(), 0600), 0);
    }
    std::string read(const std::string& path, std::int64_t most = 1000) {
        const auto bytes = read_spooled(folder_, path, most);
        return bytes ? *bytes : bytes.error().code;
    }
    testing::TemporaryFolder above_;
    const std::string folder_ = above_.at("spool");
};

TEST_F(Spool, files_below_it_are_read) {
    EXPECT_EQ(read("dalam/a.txt"), "bukti");
    EXPECT_EQ(read(folder_ + "/dalam/a.txt"), "bukti");
    EXPECT_EQ(read("dalam/a.txt", 5), "bukti");
    EXPECT_EQ(read("dalam/a.txt", 4), "EV001");
}

TEST_F(Spool, nothing_leads_out_of_it) {
    for (const std::string path :
         {"../rahasia.txt", "dalam/../../rahasia.txt", "tautan", "folder/a.txt", "akar/etc/passwd",
          "/etc/passwd", "pipa", "dalam", "."})
        EXPECT_EQ(read(path), "EV002") << path;
    EXPECT_EQ(read(std::string("dalam/a.txt\0b", 13)), "EV002");
}

TEST_F(Spool, what_is_not_there_is_told) {
    EXPECT_EQ(read("tidak-ada"), "EV003");
    EXPECT_EQ(read(""), "EV003");
    EXPECT_EQ(read(std::string(5000, 'a')), "EV003");
    fs::remove_all(folder_);
    EXPECT_EQ(read("dalam/a.txt"), "EV003");
}

}  // namespace
}  // namespace pintu::plugged
