#include "mail_servers.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <utility>

namespace pintu::testing {

namespace fs = std::filesystem;

MailServers::MailServers(const std::string& capability) {
    fs::permissions(folder_.path(), fs::perms(0755));
    int to[2];
    int from[2];
    if (pipe(to) != 0 || pipe(from) != 0) return;
    pid_ = fork();
    if (pid_ == 0) {
        dup2(to[0], 0);
        dup2(from[1], 1);
        for (const int fd : {to[0], to[1], from[0], from[1]}) close(fd);
        const std::string script =
            std::string(PINTU_SOURCE_DIR) + "/tests/bundled/surel/servers.py";
        execl("/usr/bin/python3", "python3", "-B", script.c_str(), folder().c_str(),
              capability.empty() ? nullptr : capability.c_str(), nullptr);
        _exit(77);
    }
    close(to[0]);
    close(from[1]);
    input_ = to[1];
    FILE* said = fdopen(from[0], "r");
    const bool ready =
        std::fscanf(said, "ready %d %d %d %d", &ports_[0], &ports_[1], &ports_[2], &ports_[3]) == 4;
    std::fclose(said);
    if (ready) return;
    int status = 0;
    waitpid(std::exchange(pid_, -1), &status, 0);
    missing_ = WIFEXITED(status) && WEXITSTATUS(status) == 77;
    if (!missing_) throw std::runtime_error("servers.py did not start its servers");
}

MailServers::~MailServers() {
    close(input_);
    if (pid_ > 0) waitpid(pid_, nullptr, 0);
}

std::string MailServers::maildir(const std::string& user, const std::string& folder) const {
    const std::string top = folder_.at("users/" + user + "/Maildir");
    return folder.empty() ? top : top + "/." + folder;
}

void MailServers::deliver(const std::string& letter) {
    char name[32];
    std::snprintf(name, sizeof name, "1000000000.%06d.uji", ++delivered_);
    const std::string path = maildir("lapor", "") + "/tmp/" + name;
    write_file(path, letter);
    fs::permissions(path, fs::perms(0666));
    fs::rename(path, maildir("lapor", "") + "/new/" + name);
}

std::vector<std::string> MailServers::letters(const std::string& user,
                                              const std::string& folder) const {
    std::vector<fs::path> paths;
    for (const char* sub : {"/new", "/cur"}) {
        std::error_code error;
        fs::directory_iterator entry(maildir(user, folder) + sub, error);
        for (; !error && entry != fs::directory_iterator(); entry.increment(error))
            paths.push_back(entry->path());
    }
    std::sort(paths.begin(), paths.end(),
              [](const auto& a, const auto& b) { return a.filename() < b.filename(); });
    std::vector<std::string> texts;
    for (const auto& path : paths) texts.push_back(read_file(path.string()));
    return texts;
}

bool MailServers::all_seen(const std::string& folder) const {
    for (const auto& entry : fs::directory_iterator(maildir("lapor", folder) + "/cur")) {
        const std::string name = entry.path().filename().string();
        if (name.find('S', name.rfind(',')) == std::string::npos) return false;
    }
    return true;
}

}  // namespace pintu::testing
