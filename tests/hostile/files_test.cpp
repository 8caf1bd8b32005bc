// Files that are no plugin, or not one for this engine, each with its own error.
#include <elf.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/hostile/yard.hpp"

namespace pintu::hostile {
namespace {

namespace fs = std::filesystem;

class BadFile : public ::testing::Test {
  protected:
    void SetUp() override {
        folder_ = fs::temp_directory_path() / ("pintu-badfile-" + std::to_string(::getpid()));
        fs::create_directories(folder_);
    }
    void TearDown() override { fs::remove_all(folder_); }

    std::string good() const {
        std::ifstream file(file_of("good"), std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    std::string outcome(const std::string& bytes) {
        const auto path = folder_ / "libcoba.so";
        std::ofstream(path, std::ios::binary) << bytes;
        return outcome_of(path);
    }
    std::string outcome_of(const fs::path& path) {
        plugins::Launch launch = launch_of("good");
        launch.file = path;
        return try_out(launcher(), launch, services_).outcome;
    }

    Counter services_;
    fs::path folder_;
};

TEST_F(BadFile, that_is_missing) {
    EXPECT_TRUE(outcome_of(folder_ / "libtidakada.so").starts_with("start PL022 "));
}

TEST_F(BadFile, that_is_text_or_empty) {
    EXPECT_TRUE(outcome("ini bukan pustaka").starts_with("start PL022 "));
    EXPECT_TRUE(outcome("").starts_with("start PL022 "));
}

// Its pages are not there: the loader itself is hit. (The engine looks before: PL111.)
TEST_F(BadFile, that_is_cut_off) {
    EXPECT_TRUE(outcome(good().substr(0, 1000)).starts_with("start PL0"));
}

TEST_F(BadFile, of_another_processor) {
    std::string bytes = good();
    Elf64_Half other = EM_S390;
    bytes.replace(offsetof(Elf64_Ehdr, e_machine), sizeof other,
                  std::string(reinterpret_cast<const char*>(&other), sizeof other));
    EXPECT_TRUE(outcome(bytes).starts_with("start PL022 ")) << outcome(bytes);
}

TEST_F(BadFile, without_the_symbol) {
    std::string bytes = good();
    for (auto at = bytes.find("pintu_plugin_entry"); at != std::string::npos;
         at = bytes.find("pintu_plugin_entry"))
        bytes[at] = 'q';
    EXPECT_TRUE(outcome(bytes).starts_with("start PL023")) << outcome(bytes);
}

TEST_F(BadFile, that_needs_what_is_not_there) {
    std::string bytes = good();
    const auto at = bytes.find("libc.so.6");
    ASSERT_NE(at, std::string::npos);
    bytes[at + 3] = 'q';
    EXPECT_TRUE(outcome(bytes).starts_with("start PL022 ")) << outcome(bytes);
}

// Whatever comes of it: nothing but the guest's own process is hit.
TEST_F(BadFile, of_which_bytes_are_wrong) {
    unsigned noise = 7;
    for (int round = 0; round < 2 * rounds(); ++round) {
        std::string bytes = good();
        for (int i = 0; i < 200; ++i) {
            noise = noise * 1664525U + 1013904223U;
            bytes[64 + noise % (bytes.size() - 64)] = static_cast<char>(noise >> 24U);
        }
        EXPECT_NE(outcome(bytes), "");
        ASSERT_EQ(outcome_of(file_of("good")), "ok:fine");
    }
}

}  // namespace
}  // namespace pintu::hostile
