// A process over three pipes, without a sandbox: what the JSON-RPC guest needs of the launcher.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "plugins/host/launch.hpp"

namespace pintu::plugins {

class PipedChild : public Child {
  public:
    explicit PipedChild(const std::vector<std::string>& command) {
        int in[2], out[2], err[2];
        if (::pipe2(in, O_CLOEXEC) != 0 || ::pipe2(out, O_CLOEXEC) != 0 ||
            ::pipe2(err, O_CLOEXEC) != 0)
            return;
        pid_ = ::fork();
        if (pid_ == 0) {
            ::dup2(in[0], 0);
            ::dup2(out[1], 1);
            ::dup2(err[1], 2);
            std::vector<char*> words;
            for (const auto& word : command) words.push_back(const_cast<char*>(word.c_str()));
            words.push_back(nullptr);
            ::execvp(words[0], words.data());
            ::_exit(127);
        }
        for (const int theirs : {in[0], out[1], err[1]}) ::close(theirs);
        files_ = {in[1], out[0], err[0]};
        for (const int file : files_) ::fcntl(file, F_SETFL, O_NONBLOCK);
    }
    ~PipedChild() override {
        PipedChild::kill();
        PipedChild::wait(Milliseconds(10'000));
        for (const int file : files_) ::close(file);
    }
    int input() const override { return files_.at(0); }
    int output() const override { return files_.at(1); }
    int errors() const override { return files_.at(2); }
    void kill() override {
        if (!ended_) ::kill(pid_, SIGKILL);
    }
    std::optional<Ended> wait(Milliseconds deadline) override {
        const auto until = std::chrono::steady_clock::now() + deadline;
        int status = 0;
        while (!ended_ && ::waitpid(pid_, &status, WNOHANG) == 0) {
            if (std::chrono::steady_clock::now() > until) return std::nullopt;
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        if (!ended_)
            ended_ = WIFSIGNALED(status) ? Ended{true, WTERMSIG(status)}
                                         : Ended{false, WEXITSTATUS(status)};
        return ended_;
    }

  private:
    pid_t pid_ = -1;
    std::vector<int> files_;
    std::optional<Ended> ended_;
};

}  // namespace pintu::plugins
