#include "plugins/host/launched.hpp"

#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstring>

#include "plugins/host/link/orders.hpp"

namespace pintu::plugins {
namespace {

class Launched : public Child {
  public:
    explicit Launched(LaunchedEnds ends) : ends_(std::move(ends)) {}
    ~Launched() override { kill(); }

    int input() const override { return ends_.input.get(); }
    int output() const override {
        return ends_.output.open() ? ends_.output.get() : ends_.input.get();
    }
    int errors() const override { return ends_.errors.get(); }

    void kill() override {
        if (!ended_) ::syscall(SYS_pidfd_send_signal, ends_.process.get(), SIGKILL, nullptr, 0U);
    }

    std::optional<Ended> wait(Milliseconds deadline) override {
        const auto until = std::chrono::steady_clock::now() + deadline;
        while (!ended_ && wait_readable(ends_.report.get(), until)) read_report();
        return ended_;
    }

  private:
    // One report is one write of fewer bytes than a pipe divides.
    void read_report() {
        std::string bytes(sizeof(Report), '\0');
        const ssize_t got = ::read(ends_.report.get(), bytes.data(), bytes.size());
        const auto report =
            got == static_cast<ssize_t>(bytes.size()) ? from_bytes<Report>(bytes) : std::nullopt;
        if (!report) {  // the launcher is gone, and the process with it
            ended_ = Ended{true, SIGKILL, why_};
        } else if (report->kind == Report::Kind::refused) {
            why_ = std::string(report->why, ::strnlen(report->why, sizeof report->why)) + ": " +
                   std::strerror(report->number);
        } else {
            ended_ = Ended{report->kind == Report::Kind::killed, report->number, why_};
        }
    }

    LaunchedEnds ends_;
    std::string why_;
    std::optional<Ended> ended_;
};

}  // namespace

std::string Child::Ended::words() const {
    if (!why.empty()) return why;
    const std::string value = std::to_string(number);
    if (!by_signal) return "exit code " + value;
    const char* name = ::sigabbrev_np(number);
    return "signal " + value + (name ? std::string(" (SIG") + name + ")" : "");
}

std::unique_ptr<Child> make_child(LaunchedEnds ends) {
    return std::make_unique<Launched>(std::move(ends));
}

}  // namespace pintu::plugins
