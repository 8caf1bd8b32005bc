// Interpreters in the sandbox: what a plugin without a compiler needs works, and no more.
#include <gtest/gtest.h>
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

class Program : public ::testing::Test {
  protected:
    void SetUp() override {
        folder_ = fs::temp_directory_path() / ("pintu-program-" + std::to_string(::getpid()));
        fs::create_directories(folder_);
    }
    void TearDown() override { fs::remove_all(folder_); }

    // What it writes on its standard output for one line of input, or what it died of.
    std::string run(const std::string& interpreter, const std::string& script,
                    std::int64_t memory_mb = 256) {
        std::ofstream(folder_ / "main") << script;
        plugins::Launch launch;
        launch.name = interpreter;
        launch.command = {interpreter, "main"};
        launch.folder = folder_;
        launch.confinement.memory_mb = memory_mb;
        auto child = launcher().spawn(launch);
        if (!child) return child.error().code + " " + child.error().args.at(1);
        (void)!::write((*child)->input(), "salam\n", 6);
        const std::string line = read_line((*child)->output());
        if (!line.empty()) return line;
        const auto ended = (*child)->wait(plugins::Milliseconds(5'000));
        char said[4096] = {};
        (void)!::read((*child)->errors(), said, sizeof said - 1);
        return (ended ? ended->words() : "still there") + ": " + said;
    }

    static std::string read_line(int fd) {
        const auto until = Clock::now() + std::chrono::seconds(20);
        std::string line;
        for (char c; line.size() < 10'000 && plugins::wait_readable(fd, until);) {
            if (::read(fd, &c, 1) != 1 || c == '\n') break;
            line += c;
        }
        return line;
    }

    fs::path folder_;
};

TEST_F(Program, in_python_works) {
    EXPECT_EQ(run("python3",
                  "import sys, json, re, hashlib, datetime, base64\n"
                  "line = sys.stdin.readline().strip()\n"
                  "print(json.dumps({'line': line}))\n"),
              R"({"line": "salam"})");
}

TEST_F(Program, in_php_works) {
    EXPECT_EQ(run("php",
                  "<?php $line = trim(fgets(STDIN));\n"
                  "echo json_encode(['line' => $line]), \"\\n\";\n"),
              R"({"line":"salam"})");
}

TEST_F(Program, in_node_works) {
    EXPECT_EQ(run("node",
                  "const lines = require('readline').createInterface(process.stdin);\n"
                  "lines.on('line', (line) => {\n"
                  "  let sum = 0; for (let i = 0; i < 3e6; ++i) sum += i % 7;\n"
                  "  console.log(JSON.stringify({line, sum}));\n"
                  "  process.exit(0);\n"
                  "});\n"),
              R"({"line":"salam","sum":8999994})");
}

constexpr const char* kPythonAttack = R"(
import os, socket, ctypes, subprocess, threading
def tried(what):
    try:
        what()
        return 'done'
    except BaseException as e:
        return 'denied'
libc = ctypes.CDLL(None, use_errno=True)
def call(*arguments):
    if libc.syscall(*arguments) < 0: raise OSError(ctypes.get_errno())
threads = []
def wait(): threading.Event().wait()
def bomb():
    for i in range(2000):
        one = threading.Thread(target=wait, daemon=True)
        one.start()
        threads.append(one)
print(' '.join([
    tried(lambda: os.fork()), tried(lambda: subprocess.run(['/bin/true'])),
    tried(lambda: socket.socket()), tried(lambda: open('/etc/passwd')),
    tried(lambda: os.listdir('/')), tried(lambda: open('main', 'w')),
    tried(lambda: os.kill(os.getppid(), 0)), tried(lambda: os.chmod('main', 0o777)),
    tried(lambda: bytearray(1 << 30)), tried(lambda: os.execv('/bin/true', ['true'])),
    tried(bomb)]))
)";

// Nothing holds memory under sanitizers, nor threads by theirs.
TEST_F(Program, in_python_is_denied_what_it_may_not) {
    const std::string held = kSanitized ? "done" : "denied";
    EXPECT_EQ(
        run("python3", kPythonAttack),
        "denied denied denied denied denied denied denied denied " + held + " denied " + held);
}

TEST_F(Program, in_node_is_denied_what_it_may_not) {
    EXPECT_EQ(run("node", R"(
const fs = require('fs'), child = require('child_process'), net = require('net');
const out = [];
const tried = (what) => { try { what(); return 'done'; } catch (e) { return 'denied'; } };
out.push(tried(() => fs.readFileSync('/etc/passwd')));
out.push(tried(() => fs.writeFileSync('main', '')));
out.push(child.spawnSync('/bin/true').error ? 'denied' : 'done');
const socket = net.connect(80, '127.0.0.1');
const end = (how) => { console.log(out.concat(how).join(' ')); process.exit(0); };
socket.on('error', () => end('denied'));
socket.on('connect', () => end('done'));
)"),
              "denied denied denied denied");
}

TEST_F(Program, that_is_not_there_is_told) {
    EXPECT_EQ(run("tidak-ada", ""), "tidak-ada: No such file or directory: ");
}

TEST_F(Program, that_ends_is_told_with_its_code) {
    EXPECT_EQ(run("python3", "import sys\nsys.exit(3)\n"), "exit code 3: ");
}

TEST_F(Program, that_complains_is_heard) {
    const std::string words = run("php", "<?php fwrite(STDERR, 'aduh'); exit(4);");
    EXPECT_EQ(words, "exit code 4: aduh");
}

}  // namespace
}  // namespace pintu::hostile
