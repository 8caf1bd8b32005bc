#include <fcntl.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

#include "plugins/host/inside/kernel.hpp"
#include "plugins/host/link/socket.hpp"

namespace pintu::plugins::inside {
namespace {

constexpr int kAround = CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS;
// The most that a kernel may give first.
constexpr std::array<int, 4> kSets = {CLONE_NEWUSER | kAround | CLONE_NEWPID,
                                      CLONE_NEWUSER | kAround, kAround | CLONE_NEWPID,
                                      CLONE_NEWUSER};

bool write_file(const char* path, const std::string& text) {
    const Fd file(::open(path, O_WRONLY | O_CLOEXEC));
    return file.open() &&
           ::write(file.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

// Unmapped ids could make no files.
bool enter(int set) {
    const std::string user = std::to_string(::geteuid());
    const std::string group = std::to_string(::getegid());
    if (::unshare(set) != 0) return false;
    if ((set & CLONE_NEWUSER) == 0) return true;
    (void)write_file("/proc/self/setgroups", "deny");  // older kernels have none
    return write_file("/proc/self/uid_map", user + " " + user + " 1") &&
           write_file("/proc/self/gid_map", group + " " + group + " 1");
}

bool works_elsewhere(int set) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(enter(set) ? 0 : 1);
    int status = 1;
    while (child > 0 && ::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return child > 0 && status == 0;
}

int set_of(const Grants& grants) {
    return (grants.user_namespaces ? CLONE_NEWUSER : 0) | (grants.network_namespace ? kAround : 0) |
           (grants.pid_namespace ? CLONE_NEWPID : 0);
}

// The one that stays outside waits for the other and ends as it did.
[[noreturn]] void stand_for(pid_t child) {
    int status = 0;
    (void)::close_range(3, ~0U, 0);
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    ::_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 1);
}

}  // namespace

void look_at_namespaces(Grants& grants) {
    for (const int set : kSets) {
        if (!works_elsewhere(set)) continue;
        grants.user_namespaces = (set & CLONE_NEWUSER) != 0;
        grants.network_namespace = (set & CLONE_NEWNET) != 0;
        grants.pid_namespace = (set & CLONE_NEWPID) != 0;
        return;
    }
}

Step enter_namespaces(const Grants& grants) {
    const int set = set_of(grants);
    if (set == 0) return std::nullopt;
    if (!enter(set)) return failed("namespaces");
    if (!grants.pid_namespace) return std::nullopt;
    const pid_t child = ::fork();
    if (child < 0) return failed("fork");
    if (child > 0) stand_for(child);
    if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return failed("PR_SET_PDEATHSIG");
    return std::nullopt;
}

bool enter_own_user_namespace() {
    return enter(CLONE_NEWUSER);
}

}  // namespace pintu::plugins::inside
