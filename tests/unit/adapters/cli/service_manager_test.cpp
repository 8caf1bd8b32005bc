// Against a real datagram socket, as systemd's.
#include "adapters/cli/service_manager.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>

#include "tests/support/files.hpp"

namespace pintu::cli {
namespace {

// Where systemd would listen; "@" and a name is an abstract socket.
class Listener {
  public:
    explicit Listener(const std::string& address) {
        sockaddr_un name{};
        name.sun_family = AF_UNIX;
        std::memcpy(name.sun_path, address.data(), address.size());
        if (name.sun_path[0] == '@') name.sun_path[0] = '\0';
        file_ = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + address.size());
        EXPECT_EQ(bind(file_, reinterpret_cast<sockaddr*>(&name), size), 0);
    }
    ~Listener() { close(file_); }
    std::string next() const {
        char bytes[1024];
        const auto n = recv(file_, bytes, sizeof bytes, 0);
        return n < 0 ? std::string("(nothing)") : std::string(bytes, static_cast<std::size_t>(n));
    }

  private:
    int file_;
};

std::string abstract_name() {
    return "@pintu-test-" + std::to_string(getpid());
}

TEST(ServiceManager, tells_when_it_is_ready_what_it_does_and_that_it_stops) {
    const Listener systemd(abstract_name());
    ServiceManager manager(abstract_name(), 0);
    manager.ready("runs over x\nand more");
    EXPECT_EQ(systemd.next(), "READY=1\nSTATUS=runs over x");
    manager.status("runs over x");
    EXPECT_EQ(systemd.next(), "(nothing)") << "the same status is not told again";
    manager.status("waits for x");
    EXPECT_EQ(systemd.next(), "STATUS=waits for x");
    manager.stopping();
    EXPECT_EQ(systemd.next(), "STOPPING=1");
}

TEST(ServiceManager, feeds_the_watchdog_four_times_in_its_time_and_not_more) {
    const Listener systemd(abstract_name());
    ServiceManager manager(abstract_name(), 1'000'000);
    int told = 0;
    for (std::int64_t now_us = 1; now_us <= 1'000'001; now_us += 10'000) {
        manager.alive(now_us);
        if (systemd.next() == "WATCHDOG=1") ++told;
    }
    EXPECT_EQ(told, 5);  // at the start, then after each quarter
}

TEST(ServiceManager, nobody_who_asks_is_told_nothing) {
    const Listener systemd(abstract_name());
    ServiceManager("", 1'000'000).ready("x");
    ServiceManager(abstract_name(), 0).alive(1);
    EXPECT_EQ(systemd.next(), "(nothing)");
    ServiceManager(std::string(500, 'x'), 0).ready("too long a path is no socket");
    ServiceManager("/tmp/pintu-no-such-socket", 0).ready("nobody listens");
}

TEST(ServiceManager, reads_the_variables_that_are_meant_for_this_process) {
    const testing::TemporaryFolder folder;
    const std::string path = folder.at("s");
    const Listener systemd(path);
    setenv("NOTIFY_SOCKET", path.c_str(), 1);
    setenv("WATCHDOG_USEC", "1000000", 1);
    setenv("WATCHDOG_PID", "1", 1);
    ServiceManager::from_environment().alive(1);
    EXPECT_EQ(systemd.next(), "(nothing)") << "another process's watchdog";
    setenv("WATCHDOG_PID", std::to_string(getpid()).c_str(), 1);
    ServiceManager::from_environment().alive(1);
    EXPECT_EQ(systemd.next(), "WATCHDOG=1");
    for (const char* name : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"}) unsetenv(name);
}

}  // namespace
}  // namespace pintu::cli
