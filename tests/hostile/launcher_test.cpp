#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "plugins/host/link/socket.hpp"
#include "tests/hostile/yard.hpp"

namespace pintu::hostile {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using plugins::Milliseconds;

std::string first_line(const fs::path& path) {
    std::string line;
    std::ifstream file(path);
    std::getline(file, line, '\0');
    return line;
}

pid_t parent_of(pid_t pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string all;
    std::getline(file, all);
    const auto at = all.rfind(')');
    return at == std::string::npos ? 0 : std::atoi(all.c_str() + at + 4);
}

bool comes_from(pid_t pid, pid_t ancestor) {
    while (pid > 1 && pid != ancestor) pid = parent_of(pid);
    return pid == ancestor;
}

// Processes below this one that are pintu-host, and not yet collected corpses.
std::vector<pid_t> hosts() {
    std::vector<pid_t> found;
    for (const auto& entry : fs::directory_iterator("/proc")) {
        const pid_t pid = std::atoi(entry.path().filename().c_str());
        if (pid > 0 && comes_from(pid, ::getpid()) &&
            first_line(entry.path() / "cmdline") == "pintu-host")
            found.push_back(pid);
    }
    return found;
}

TEST(Launcher, has_no_surroundings_and_no_descriptors_but_its_socket) {
    ::setenv("PINTU_RAHASIA", "kata sandi", 1);
    const plugins::Fd leaked(::open("/etc/hostname", O_RDONLY));  // not closed on exec
    const auto before = hosts();
    const auto mine = plugins::Launcher::start(PINTU_HOST);
    ASSERT_TRUE(mine);
    for (const pid_t pid : hosts()) {
        if (std::find(before.begin(), before.end(), pid) != before.end()) continue;
        const fs::path proc = "/proc/" + std::to_string(pid);
        std::ifstream file(proc / "environ");
        const std::string environment{std::istreambuf_iterator<char>(file), {}};
        EXPECT_EQ(environment.find("RAHASIA"), std::string::npos) << environment;
        for (const auto& fd : fs::directory_iterator(proc / "fd"))
            EXPECT_NE(fs::read_symlink(fd.path()), "/etc/hostname");
    }
    ::unsetenv("PINTU_RAHASIA");
}

TEST(Launcher, ends_with_all_that_it_made) {
    const auto before = hosts().size();
    Counter services;
    {
        const auto mine = plugins::Launcher::start(PINTU_HOST);
        ASSERT_TRUE(mine);
        auto guest = (*mine)->launch(launch_of("good"), services);
        ASSERT_TRUE(guest);
        ASSERT_TRUE((*guest)->start("{}", Milliseconds(5'000)));
        EXPECT_GT(hosts().size(), before);
        static plugins::Guest* kept = nullptr;
        kept = guest->release();  // nobody ends it but its launcher's end
        ASSERT_NE(kept, nullptr);
    }
    const auto until = Clock::now() + std::chrono::seconds(5);
    while (hosts().size() > before && Clock::now() < until) ::usleep(1'000);
    EXPECT_EQ(hosts().size(), before);
}

TEST(Launcher, that_was_killed_is_started_again_and_its_guests_are_gone) {
    const auto before = hosts();
    const auto mine = plugins::Launcher::start(PINTU_HOST);
    ASSERT_TRUE(mine);
    Counter services;
    auto guest = (*mine)->launch(launch_of("good"), services);
    ASSERT_TRUE(guest);
    ASSERT_TRUE((*guest)->start("{}", Milliseconds(5'000)));
    for (const pid_t pid : hosts())
        if (std::find(before.begin(), before.end(), pid) == before.end() &&
            parent_of(pid) == ::getpid())
            ::kill(pid, SIGKILL);
    auto answer = (*guest)->call("fact.answer", "{}", Milliseconds(5'000));
    const auto until = Clock::now() + std::chrono::seconds(5);
    while (answer && Clock::now() < until)  // its end follows the launcher's
        answer = (*guest)->call("fact.answer", "{}", Milliseconds(5'000));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, "PL002");
    EXPECT_EQ(try_out(**mine, launch_of("good"), services).outcome, "ok:fine");
}

TEST(Launcher, is_missed_with_its_name) {
    const auto none = plugins::Launcher::start("/tidak/ada/pintu-host");
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, "PL020");
    EXPECT_EQ(none.error().args[0], "/tidak/ada/pintu-host");
    const auto other = plugins::Launcher::start("/bin/true");
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().code, "PL020");
}

TEST(Launcher, says_what_the_kernel_gives) {
    const auto report = launcher().sandbox();
    EXPECT_TRUE(report.seccomp);
    EXPECT_TRUE(report.no_new_privileges);
    EXPECT_NE(report.words().find("seccomp"), std::string::npos);
}

TEST(Child, that_may_read_what_is_not_there_is_not_made) {
    Counter services;
    plugins::Launch launch = launch_of("good");
    launch.confinement.readable = {"/tidak/ada"};
    if (launcher().sandbox().landlock == 0) GTEST_SKIP() << "no Landlock";
    const Tried tried = try_out(launcher(), launch, services);
    EXPECT_EQ(tried.outcome, "start PL021 landlock: /tidak/ada: No such file or directory");
}

TEST(Guest, that_answers_twice_is_ended_before_the_next_call) {
    Counter services;
    auto guest = launcher().launch(launch_of("two_answers"), services);
    ASSERT_TRUE(guest);
    ASSERT_TRUE((*guest)->start("{}", Milliseconds(5'000)));
    const auto first = (*guest)->call("fact.answer", "{}", Milliseconds(5'000));
    ASSERT_TRUE(first);
    EXPECT_EQ(first->document, "one");
    const auto second = (*guest)->call("fact.answer", "{}", Milliseconds(5'000));
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, "PL003");
}

TEST(Guest, has_its_log_flood_cut_short) {
    Counter services;
    EXPECT_EQ(try_out(launcher(), launch_of("log_flood"), services).outcome, "ok:fine");
    EXPECT_GE(services.asked["log.write"], 5'000U);
    EXPECT_LE(services.asked["log.write"], 5'200U);  // what it printed besides
}

TEST(Guest, that_crashes_is_known_to_have_within_ten_milliseconds) {
    Counter services;
    std::vector<std::int64_t> took;
    for (int round = 0; round < 20; ++round) {
        const Tried tried = try_out(launcher(), launch_of("crash_call"), services);
        EXPECT_EQ(tried.outcome, "call PL002 signal 11 (SIGSEGV)");
        took.push_back(tried.ms);
    }
    std::sort(took.begin(), took.end());
    EXPECT_LE(took[took.size() / 2], kSanitized ? 100 : 10);
}

TEST(Guest, gets_a_connection_that_the_engine_made) {
    Counter services;
    int ends[2];
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
    const plugins::Fd ours(ends[0]);
    services.to_give = ends[1];
    EXPECT_EQ(try_out(launcher(), launch_of("uses_connection"), services).outcome, "ok:fine");
    EXPECT_EQ(services.last["connection.open"], "surat.go.id:993");
    char words[6] = {};
    EXPECT_EQ(::read(ours.get(), words, 5), 5);
    EXPECT_STREQ(words, "salam");
    EXPECT_EQ(::read(ours.get(), words, 1), 0);  // nobody else holds the other end
}

TEST(Guest, is_refused_a_connection_that_it_may_not_have) {
    Counter services;
    EXPECT_EQ(try_out(launcher(), launch_of("uses_connection"), services).outcome, "ok:refused");
}

TEST(Guest, writes_where_it_may_and_nowhere_else) {
    Counter services;
    const fs::path folder =
        fs::temp_directory_path() / ("pintu-spool-" + std::to_string(::getpid()));
    fs::create_directories(folder);
    plugins::Launch launch = launch_of("writes_spool");
    launch.confinement.writable = {folder};
    EXPECT_EQ(try_out(launcher(), launch, services, folder.string()).outcome, "ok:fine");
    EXPECT_TRUE(fs::exists(folder / "aside" / "laporan.csv"));
    launch.confinement.writable.clear();
    EXPECT_EQ(try_out(launcher(), launch, services, folder.string()).outcome,
              launcher().sandbox().landlock > 0 ? "ok:wrong" : "ok:fine");
    fs::remove_all(folder);
}

}  // namespace
}  // namespace pintu::hostile
