// The checks of hostile_test.cpp can fail: without the sandbox the same attacks get through.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "plugins/host/link/socket.hpp"
#include "tests/hostile/yard.hpp"

namespace pintu::hostile {
namespace {

namespace fs = std::filesystem;

// A file of somebody else's, which the attacker is told of.
class Outside : public ::testing::Test {
  protected:
    void SetUp() override {
        folder_ = fs::temp_directory_path() / ("pintu-hostile-" + std::to_string(::getpid()));
        fs::create_directories(folder_);
        path_ = folder_ / "kasus.db";
        std::ofstream(path_) << "precious";
        fs::permissions(path_, fs::perms(0600));
    }
    void TearDown() override { fs::remove_all(folder_); }

    std::string outcome(plugins::Launcher& launcher, const char* plugin,
                        const std::string& question) {
        return try_out(launcher, launch_of(plugin), services_, question).outcome;
    }
    bool unharmed() const {
        std::string text;
        std::ifstream(path_) >> text;
        struct stat about {};
        return ::stat(path_.c_str(), &about) == 0 && (about.st_mode & 0777U) == 0600 &&
               text == "precious";
    }

    Counter services_;
    fs::path folder_;
    fs::path path_;
};

TEST_F(Outside, files_are_out_of_reach_in_the_sandbox_and_within_it_where_there_is_none) {
    for (const char* plugin :
         {"changes_mode", "renames_outside", "writes_outside", "removes_outside"}) {
        for (int round = 0; round < rounds(); ++round) {
            EXPECT_EQ(outcome(launcher(), plugin, path_), "ok:denied") << plugin;
            ASSERT_TRUE(unharmed()) << plugin;
        }
        EXPECT_EQ(outcome(unconfined_launcher(), plugin, path_), "ok:done") << plugin;
        SetUp();
    }
}

TEST_F(Outside, the_network_is_out_of_reach_in_the_sandbox_and_within_it_where_there_is_none) {
    const plugins::Fd listener(::socket(AF_INET, SOCK_STREAM, 0));
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    auto* address = reinterpret_cast<sockaddr*>(&at);
    ASSERT_EQ(::bind(listener.get(), address, size), 0);
    ASSERT_EQ(::listen(listener.get(), 4), 0);
    ASSERT_EQ(::getsockname(listener.get(), address, &size), 0);
    const auto port = std::to_string(ntohs(at.sin_port));
    EXPECT_EQ(outcome(launcher(), "connects", port), "ok:denied");
    EXPECT_EQ(outcome(launcher(), "makes_sockets", port), "ok:denied");
    // The namespace of the launcher has no network either way: see the socket, not the other end.
    EXPECT_EQ(outcome(unconfined_launcher(), "makes_sockets", port), "ok:done");
}

TEST(Control, attacks_get_through_where_there_is_no_sandbox) {
    Counter services;
    for (const char* plugin : {"fork_bomb", "thread_bomb", "opens_shadow", "lists_folders",
                               "signals_by_fcntl", "maps_code", "loads_more", "raises_limits",
                               "forks_loading", "kills_others", "new_namespaces"})
        EXPECT_EQ(try_out(unconfined_launcher(), launch_of(plugin), services).outcome, "ok:done")
            << plugin;
}

}  // namespace
}  // namespace pintu::hostile
