// Landlock as each version of it that a kernel may have: Debian 12 has 2, this machine its own.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>

#include "plugins/host/inside/kernel.hpp"
#include "plugins/host/link/socket.hpp"

namespace pintu::plugins::inside {
namespace {

namespace fs = std::filesystem;

bool opens(const fs::path& path, int flags) {
    return Fd(::open(path.c_str(), flags | O_CLOEXEC, 0600)).open();
}

// In a process of its own, confined so.
bool holds(const Files& files, int version, const std::function<bool()>& body) {
    const pid_t child = ::fork();
    if (child == 0)
        ::_exit(::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && !confine_files(files, version) &&
                        body()
                    ? 0
                    : 1);
    int status = 1;
    return child > 0 && ::waitpid(child, &status, 0) == child && status == 0;
}

class Landlock : public ::testing::TestWithParam<int> {
  protected:
    void SetUp() override {
        if (look_at_kernel().landlock < GetParam()) GTEST_SKIP() << "not in this kernel";
        folder_ = fs::temp_directory_path() / ("pintu-landlock-" + std::to_string(::getpid()));
        for (const char* name : {"own", "spool", "others"}) {
            fs::create_directories(folder_ / name);
            std::ofstream(folder_ / name / "file") << "words";
        }
    }
    void TearDown() override { fs::remove_all(folder_); }
    fs::path folder_;
};

TEST_P(Landlock, holds_a_guest_to_its_files) {
    const Files files{{folder_ / "own"}, {folder_ / "spool"}, false};
    EXPECT_TRUE(holds(files, GetParam(), [&] {
        return opens(folder_ / "own/file", O_RDONLY) && !opens(folder_ / "own/file", O_WRONLY) &&
               !opens(folder_ / "own/new", O_WRONLY | O_CREAT) &&
               !opens(folder_ / "others/file", O_RDONLY) && !opens("/etc/passwd", O_RDONLY) &&
               !opens("/proc/self/maps", O_RDONLY) && opens("/dev/null", O_WRONLY);
    }));
    EXPECT_TRUE(holds(files, GetParam(), [&] {
        const fs::path spool = folder_ / "spool";
        return opens(spool / "new", O_RDWR | O_CREAT | O_TRUNC) &&
               ::mkdir((spool / "aside").c_str(), 0700) == 0 &&
               ::rename((spool / "new").c_str(), (spool / "also").c_str()) == 0 &&
               ::unlink((spool / "also").c_str()) == 0 &&
               ::symlink("/etc/passwd", (spool / "link").c_str()) != 0 &&
               ::unlink((folder_ / "others/file").c_str()) != 0;
    }));
}

// Before the second version a file could not be moved from one folder to another at all.
TEST_P(Landlock, lets_files_be_moved_within_what_is_writable) {
    const Files files{{}, {folder_ / "spool"}, false};
    fs::create_directories(folder_ / "spool/aside");
    EXPECT_EQ(holds(files, GetParam(),
                    [&] {
                        return ::rename((folder_ / "spool/file").c_str(),
                                        (folder_ / "spool/aside/file").c_str()) == 0;
                    }),
              GetParam() >= 2);
}

INSTANTIATE_TEST_SUITE_P(Version, Landlock, ::testing::Range(1, 8),
                         [](const auto& version) { return std::to_string(version.param); });

}  // namespace
}  // namespace pintu::plugins::inside
