// pintu-host: the launcher (plugins/host/launch.hpp), and what it forks into. Started by the engine
// with a control socket as descriptor 3 and nothing else.
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <map>

#include "plugins/host/inside/guest.hpp"
#include "plugins/host/inside/kernel.hpp"

namespace pintu::plugins::inside {
namespace {

constexpr int kControl = 3;
constexpr std::size_t kMostGuests = 256;

class Nursery {
  public:
    Nursery(const Grants& grants, Fd children) : grants_(grants), children_(std::move(children)) {}

    // Until the engine has gone.
    void run() {
        for (;;) {
            auto watched = watch();
            if (::poll(watched.data(), watched.size(), -1) < 0) {
                if (errno == EINTR) continue;
                break;
            }
            for (std::size_t i = 2; i < watched.size(); ++i)  // first: numbers are used again
                if (watched[i].revents != 0) abandon(watched[i].fd);
            if (watched[1].revents != 0) reap();
            if (watched[0].revents != 0 && !serve()) break;
        }
        for (const auto& [pid, report] : guests_) ::kill(pid, SIGKILL);
    }

  private:
    // Nobody writes to us through a report pipe: what comes of it is that nobody reads it any more.
    std::vector<pollfd> watch() const {
        std::vector<pollfd> watched{{kControl, POLLIN, 0}, {children_.get(), POLLIN, 0}};
        for (const auto& [pid, report] : guests_) watched.push_back({report.get(), 0, 0});
        return watched;
    }

    void abandon(int report) {
        for (const auto& [pid, fd] : guests_)
            if (fd.get() == report) ::kill(pid, SIGKILL);
    }

    void reap() {
        signalfd_siginfo ignored[8];
        (void)!::read(children_.get(), ignored, sizeof ignored);
        int status = 0;
        for (pid_t pid; (pid = ::waitpid(-1, &status, WNOHANG)) > 0;) {
            const auto guest = guests_.find(pid);
            if (guest == guests_.end()) continue;
            Report report;
            report.kind = WIFSIGNALED(status) ? Report::Kind::killed : Report::Kind::exited;
            report.number = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
            (void)!::write(guest->second.get(), &report, sizeof report);
            guests_.erase(guest);
        }
    }

    bool serve() {
        auto packet = receive_packet(kControl, std::nullopt);
        if (!packet) return false;
        const auto order = decode_order(packet->bytes);
        if (!order || packet->passed.size() != 4) return answer({EPROTO, 0}, Fd());
        if (guests_.size() >= kMostGuests) return answer({EAGAIN, 0}, Fd());
        const pid_t self = ::getpid();
        const pid_t pid = ::fork();
        if (pid < 0) return answer({errno, 0}, Fd());
        if (pid == 0) become_guest(*order, std::move(packet->passed), grants_, self);
        guests_.emplace(pid, std::move(packet->passed[3]));
        return answer({0, pid}, Fd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))));
    }

    static bool answer(const Made& made, const Fd& process) {
        std::vector<int> pass;
        if (process.open()) pass.push_back(process.get());
        return send_packet(kControl, as_bytes(made), pass, std::nullopt);
    }

    const Grants& grants_;
    Fd children_;
    std::map<pid_t, Fd> guests_;
};

// Whoever stops the engine stops the engine, which then ends us.
void outlive_signals() {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGUSR1, SIGUSR2})
        ::signal(signal, SIG_IGN);
}

Fd watch_children() {
    sigset_t children;
    ::sigemptyset(&children);
    ::sigaddset(&children, SIGCHLD);
    ::sigprocmask(SIG_BLOCK, &children, nullptr);
    return Fd(::signalfd(-1, &children, SFD_CLOEXEC | SFD_NONBLOCK));
}

int launch() {
    (void)::close_range(kControl + 1, ~0U, 0);
    ::setsid();
    outlive_signals();
    const Grants grants = look_at_kernel();
    if (enter_namespaces(grants)) return 1;
    Nursery nursery(grants, watch_children());
    if (!send_packet(kControl, as_bytes(grants), {}, std::nullopt)) return 1;
    nursery.run();
    return 0;
}

}  // namespace
}  // namespace pintu::plugins::inside

#if defined(__SANITIZE_ADDRESS__)
// In its sandbox a guest can neither look for leaks nor explain a crash: it ends as it would.
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() {
    return "detect_leaks=0:handle_segv=0:handle_sigbus=0:handle_sigfpe=0:handle_sigill=0";
}
#endif

int main() {
    return pintu::plugins::inside::launch();
}
