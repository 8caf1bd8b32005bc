#include "tests/transcripts/sandbox.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <regex>

#include "tests/support/files.hpp"

namespace pintu::testing {
namespace {

namespace fs = std::filesystem;

constexpr int kMostMilliseconds = 120'000;

std::string make_folder() {
    std::string pattern = (fs::temp_directory_path() / "pintu-session-XXXXXX").string();
    return mkdtemp(pattern.data()) == nullptr ? std::string() : pattern;
}

// Replaces every match by what `with` makes of it.
std::string replaced(const std::string& text, const std::regex& what,
                     const std::function<std::string(const std::string&)>& with) {
    std::string out;
    auto from = text.begin();
    for (std::sregex_iterator it(text.begin(), text.end(), what), end; it != end; ++it) {
        out.append(from, text.begin() + it->position());
        out += with(it->str());
        from = text.begin() + it->position() + it->length();
    }
    return out.append(from, text.end());
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
    return text;
}

// The child's side: never returns.
[[noreturn]] void become(const std::string& folder, const std::string& command) {
    setpgid(0, 0);
    const std::string output = folder + "/output";
    const int in = open("/dev/null", O_RDONLY);
    const int out = open(output.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);
    if (in < 0 || out < 0 || chdir((folder + "/kerja").c_str()) != 0) _exit(126);
    dup2(in, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    dup2(out, STDERR_FILENO);
    const std::string path = "PATH=" + folder + "/bin:/usr/local/bin:/usr/bin:/bin";
    const std::string home = "HOME=" + folder;
    const char* const environment[] = {path.c_str(), home.c_str(), "LC_ALL=C.UTF-8", "TZ=UTC",
                                       nullptr};
    execle("/bin/sh", "sh", "-c", command.c_str(), nullptr, environment);
    _exit(127);
}

// Waits until a process has ended, or kills its group.
int exit_of(pid_t child) {
    const int handle = static_cast<int>(syscall(SYS_pidfd_open, child, 0));
    pollfd ended{handle, POLLIN, 0};
    if (handle < 0 || poll(&ended, 1, kMostMilliseconds) != 1) kill(-child, SIGKILL);
    if (handle >= 0) close(handle);
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

Sandbox::Sandbox(const std::string& pintu) : folder_(make_folder()) {
    const fs::path source(PINTU_SOURCE_DIR);
    const fs::path work = fs::path(folder_) / "kerja";
    fs::create_directories(work);
    fs::create_directories(fs::path(folder_) / "bin");
    fs::create_symlink(pintu, fs::path(folder_) / "bin" / "pintu");
    for (const auto* name : {"rules", "workflows", "examples"})
        fs::copy(source / name, work / name, fs::copy_options::recursive);
}

Sandbox::~Sandbox() {
    for (const pid_t group : groups_) kill(-group, SIGKILL);
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

Ran Sandbox::run(const std::string& command) {
    const std::string real = without_placeholders(command);
    const pid_t child = fork();
    if (child == 0) become(folder_, real);
    if (child < 0) return {"fork failed", 127};
    setpgid(child, child);
    groups_.push_back(child);
    Ran ran;
    ran.exit = exit_of(child);
    ran.output = with_placeholders(read_file(folder_ + "/output"));
    return ran;
}

std::string Sandbox::name(const std::string& kind, const std::string& value) {
    auto& given = names_[value];
    if (given.empty()) given = "<" + kind + std::to_string(++counts_[kind]) + ">";
    return given;
}

std::string Sandbox::with_placeholders(std::string text) {
    static const std::regex kCommand("cli-[0-9a-f]{32}\\b");
    static const std::regex kTracking(
        "\\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\\b( (?= ))?");
    static const std::regex kHash("\\b[0-9a-f]{64}\\b|[A-Za-z0-9+/]{43}=");
    static const std::regex kCase("\\b(\\d\\d(\\.\\d\\d)?-)?[0-9a-f]{32}\\b");
    text = replaced(std::move(text), folder_ + "/kerja", "<DIR>");
    text = replaced(text, kCommand, [](const auto&) { return "<COMMAND>"; });
    text = replaced(text, kTracking, [&](const std::string& id) {
        // Columns of a table stay where they are.
        const bool column = id.back() == ' ';
        std::string given = name("ID", id.substr(0, 14));
        if (column) given.resize(id.size(), ' ');
        return given;
    });
    text = replaced(text, kHash, [](const auto&) { return "<HASH>"; });
    return replaced(text, kCase, [&](const std::string& id) { return name("CASE", id); });
}

std::string Sandbox::without_placeholders(std::string text) const {
    for (const auto& [value, placeholder] : names_)
        text = replaced(std::move(text), placeholder, value);
    return text;
}

}  // namespace pintu::testing
