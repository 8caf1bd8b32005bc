// Kernels that have less: made by a filter that this process puts on itself before it starts a
// launcher, which inherits it.
#include <gtest/gtest.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <functional>

#include "tests/hostile/yard.hpp"

namespace pintu::hostile {
namespace {

// From here on these calls give ENOSYS in this process and all that it starts.
bool forget(const std::vector<unsigned>& calls) {
    std::vector<sock_filter> program = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr))};
    for (const unsigned call : calls) {
        program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1));
        program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS));
    }
    program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
    const sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) == 0;
}

// In a process of its own; what it prints is shown where it fails.
bool holds_without(const std::vector<unsigned>& calls, const std::function<bool()>& body) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(forget(calls) && body() ? 0 : 1);
    int status = 1;
    return child > 0 && ::waitpid(child, &status, 0) == child && status == 0;
}

std::string outcome(plugins::Launcher& launcher, const char* plugin) {
    Counter services;
    return try_out(launcher, launch_of(plugin), services).outcome;
}

constexpr std::initializer_list<unsigned> kLandlock = {
    SYS_landlock_create_ruleset, SYS_landlock_add_rule, SYS_landlock_restrict_self};

TEST(OldKernel, without_landlock_is_told_and_the_rest_holds) {
    EXPECT_TRUE(holds_without(kLandlock, [] {
        const auto launcher = plugins::Launcher::start(PINTU_HOST);
        return launcher && (*launcher)->sandbox().landlock == 0 &&
               (*launcher)->sandbox().words().find("landlock") == std::string::npos &&
               outcome(**launcher, "good") == "ok:fine" &&
               outcome(**launcher, "makes_sockets") == "ok:denied" &&
               outcome(**launcher, "opens_shadow") == "ok:done" &&  // the one thing it held
               outcome(**launcher, "fork_bomb") == "ok:denied";
    }));
}

TEST(OldKernel, without_namespaces_is_told_and_the_rest_holds) {
    EXPECT_TRUE(holds_without({SYS_unshare}, [] {
        const auto launcher = plugins::Launcher::start(PINTU_HOST);
        return launcher && !(*launcher)->sandbox().user_namespaces &&
               !(*launcher)->sandbox().pid_namespace &&
               (*launcher)->sandbox().words().find("namespaces") == std::string::npos &&
               outcome(**launcher, "good") == "ok:fine" &&
               outcome(**launcher, "kills_others") == "ok:denied" &&
               outcome(**launcher, "makes_sockets") == "ok:denied" &&
               outcome(**launcher, "lists_folders") ==
                   ((*launcher)->sandbox().landlock > 0 ? "ok:denied" : "ok:done");
    }));
}

TEST(OldKernel, without_seccomp_runs_no_plugin) {
    EXPECT_TRUE(holds_without({SYS_seccomp}, [] {
        const auto launcher = plugins::Launcher::start(PINTU_HOST);
        return launcher && !(*launcher)->sandbox().seccomp &&
               outcome(**launcher, "good").starts_with("launch PL026");
    }));
}

}  // namespace
}  // namespace pintu::hostile
