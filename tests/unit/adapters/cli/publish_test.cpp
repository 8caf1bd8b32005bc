// What `pintu publish` says where nodes have different plugins.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "tests/support/files.hpp"
#include "tests/unit/adapters/cli/said.hpp"

namespace pintu::cli {
namespace {

namespace fs = std::filesystem;

// The shipped definitions ask the plugin `teks`.
class PublishCommand : public ::testing::Test {
  protected:
    void SetUp() override {
        const fs::path shipped(PINTU_SOURCE_DIR);
        const fs::path teks = folder_.at("ada/teks");
        fs::create_directories(teks);
        fs::create_directories(folder_.at("kosong"));
        fs::create_directories(folder_.at("definisi"));
        std::string manifest =
            testing::read_file((shipped / "plugins/bundled/teks/plugin.yaml").string());
        const std::string run = "run: libteks.so";
        manifest.replace(manifest.find(run), run.size(), "command: [python3, main.py]");
        testing::write_file((teks / "plugin.yaml").string(), manifest);
        testing::write_file((teks / "main.py").string(), "\n");
        for (const char* part : {"rules", "workflows"})
            fs::copy(shipped / part, folder_.at("definisi/") + part, fs::copy_options::recursive);
    }
    void TearDown() override { unsetenv("PINTU_PLUGINS"); }

    // On a node that has these plugins.
    std::string publish(const std::string& plugins) const {
        setenv("PINTU_PLUGINS", folder_.at(plugins).c_str(), 1);
        const auto said = run({"--store", "sqlite:" + folder_.at("x.db"), "--lang", "en", "-C",
                               folder_.at("definisi"), "--as-of", "2026-03-13", "publish"});
        EXPECT_EQ(said.exit, kDone);
        return said.err;
    }

    testing::TemporaryFolder folder_;
};

TEST_F(PublishCommand, warns_of_a_plugin_that_those_in_force_count_with_and_that_is_not_here) {
    const std::string lost = "Plugin teks is not installed here";
    EXPECT_EQ(publish("kosong").find(lost), std::string::npos) << "nobody had it";
    const auto with = publish("ada");
    EXPECT_NE(with.find("are in force; all nodes"), std::string::npos) << with;
    EXPECT_EQ(with.find(lost), std::string::npos) << with;
    const auto without = publish("kosong");
    EXPECT_NE(without.find("are in force; all nodes"), std::string::npos) << without;
    EXPECT_NE(without.find(lost), std::string::npos) << without;
    EXPECT_EQ(publish("kosong").find(lost), std::string::npos) << "they are in force already";
}

}  // namespace
}  // namespace pintu::cli
