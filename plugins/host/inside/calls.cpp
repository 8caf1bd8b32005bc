// Which system calls a guest has. What is not named here gives EPERM; what is only ever an attack
// ends the process at once. Arguments that are pointers cannot be looked at, so nothing here leans
// on one (but for the one program that may be run: its path's address is known to nobody else).
#include <fcntl.h>
#include <linux/sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <memory>

#include "plugins/host/inside/kernel.hpp"

namespace pintu::plugins::inside {
namespace {

constexpr std::array kAllowed = {
    // memory and time
    "brk", "munmap", "mremap", "madvise", "mlock", "munlock", "msync", "membarrier",
    "clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time",
    "times", "alarm", "getitimer", "setitimer",
    // descriptors that it has
    "read", "write", "readv", "writev", "pread64", "pwrite64", "preadv", "pwritev", "preadv2",
    "pwritev2", "lseek", "_llseek", "close", "close_range", "dup", "dup2", "dup3", "fstat",
    "fstat64", "ftruncate", "fsync", "fdatasync", "fallocate", "fadvise64", "flock", "sendfile",
    "copy_file_range", "splice", "poll", "ppoll", "select", "pselect6", "epoll_create",
    "epoll_create1", "epoll_ctl", "epoll_wait", "epoll_pwait", "epoll_pwait2", "eventfd2", "pipe",
    "pipe2", "timerfd_create", "timerfd_settime", "timerfd_gettime", "send", "sendto", "sendmsg",
    "recv", "recvfrom", "recvmsg", "shutdown", "getsockopt", "setsockopt", "getsockname",
    "getpeername",
    // files, as far as Landlock lets it
    "stat", "stat64", "lstat", "lstat64", "newfstatat", "fstatat64", "statx", "statfs", "fstatfs",
    "access", "faccessat", "faccessat2", "readlink", "readlinkat", "getdents", "getdents64",
    "getcwd", "chdir", "fchdir", "rename", "renameat", "renameat2", "unlink", "unlinkat", "mkdir",
    "mkdirat", "rmdir", "umask",
    // itself
    "exit", "exit_group", "futex", "futex_waitv", "set_tid_address", "set_robust_list",
    "get_robust_list", "rseq", "arch_prctl", "restart_syscall", "rt_sigaction", "rt_sigprocmask",
    "rt_sigreturn", "rt_sigpending", "rt_sigsuspend", "rt_sigtimedwait", "sigaltstack", "pause",
    "getpid", "getppid", "gettid", "getuid", "geteuid", "getgid", "getegid", "getresuid",
    "getresgid", "getgroups", "getpgrp", "getpgid", "getsid", "getrlimit", "getrusage", "uname",
    "sysinfo", "getrandom", "getcpu", "sched_yield", "sched_getaffinity", "sched_getparam",
    "sched_getscheduler", "sched_get_priority_max", "sched_get_priority_min", "getpriority",
    "capget"};

// Nothing that a plugin is for has a use for one of them.
constexpr std::array kDeadly = {"execve",
                                "execveat",
                                "ptrace",
                                "process_vm_readv",
                                "process_vm_writev",
                                "process_madvise",
                                "kcmp",
                                "bpf",
                                "perf_event_open",
                                "userfaultfd",
                                "keyctl",
                                "add_key",
                                "request_key",
                                "mount",
                                "umount2",
                                "pivot_root",
                                "chroot",
                                "setns",
                                "unshare",
                                "open_tree",
                                "move_mount",
                                "fsopen",
                                "fsmount",
                                "fsconfig",
                                "fspick",
                                "mount_setattr",
                                "init_module",
                                "finit_module",
                                "delete_module",
                                "kexec_load",
                                "kexec_file_load",
                                "reboot",
                                "swapon",
                                "swapoff",
                                "iopl",
                                "ioperm",
                                "open_by_handle_at",
                                "settimeofday",
                                "clock_settime",
                                "adjtimex",
                                "clock_adjtime",
                                "sethostname",
                                "setdomainname",
                                "acct",
                                "quotactl",
                                "syslog",
                                "vhangup",
                                "personality",
                                "setuid",
                                "setgid",
                                "setreuid",
                                "setregid",
                                "setresuid",
                                "setresgid",
                                "setgroups",
                                "setfsuid",
                                "setfsgid",
                                "capset",
                                "pidfd_getfd",
                                "pidfd_send_signal"};

// Libraries try these and manage without, if they are told that there is no such call.
constexpr std::array kUnknown = {"clone3",  "io_uring_setup", "io_uring_enter", "io_uring_register",
                                 "openat2", "pidfd_open",     "memfd_secret"};

struct Release {
    void operator()(void* filter) const { seccomp_release(filter); }
};
using Filter = std::unique_ptr<void, Release>;

// A list of rules that are added one after another; the first that fails is remembered.
class Rules {
  public:
    explicit Rules(std::uint32_t otherwise) : filter_(seccomp_init(otherwise)) {
        if (!filter_) wrong_ = -ENOMEM;
    }
    template <class... Comparisons>
    void add(std::uint32_t action, const char* call, Comparisons... comparisons) {
        const int number = seccomp_syscall_resolve_name(call);
        if (number == __NR_SCMP_ERROR || wrong_ != 0) return;  // of a later kernel than the library
        const int added =
            seccomp_rule_add(filter_.get(), action, number, sizeof...(comparisons), comparisons...);
        // -EACCES: it is what would happen anyway. -EDOM: this machine has no such call.
        if (added != 0 && added != -EACCES && added != -EDOM) wrong_ = added;
    }
    Step load() {
        if (wrong_ == 0)
            wrong_ =
                seccomp_attr_set(filter_.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
        if (wrong_ == 0) wrong_ = seccomp_attr_set(filter_.get(), SCMP_FLTATR_CTL_OPTIMIZE, 2);
        if (wrong_ == 0) wrong_ = seccomp_load(filter_.get());
        if (wrong_ == 0) return std::nullopt;
        return Failed{"seccomp", -wrong_};
    }

  private:
    Filter filter_;
    int wrong_ = 0;
};

scmp_arg_cmp is(unsigned argument, std::uint64_t value) {
    return SCMP_CMP64(argument, SCMP_CMP_EQ, value);
}
scmp_arg_cmp masked(unsigned argument, std::uint64_t mask, std::uint64_t value) {
    return SCMP_CMP64(argument, SCMP_CMP_MASKED_EQ, mask, value);
}

// Truncating what it only may read, and descriptors that cannot be looked into, are left out.
void allow_opening(Rules& rules) {
    constexpr std::uint64_t kNever = O_PATH | (O_TMPFILE & ~O_DIRECTORY) | O_TRUNC;
    constexpr std::uint64_t kMode = O_ACCMODE;
    for (const auto& [call, flags] : {std::pair{"open", 1U}, std::pair{"openat", 2U}}) {
        rules.add(SCMP_ACT_ALLOW, call, masked(flags, kNever, 0));
        rules.add(SCMP_ACT_ALLOW, call, masked(flags, kNever | kMode, O_TRUNC | O_WRONLY));
        rules.add(SCMP_ACT_ALLOW, call, masked(flags, kNever | kMode, O_TRUNC | O_RDWR));
    }
    rules.add(SCMP_ACT_ALLOW, "creat");
}

void allow_about_itself(Rules& rules) {
    const auto self = static_cast<std::uint64_t>(::getpid());
    for (const char* call : {"tgkill", "kill"}) rules.add(SCMP_ACT_ALLOW, call, is(0, self));
    rules.add(SCMP_ACT_ALLOW, "prlimit64", is(0, 0));
    rules.add(SCMP_ACT_ALLOW, "setrlimit");
    for (const int option : {PR_SET_NAME, PR_GET_NAME, PR_CAPBSET_READ, 0x53564d41 /* VMA names */})
        rules.add(SCMP_ACT_ALLOW, "prctl", is(0, static_cast<std::uint64_t>(option)));
    for (const std::uint64_t request : {FIONBIO, FIONREAD, FIOCLEX, FIONCLEX, TCGETS, TIOCGWINSZ})
        rules.add(SCMP_ACT_ALLOW, "ioctl", masked(1, 0xffffffffU, request));
    // No command that makes the kernel signal somebody else.
    for (const int command :
         {F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETLK, F_SETLK, F_SETLKW, F_OFD_GETLK,
          F_OFD_SETLK, F_OFD_SETLKW, F_DUPFD_CLOEXEC, F_GETPIPE_SZ})
        for (const char* call : {"fcntl", "fcntl64"})
            rules.add(SCMP_ACT_ALLOW, call, is(1, static_cast<std::uint64_t>(command)));
    // A connected pair of its own: a stream, so that nothing can be sent elsewhere by name.
    for (const std::uint64_t more :
         {0, int{SOCK_CLOEXEC}, int{SOCK_NONBLOCK}, SOCK_CLOEXEC | SOCK_NONBLOCK})
        rules.add(SCMP_ACT_ALLOW, "socketpair", is(0, AF_UNIX), is(1, SOCK_STREAM | more));
}

// A library's code is mapped from a file; code that is written at run time is not for plugins.
void allow_plugin_memory(Rules& rules) {
    for (const char* call : {"mmap", "mmap2"}) {
        rules.add(SCMP_ACT_ALLOW, call, masked(2, PROT_EXEC, 0));
        rules.add(SCMP_ACT_ALLOW, call, masked(2, PROT_EXEC | PROT_WRITE, PROT_EXEC),
                  masked(3, MAP_ANONYMOUS, 0));
    }
    rules.add(SCMP_ACT_ALLOW, "mprotect", masked(2, PROT_EXEC, 0));
}

// An interpreter compiles as it runs, and has threads; memory that is shared with nobody would not
// be counted as its own.
void allow_program_memory(Rules& rules) {
    for (const char* call : {"mmap", "mmap2"}) {
        rules.add(SCMP_ACT_ALLOW, call, masked(3, MAP_ANONYMOUS, 0));
        rules.add(SCMP_ACT_ALLOW, call, masked(3, MAP_SHARED, 0));
    }
    for (const char* call : {"mprotect", "pkey_alloc", "pkey_free", "pkey_mprotect",
                             "sched_setaffinity", "sched_setscheduler", "mbind", "get_mempolicy"})
        rules.add(SCMP_ACT_ALLOW, call);
    rules.add(SCMP_ACT_ALLOW, "clone", masked(0, CLONE_THREAD | CLONE_NEWUSER, CLONE_THREAD));
}

bool may_be_unknown(const char* call) {  // where a sanitizer runs beside the plugin
#if defined(__SANITIZE_ADDRESS__)
    return std::string_view(call) == "personality";
#else
    (void)call;
    return false;
#endif
}

}  // namespace

Step confine_calls(const char* program) {
    Rules rules(SCMP_ACT_ERRNO(EPERM));
    for (const char* call : kAllowed) rules.add(SCMP_ACT_ALLOW, call);
    for (const char* call : kUnknown) rules.add(SCMP_ACT_ERRNO(ENOSYS), call);
    // Sockets come connected; libcurl 7.88 connects them again all the same. Told that this is
    // under way, it looks and finds that it is done. Nothing is connected anywhere.
    rules.add(SCMP_ACT_ERRNO(EINPROGRESS), "connect");
    for (const char* call : kDeadly) {
        if (may_be_unknown(call)) continue;
        if (program != nullptr && std::string_view(call) == "execve")
            rules.add(SCMP_ACT_ALLOW, call, is(0, reinterpret_cast<std::uintptr_t>(program)));
        else
            rules.add(SCMP_ACT_KILL_PROCESS, call);
    }
    allow_opening(rules);
    allow_about_itself(rules);
    if (program != nullptr) {
        allow_program_memory(rules);
    } else {
        allow_plugin_memory(rules);
        // A second filter comes once it has started.
        rules.add(SCMP_ACT_ALLOW, "seccomp");
        rules.add(SCMP_ACT_ALLOW, "prctl", is(0, PR_SET_SECCOMP));
        rules.add(SCMP_ACT_ALLOW, "prctl", is(0, PR_SET_NO_NEW_PRIVS));
    }
    return rules.load();
}

Step freeze_code() {
    Rules rules(SCMP_ACT_ALLOW);
    for (const char* call : {"mmap", "mmap2", "mprotect", "pkey_mprotect"})
        rules.add(SCMP_ACT_ERRNO(EPERM), call, masked(2, PROT_EXEC, PROT_EXEC));
    rules.add(SCMP_ACT_ERRNO(EPERM), "seccomp");
    rules.add(SCMP_ACT_ERRNO(EPERM), "prctl", is(0, PR_SET_SECCOMP));
    return rules.load();
}

}  // namespace pintu::plugins::inside
