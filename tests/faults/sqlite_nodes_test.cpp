// Several processes on one file at once, each with the whole of the work to do: they end as one.
#include <gtest/gtest.h>
#include <sched.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>

#include "tests/faults/sqlite_script.hpp"
#include "tests/support/files.hpp"

namespace pintu {
namespace {

using testing::Deed;
using testing::Outside;
using testing::Process;

constexpr int kNodes = 3;
constexpr int kMostTries = 100'000;  // of one deed, while others are at it
// Time stands still here: whoever could not give a turn back on a busy file keeps it until then.
constexpr int kTriesOfATurn = 1'000;
constexpr std::int64_t kTurnMs = 20'000;

// Reports, commands, effects and timers, each node all of them; then it tells which effects it
// brought out. 0: all went well.
int node(const std::vector<const Deed*>& deeds, const std::string& file, int number, int tell) {
    // The disk of the fault tests never lets anybody wait.
    sqlite3_vfs_register(sqlite3_vfs_find("unix"), 1);
    Outside outside = deeds.front()->before.outside;
    outside.entropy = testing::CountingEntropy("node " + std::to_string(number));
    Process process(file, outside);
    for (const auto* deed : deeds) {
        std::string code = "not yet";
        for (int tries = 0; tries < kMostTries && !code.empty(); ++tries) {
            if (code == "nothing was decided") sched_yield();
            if (tries % kTriesOfATurn == kTriesOfATurn - 1) outside.clock_ms += kTurnMs;
            code = process.start(*deed->definitions);
            if (code.empty()) code = deed->run(process);
        }
        if (!code.empty()) return 1;
    }
    for (const auto& problem : outside.broken) std::fprintf(stderr, "%s\n", problem.c_str());
    if (!outside.broken.empty()) return 2;
    for (const auto& effect : outside.connector.took_effect) {
        const std::string line = effect.key.value + "\n";
        if (write(tell, line.data(), line.size()) < 0) return 3;
    }
    return 0;
}

std::string stories_of(const std::string& end) {
    std::string stories;
    std::istringstream lines(end);
    for (std::string line; std::getline(lines, line);)
        if (!line.starts_with("effect ")) stories += line + "\n";
    return stories;
}

TEST(SqliteNodes, on_one_file_end_as_one_node_does) {
    const testing::TemporaryFolder folder;
    const auto all = testing::script(folder.path());
    std::vector<const Deed*> deeds;
    for (const char* name : {"intake", "act", "send", "perform", "timers"})
        for (const auto& deed : all)
            if (deed.name == name) deeds.push_back(&deed);
    const std::string file = folder.at("nodes.db");
    deeds.front()->before.put_back(file);
    int pipes[2];
    ASSERT_EQ(pipe(pipes), 0);
    std::vector<pid_t> children;
    for (int number = 0; number < kNodes; ++number) {
        children.push_back(fork());
        if (children.back() == 0) _exit(node(deeds, file, number, pipes[1]));
    }
    close(pipes[1]);
    for (const pid_t child : children) {
        int status = 0;
        waitpid(child, &status, 0);
        EXPECT_EQ(WIFEXITED(status) ? WEXITSTATUS(status) : -1, 0);
    }
    std::string told;
    char buffer[4096];
    for (ssize_t size = 0; (size = read(pipes[0], buffer, sizeof buffer)) > 0;)
        told.append(buffer, static_cast<std::size_t>(size));
    close(pipes[0]);
    std::istringstream lines(told);
    std::vector<std::string> keys;
    for (std::string key; std::getline(lines, key);) keys.push_back(key);
    std::sort(keys.begin(), keys.end());
    EXPECT_EQ(std::adjacent_find(keys.begin(), keys.end()), keys.end()) << "brought out twice";

    const Outside nobody;
    EXPECT_EQ(testing::problems(file, nobody), std::vector<std::string>{});
    EXPECT_EQ(stories_of(testing::ended(file, nobody)), stories_of(deeds.back()->end));
    const auto& alone = deeds.back()->end;
    std::size_t effects = 0;
    for (auto at = alone.find("effect "); at != std::string::npos;
         at = alone.find("effect ", at + 1))
        if (at == 0 || alone[at - 1] == '\n') ++effects;
    EXPECT_EQ(keys.size(), effects);
}

}  // namespace
}  // namespace pintu
