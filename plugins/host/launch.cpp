#include "plugins/host/launch.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <utility>

#include "plugins/host/launched.hpp"
#include "plugins/host/link/orders.hpp"
#include "plugins/host/process.hpp"

namespace pintu::plugins {
namespace {

constexpr auto kHello = std::chrono::seconds(10);  // a machine that swaps, not one that works
constexpr auto kFarewell = std::chrono::seconds(2);

Deadline in(Milliseconds time) {
    return std::chrono::steady_clock::now() + time;
}

std::string beside_this_program() {
    std::array<char, 4096> path{};
    const ssize_t size = ::readlink("/proc/self/exe", path.data(), path.size() - 1);
    const std::string program(path.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
    return program.substr(0, program.rfind('/') + 1) + "pintu-host";
}

// Nothing of the engine's surroundings but the language and the zone.
std::vector<std::string> surroundings() {
    std::vector<std::string> kept;
    for (const char* name : {"LANG", "TZ"})
        if (const char* value = std::getenv(name)) kept.push_back(std::string(name) + "=" + value);
    return kept;
}

struct Running {
    pid_t pid = -1;
    Fd control;
};

// Standard streams to nowhere, the control socket as 3, nothing else. errno where it cannot be.
int run_host(const std::string& binary, int control, pid_t& pid) {
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    for (const int stream : {0, 1, 2})
        ::posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0);
    ::posix_spawn_file_actions_adddup2(&actions, control, 3);
    ::posix_spawn_file_actions_addclosefrom_np(&actions, 4);
    posix_spawnattr_t attributes;
    ::posix_spawnattr_init(&attributes);
    sigset_t none;
    ::sigemptyset(&none);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    auto texts = surroundings();
    std::vector<char*> environment;
    for (auto& text : texts) environment.push_back(text.data());
    environment.push_back(nullptr);
    std::string name = "pintu-host";
    char* arguments[] = {name.data(), nullptr};
    const int wrong =
        ::posix_spawn(&pid, binary.c_str(), &actions, &attributes, arguments, environment.data());
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    return wrong;
}

// It ends when its socket has; if it does not, it is made to.
void end(Running& running) {
    running.control.reset();
    if (running.pid < 0) return;
    const Fd process(static_cast<int>(::syscall(SYS_pidfd_open, running.pid, 0)));
    if (!process.open() || !wait_readable(process.get(), in(kFarewell)))
        ::kill(running.pid, SIGKILL);
    int status = 0;
    while (::waitpid(std::exchange(running.pid, -1), &status, 0) < 0 && errno == EINTR) {
    }
}

SandboxReport report_of(const Grants& grants) {
    return {grants.no_new_privileges, grants.seccomp,           grants.landlock,
            grants.user_namespaces,   grants.network_namespace, grants.pid_namespace};
}

struct Ends {
    Pair input, output, errors, report;
    bool open() const {
        return input.ours.open() && (output.ours.open() || !output.theirs.open()) &&
               errors.ours.open() && report.ours.open();
    }
};

Ends make_ends(bool program) {
    Ends ends;
    ends.input = program ? make_pipe(false) : make_socket_pair(SOCK_STREAM);
    if (program) ends.output = make_pipe(true);
    ends.errors = make_pipe(true);
    ends.report = make_pipe(true);
    return ends;
}

}  // namespace

std::string SandboxReport::words() const {
    std::string words;
    const auto add = [&](bool there, const std::string& word) {
        if (there) words += (words.empty() ? "" : ", ") + word;
    };
    add(user_namespaces || network_namespace || pid_namespace, "namespaces");
    add(landlock > 0, "landlock " + std::to_string(landlock));
    add(seccomp, "seccomp");
    return words.empty() ? "none" : words;
}

struct Launcher::Inside {
    std::string binary;
    std::mutex one;  // order and answer belong together
    Running running;
    bool ended = false;
    SandboxReport sandbox;

    Result<void> start();
    std::optional<Packet> order(const std::string& bytes, const std::vector<int>& pass);
};

Result<void> Launcher::Inside::start() {
    end(running);
    Pair pair = make_socket_pair(SOCK_SEQPACKET);
    if (!pair.ours.open()) return fail("PL020", binary, std::strerror(errno));
    if (const int wrong = run_host(binary, pair.theirs.get(), running.pid); wrong != 0) {
        running.pid = -1;
        return fail("PL020", binary, std::strerror(wrong));
    }
    running.control = std::move(pair.ours);
    pair.theirs.reset();
    const auto hello = receive_packet(running.control.get(), in(kHello));
    const auto grants = hello ? from_bytes<Grants>(hello->bytes) : std::nullopt;
    if (!grants || grants->version != kLinkVersion) {
        end(running);
        return fail("PL020", binary, hello ? "another version" : "no answer");
    }
    sandbox = report_of(*grants);
    return {};
}

std::optional<Packet> Launcher::Inside::order(const std::string& bytes,
                                              const std::vector<int>& pass) {
    for (int attempt = 0; attempt < 2; ++attempt) {
        if (running.control.open() && send_packet(running.control.get(), bytes, pass, in(kHello)))
            if (auto answer = receive_packet(running.control.get(), in(kHello))) return answer;
        if (attempt == 0 && !start()) return std::nullopt;
    }
    return std::nullopt;
}

Launcher::Launcher() : inside_(std::make_unique<Inside>()) {}

Launcher::~Launcher() {
    end(inside_->running);
}

void Launcher::end_all() {
    const std::lock_guard lock(inside_->one);
    inside_->ended = true;
    end(inside_->running);
}

Result<std::unique_ptr<Launcher>> Launcher::start(const std::string& binary) {
    std::unique_ptr<Launcher> launcher(new Launcher);
    launcher->inside_->binary = binary.empty() ? beside_this_program() : binary;
    if (const auto started = launcher->inside_->start(); !started)
        return Unexpected<Error>{started.error()};
    return launcher;
}

SandboxReport Launcher::sandbox() const {
    const std::lock_guard lock(inside_->one);
    return inside_->sandbox;
}

Result<std::unique_ptr<Child>> Launcher::spawn(const Launch& launch) {
    const bool program = !launch.command.empty();
    const Order order{launch.name,
                      launch.file,
                      launch.folder,
                      launch.command,
                      launch.confinement.readable,
                      launch.confinement.writable,
                      launch.confinement.memory_mb,
                      launch.confinement.open_files};
    const std::string bytes = encode(order);
    if (bytes.size() > kMostPacket) return fail("PL021", launch.name, std::strerror(E2BIG));
    Ends ends = make_ends(program);
    if (!ends.open()) return fail("PL021", launch.name, std::strerror(errno));
    const int input = ends.input.theirs.get();
    const std::vector<int> pass = {input, program ? ends.output.theirs.get() : input,
                                   ends.errors.theirs.get(), ends.report.theirs.get()};
    const std::lock_guard lock(inside_->one);
    if (inside_->ended) return fail("PL021", launch.name, "pintu-host");
    const auto& sandbox = inside_->sandbox;
    if (!sandbox.seccomp || !sandbox.no_new_privileges)
        return fail("PL026", launch.name, sandbox.seccomp ? "no_new_privs" : "seccomp");
    auto answer = inside_->order(bytes, pass);
    const auto made = answer ? from_bytes<Made>(answer->bytes) : std::nullopt;
    if (!made) return fail("PL021", launch.name, "pintu-host");
    if (made->error != 0) return fail("PL021", launch.name, std::strerror(made->error));
    if (answer->passed.size() != 1) return fail("PL021", launch.name, "pidfd");
    return make_child({std::move(ends.input.ours), std::move(ends.output.ours),
                       std::move(ends.errors.ours), std::move(ends.report.ours),
                       std::move(answer->passed.front())});
}

Result<std::unique_ptr<Guest>> Launcher::launch(const Launch& launch, Services& services) {
    auto child = spawn(launch);
    if (!child) return child.unexpected();
    return make_process_guest({launch.name, launch.file}, std::move(*child), services);
}

}  // namespace pintu::plugins
