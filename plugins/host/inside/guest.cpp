#include "plugins/host/inside/guest.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

#include "plugins/host/inside/kernel.hpp"

namespace pintu::plugins::inside {
namespace {

constexpr int kReport = 4;

[[noreturn]] void refuse(const Failed& failed) {
    Report report{Report::Kind::refused, failed.number, {}};
    failed.step.copy(report.why, sizeof report.why - 1);
    (void)!::write(kReport, &report, sizeof report);
    ::_exit(1);
}

void take(const Step& step) {
    if (step) refuse(*step);
}

void forget_signals(bool program) {
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::signal(SIGCHLD, SIG_DFL);
    ::signal(SIGPIPE, program ? SIG_DFL : SIG_IGN);
}

// 0, 1, 2: its streams; 3: its socket; 4: the report. A plugin that is only a library has no
// standard input, and what it prints goes where its complaints go.
void arrange(std::vector<Fd> passed, bool program) {
    std::vector<int> high;
    for (auto& fd : passed) high.push_back(::fcntl(fd.get(), F_DUPFD_CLOEXEC, 16));
    const int null = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    ::dup2(program ? high[0] : null, 0);
    ::dup2(program ? high[1] : high[2], 1);
    ::dup2(high[2], 2);
    ::dup2(program ? null : high[0], kPluginSocket);
    ::dup3(high[3], kReport, O_CLOEXEC);
    if (program) ::fcntl(kPluginSocket, F_SETFD, FD_CLOEXEC);
    passed.clear();
    (void)::close_range(kReport + 1, ~0U, 0);
    // What nobody reads in time is lost, and holds up nobody.
    if (!program) (void)::fcntl(2, F_SETFL, O_NONBLOCK);
}

// The first to go where memory runs out.
void offer_to_the_killer() {
    const Fd file(::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC));
    if (file.open()) (void)!::write(file.get(), "1000", 4);
}

std::string folder_of(const std::string& file) {
    const auto slash = file.rfind('/');
    return slash == std::string::npos || slash == 0 ? "/" : file.substr(0, slash);
}

void confine(const Order& order, const Grants& grants, const char* program) {
    if (!kConfined) return;
    const bool counted = grants.user_namespaces && enter_own_user_namespace();
    offer_to_the_killer();
    Files files{order.readable, order.writable, program != nullptr};
    files.readable.push_back(program ? order.folder : folder_of(order.file));
    take(drop_privileges());
    take(limit({order.memory_mb, order.open_files, program != nullptr, counted}));
    take(confine_files(files, grants.landlock));
    take(confine_calls(program));
}

}  // namespace

void become_guest(const Order& order, std::vector<Fd> passed, const Grants& grants,
                  pid_t launcher) {
    const bool runs = !order.command.empty();
    forget_signals(runs);
    ::setsid();
    (void)::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != launcher) ::_exit(1);  // it was gone before the line above
    (void)::prctl(PR_SET_NAME, order.name.c_str());
    arrange(std::move(passed), runs);
    ::umask(077);
    if (::chdir(order.folder.empty() ? "/" : order.folder.c_str()) != 0)
        refuse(failed(order.folder));
    if (runs) {
        const Program program = find_program(order);
        if (program.path.empty()) refuse({order.command.front(), ENOENT});
        confine(order, grants, program.path.c_str());
        run_program(program);
        refuse(failed(program.path));
    }
    confine(order, grants, nullptr);
    ::close(kReport);
    serve_plugin(order.file, Fd(kPluginSocket));
}

}  // namespace pintu::plugins::inside
