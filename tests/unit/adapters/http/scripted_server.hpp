// A server on loopback that says what it was told to say, whatever it is asked: one connection
// after the other.
#pragma once

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace pintu::http::testing {

class ScriptedServer {
  public:
    // Closes each connection after its answer, or keeps it open and silent (`hold`).
    explicit ScriptedServer(std::string answer, bool hold = false)
        : answer_(std::move(answer)), hold_(hold), listener_(socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in name{};
        name.sin_family = AF_INET;
        inet_pton(AF_INET, "127.0.0.1", &name.sin_addr);
        auto* generic = static_cast<sockaddr*>(static_cast<void*>(&name));
        socklen_t size = sizeof name;
        bind(listener_, generic, size);
        listen(listener_, 8);
        getsockname(listener_, generic, &size);
        port_ = ntohs(name.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    ~ScriptedServer() {
        stopping_ = true;
        shutdown(listener_, SHUT_RDWR);
        thread_.join();
        close(listener_);
    }
    std::uint16_t port() const { return port_; }
    std::string url(const std::string& path = "/") const {
        return "http://127.0.0.1:" + std::to_string(port_) + path;
    }
    // What the last client sent; to be read once it has its answer.
    std::string heard;
    std::atomic<int> connections = 0;

  private:
    void serve() {
        std::vector<int> held;
        for (;;) {
            const int client = accept(listener_, nullptr, nullptr);
            if (stopping_ || client < 0) break;
            ++connections;
            hear(client);
            for (std::size_t sent = 0; sent < answer_.size();) {
                const auto n =
                    send(client, answer_.data() + sent, answer_.size() - sent, MSG_NOSIGNAL);
                if (n <= 0) break;
                sent += static_cast<std::size_t>(n);
            }
            if (hold_)
                held.push_back(client);
            else
                close(client);
        }
        for (const int client : held) close(client);
    }
    void hear(int client) {
        heard.clear();
        char bytes[4'096];
        for (;;) {
            const auto head = heard.find("\r\n\r\n");
            const auto at = heard.find("Content-Length: ");
            const std::size_t body = at < head ? std::stoul(heard.substr(at + 16)) : 0;
            if (head != std::string::npos && heard.size() >= head + 4 + body) return;
            pollfd waiting{client, POLLIN, 0};
            if (poll(&waiting, 1, 2'000) <= 0) return;
            const auto n = recv(client, bytes, sizeof bytes, 0);
            if (n <= 0) return;
            heard.append(bytes, static_cast<std::size_t>(n));
        }
    }
    const std::string answer_;
    const bool hold_;
    int listener_;
    std::uint16_t port_ = 0;
    std::atomic<bool> stopping_ = false;
    std::thread thread_;
};

}  // namespace pintu::http::testing
