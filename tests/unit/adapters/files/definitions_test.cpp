#include "adapters/files/definitions.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "adapters/files/whole_file.hpp"
#include "engine/messages/messages.hpp"
#include "tests/support/files.hpp"
#include "tests/support/golden.hpp"

namespace pintu::files {
namespace {

namespace fs = std::filesystem;

class Folder : public ::testing::Test {
  protected:
    void put(const std::string& path, const std::string& text) {
        fs::create_directories((root_ / path).parent_path());
        testing::write_file((root_ / path).string(), text);
    }
    std::string failure() const {
        const auto read = read_definitions(root_.string());
        return read ? "" : read.error().code;
    }
    std::vector<std::string> paths() const {
        std::vector<std::string> paths;
        const auto read = read_definitions(root_.string());
        for (const auto& file : read.value().files) paths.push_back(file.path);
        return paths;
    }
    testing::TemporaryFolder folder_;
    const fs::path root_ = folder_.path();
};

using Paths = std::vector<std::string>;

TEST_F(Folder, reads_definitions_in_order_and_nothing_else) {
    put("workflows/64-kaltim/registry.yaml", "b");
    put("rules/nasional/a.rules", "a");
    put("rules/nasional/lama/c.csv", "c");
    put("rules/nasional/.a.rules.swp", "x");
    put("rules/nasional/a.rules~", "x");
    put("pintu.yaml", "store: x");
    put("var/pintu.db", "x");
    put("README.md", "x");
    EXPECT_EQ(paths(), (Paths{"pintu.yaml", "rules/nasional/a.rules", "rules/nasional/lama/c.csv",
                              "workflows/64-kaltim/registry.yaml"}));
}

TEST_F(Folder, brings_the_zones_that_calendars_name) {
    put("workflows/64-kaltim/c.yaml", "calendar: 64\nzone: Asia/Makassar\n");
    put("workflows/64.09-ppu/c.yaml", "calendar: 64.09\nzone: Asia/Penajam\n");
    const auto read = read_definitions(root_.string());
    ASSERT_TRUE(read);
    ASSERT_EQ(read->files.size(), 3U);
    EXPECT_EQ(read->files[2].path, "zoneinfo/Asia/Makassar");
    EXPECT_EQ(read->files[2].bytes.substr(0, 4), "TZif");
}

std::string words_of(Error error, const std::string& root) {
    for (auto& arg : error.args)
        if (arg.rfind(root, 0) == 0) arg = "FOLDER" + arg.substr(root.size());
    const auto en = messages::render(error, messages::Language::english);
    const auto id = messages::render(error, messages::Language::indonesian);
    return error.code + ": " + en.message + "\n  " + en.hint + "\n  " + id.message + "\n  " +
           id.hint + "\n";
}

// Each case in a folder of its own; its name says what is wrong with it.
TEST_F(Folder, says_of_each_fault_what_is_wrong_and_how_to_mend_it) {
    testing::check_golden("files", ".case", [&](const std::string& file, const std::string&) {
        const std::string name = file.substr(0, file.find('.'));
        const std::string root = (root_ / name).string();
        fs::create_directory(root);
        if (name == "no-such-folder") fs::remove(root);
        if (name == "unwritable")
            return words_of(write_file(root + "/none/a.rules", "x").error(), root);
        if (name != "no-such-folder" && name != "no-definitions-in-it")
            put(name + "/rules/nasional/a.rules", "");
        const fs::path rules = fs::path(root) / "rules/nasional";
        if (name == "link-outside") fs::create_symlink("/etc/hostname", rules / "b.rules");
        if (name == "broken-link") fs::create_symlink("nowhere", rules / "b.rules");
        if (name == "too-large") fs::resize_file(rules / "a.rules", kMostBytes + 1);
        return words_of(read_definitions(root).error(), root);
    });
}

TEST_F(Folder, refuses_a_folder_that_holds_no_definitions) {
    EXPECT_EQ(failure(), "BU106");
    EXPECT_EQ(read_definitions((root_ / "none").string()).error().code, "BU101");
    put("file", "x");
    EXPECT_EQ(read_definitions((root_ / "file").string()).error().code, "BU101");
}

TEST_F(Folder, follows_links_inside_only) {
    put("rules/nasional/a.rules", "a");
    put("outside.rules", "rahasia");
    fs::create_symlink("a.rules", root_ / "rules/nasional/b.rules");
    EXPECT_EQ(paths().size(), 2U);
    fs::create_symlink("/etc/hostname", root_ / "rules/nasional/c.rules");
    EXPECT_EQ(failure(), "BU104");
    fs::remove(root_ / "rules/nasional/c.rules");
    fs::create_symlink("nowhere", root_ / "rules/nasional/d.rules");
    EXPECT_EQ(failure(), "BU102");
}

TEST_F(Folder, a_link_to_a_folder_above_makes_no_circle) {
    put("rules/nasional/a.rules", "a");
    fs::create_directory_symlink("..", root_ / "rules/nasional/atas");
    EXPECT_EQ(paths(), Paths{"rules/nasional/a.rules"});
}

TEST_F(Folder, leaves_pipes_alone) {
    put("rules/nasional/a.rules", "a");
    ASSERT_EQ(::mkfifo((root_ / "rules/nasional/b.rules").c_str(), 0600), 0);
    EXPECT_EQ(paths(), Paths{"rules/nasional/a.rules"});
}

TEST_F(Folder, says_so_when_a_file_is_too_large) {
    put("rules/nasional/a.rules", "a");
    fs::resize_file(root_ / "rules/nasional/a.rules", kMostFileBytes + 1);
    EXPECT_EQ(failure(), "BU103");
}

TEST_F(Folder, says_so_when_something_cannot_be_read) {
    if (::geteuid() == 0) GTEST_SKIP() << "root may read everything";
    put("rules/nasional/a.rules", "a");
    fs::permissions(root_ / "rules/nasional/a.rules", fs::perms::none);
    EXPECT_EQ(failure(), "BU102");
}

TEST_F(Folder, its_stamp_moves_with_every_change_and_only_then) {
    put("rules/nasional/a.rules", "a");
    const auto stamp = [&] { return definitions_stamp(root_.string()).value(); };
    const auto first = stamp();
    EXPECT_EQ(stamp(), first);
    put("rules/nasional/a.rules", "ab");
    const auto second = stamp();
    EXPECT_NE(second, first);
    put("rules/nasional/b.rules", "");
    const auto third = stamp();
    EXPECT_NE(third, second);
    const auto file = root_ / "rules/nasional/a.rules";
    fs::last_write_time(file, fs::last_write_time(file) + std::chrono::seconds(1));
    const auto fourth = stamp();
    EXPECT_NE(fourth, third);
    put("README.md", "x");
    EXPECT_EQ(stamp(), fourth);
    fs::remove(root_ / "rules/nasional/b.rules");
    EXPECT_NE(stamp(), fourth);
}

TEST_F(Folder, a_file_is_replaced_whole_and_keeps_its_mode) {
    const std::string path = (root_ / "a.rules").string();
    ASSERT_TRUE(write_file(path, "lama"));
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
    ASSERT_TRUE(write_file(path, std::string(100'000, 'x')));
    EXPECT_EQ(read_file(path, 100'000).value().size(), 100'000U);
    EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_EQ(std::distance(fs::directory_iterator(root_), fs::directory_iterator()), 1);
}

TEST_F(Folder, writing_where_nothing_can_be_written_says_so_and_leaves_nothing) {
    EXPECT_EQ(write_file((root_ / "none/a.rules").string(), "x").error().code, "BU105");
    fs::create_directory(root_ / "folder");
    EXPECT_EQ(write_file((root_ / "folder").string(), "x").error().code, "BU105");
    EXPECT_EQ(std::distance(fs::directory_iterator(root_), fs::directory_iterator()), 1);
}

TEST_F(Folder, reading_something_else_than_a_file_says_so) {
    EXPECT_EQ(read_file(root_.string(), 10).error().code, "BU102");
    EXPECT_EQ(read_file((root_ / "none").string(), 10).error().code, "BU102");
    put("a", "12345");
    EXPECT_EQ(read_file((root_ / "a").string(), 4).error().code, "BU103");
    EXPECT_EQ(read_file((root_ / "a").string(), 5).value(), "12345");
    put("empty", "");
    EXPECT_EQ(read_file((root_ / "empty").string(), 0).value(), "");
}

}  // namespace
}  // namespace pintu::files
