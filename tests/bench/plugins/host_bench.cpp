// What a plugin in a process of its own costs, and a bare echo between two processes beside it:
// host_bench PINTU_HOST PLUGIN CRASHING_PLUGIN.
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "plugins/host/launch.hpp"

namespace {

using namespace pintu;
using Clock = std::chrono::steady_clock;
using plugins::Milliseconds;

constexpr auto kPatience = Milliseconds(5'000);

class Nothing : public plugins::Services {
  public:
    plugins::Answer ask(std::string_view, std::string_view) override {
        return {plugins::Status::ok, R"({"now_us":1})", ""};
    }
    Connection connect(std::string_view, std::uint16_t, Milliseconds) override { return {}; }
};

[[noreturn]] void give_up(const Error& error) {
    std::fprintf(stderr, "%s", error.code.c_str());
    for (const auto& arg : error.args) std::fprintf(stderr, " %s", arg.c_str());
    std::fprintf(stderr, "\n");
    std::exit(1);
}

double us_since(Clock::time_point begun) {
    return std::chrono::duration<double, std::micro>(Clock::now() - begun).count();
}

double print(const char* what, std::vector<double> us) {
    std::sort(us.begin(), us.end());
    const auto at = [&](double part) {
        return us[std::min(us.size() - 1,
                           static_cast<std::size_t>(part * static_cast<double>(us.size())))];
    };
    std::printf("%-44s p50 %9.1f us   p99 %9.1f us   most %9.1f us\n", what, at(0.5), at(0.99),
                us.back());
    return at(0.5);
}

std::unique_ptr<plugins::Guest> ready(plugins::Launcher& launcher, const char* file,
                                      plugins::Services& services) {
    plugins::Launch launch;
    launch.name = "bench";
    launch.file = file;
    auto guest = launcher.launch(launch, services);
    if (!guest) give_up(guest.error());
    if (const auto started = (*guest)->start("{}", kPatience); !started) give_up(started.error());
    return std::move(*guest);
}

double round_trips(plugins::Guest& guest, const char* what, std::size_t bytes, int count) {
    const std::string question =
        R"({"fact":"bahaya","arguments":{"isi":")" + std::string(bytes - 40, 'x') + "\"}}";
    std::vector<double> us;
    for (int i = 0; i < count; ++i) {
        const auto begun = Clock::now();
        if (const auto answer = guest.call("fact.answer", question, kPatience); !answer)
            give_up(answer.error());
        us.push_back(us_since(begun));
    }
    return print(what, us);
}

// The physical limit: the same bytes over a socket pair, read and written by another process that
// does nothing else.
double bare_echo(std::size_t bytes, int count) {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) std::exit(1);
    std::string text(bytes, 'x');
    const auto move_all = [&](int end) {
        std::size_t got = 0;
        for (ssize_t n; got < text.size() && (n = ::read(end, &text[got], text.size() - got)) > 0;)
            got += static_cast<std::size_t>(n);
        return got == text.size();
    };
    const pid_t other = ::fork();
    if (other == 0) {
        ::close(ends[0]);
        while (move_all(ends[1]) && ::write(ends[1], text.data(), text.size()) > 0) {
        }
        ::_exit(0);
    }
    ::close(ends[1]);
    std::vector<double> us;
    for (int i = 0; i < count; ++i) {
        const auto begun = Clock::now();
        if (::write(ends[0], text.data(), text.size()) < 0 || !move_all(ends[0])) std::exit(1);
        us.push_back(us_since(begun));
    }
    ::close(ends[0]);
    return print("a bare echo of another process, 100 bytes", us);
}

void spawns(plugins::Launcher& launcher, const char* file, plugins::Services& services) {
    std::vector<double> us;
    for (int i = 0; i < 100; ++i) {
        const auto begun = Clock::now();
        const auto guest = ready(launcher, file, services);
        us.push_back(us_since(begun));
    }
    print("from nothing until it is ready", us);
}

// From the call in which it crashes until the engine has the error, and until the next one answers.
void crashes(plugins::Launcher& launcher, const char* crashing, const char* good,
             plugins::Services& services) {
    std::vector<double> known;
    std::vector<double> over;
    for (int i = 0; i < 100; ++i) {
        const auto guest = ready(launcher, crashing, services);
        const auto begun = Clock::now();
        const auto answer = guest->call("fact.answer", "{}", kPatience);
        if (answer) std::exit(1);
        known.push_back(us_since(begun));
        const auto next = ready(launcher, good, services);
        if (const auto right = next->call("fact.answer", "{}", kPatience); !right)
            give_up(right.error());
        over.push_back(us_since(begun));
    }
    print("a crash, until the engine knows", known);
    print("a crash, until another one has answered", over);
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 4) return 64;
    auto launcher = plugins::Launcher::start(arguments[1]);
    if (!launcher) give_up(launcher.error());
    std::printf("sandbox: %s\n", (*launcher)->sandbox().words().c_str());
    Nothing services;
    const auto guest = ready(**launcher, arguments[2], services);
    round_trips(*guest, "there and back, 100 bytes, at first", 100, 1'000);
    const double ours = round_trips(*guest, "there and back, 100 bytes", 100, 20'000);
    const double bare = bare_echo(100, 20'000);
    std::printf("there and back / a bare echo: %.2f (wanted of the first: 20 us at most)\n",
                ours / bare);
    round_trips(*guest, "there and back, 4 KiB", 4'096, 10'000);
    round_trips(*guest, "there and back, 64 KiB", 65'536, 2'000);
    spawns(**launcher, arguments[2], services);
    crashes(**launcher, arguments[3], arguments[2], services);
    return 0;
}
