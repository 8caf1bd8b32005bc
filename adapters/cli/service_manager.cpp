#include "adapters/cli/service_manager.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>

namespace pintu::cli {
namespace {

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

// A status is one line.
std::string one_line(std::string_view text) {
    return std::string(text.substr(0, text.find('\n')));
}

}  // namespace

ServiceManager ServiceManager::from_environment() {
    const std::string pid = variable("WATCHDOG_PID");
    const bool ours = pid.empty() || pid == std::to_string(getpid());
    const std::string wait = variable("WATCHDOG_USEC");
    return {variable("NOTIFY_SOCKET"),
            ours && !wait.empty() ? std::strtoll(wait.c_str(), nullptr, 10) : 0};
}

void ServiceManager::ready(std::string_view status) {
    status_ = one_line(status);
    tell("READY=1\nSTATUS=" + status_);
}

void ServiceManager::status(std::string_view text) {
    const std::string line = one_line(text);
    if (line == status_) return;
    status_ = line;
    tell("STATUS=" + status_);
}

void ServiceManager::stopping() {
    tell("STOPPING=1");
}

void ServiceManager::alive(std::int64_t now_us) {
    constexpr std::int64_t kTimes = 4;
    if (watchdog_us_ <= 0 || (told_us_ != 0 && now_us - told_us_ < watchdog_us_ / kTimes)) return;
    told_us_ = now_us;
    tell("WATCHDOG=1");
}

void ServiceManager::tell(const std::string& text) const {
    sockaddr_un name{};
    if (socket_.empty() || socket_.size() >= sizeof name.sun_path) return;
    name.sun_family = AF_UNIX;
    std::memcpy(name.sun_path, socket_.data(), socket_.size());
    if (name.sun_path[0] == '@') name.sun_path[0] = '\0';
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_.size());
    const int file = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (file < 0) return;
    // Who does not listen is not told again: the next sign of life comes soon.
    [[maybe_unused]] const auto sent =
        sendto(file, text.data(), text.size(), MSG_NOSIGNAL,
               static_cast<const sockaddr*>(static_cast<const void*>(&name)), size);
    close(file);
}

}  // namespace pintu::cli
