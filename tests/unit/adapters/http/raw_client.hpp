// A client that sends what it likes: half a header, two lengths, one byte at a time. Blocking, each
// read for five seconds at most.
#pragma once

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <string>

namespace pintu::http::testing {

class RawClient {
  public:
    // "127.0.0.1:PORT" or "unix:PATH".
    explicit RawClient(const std::string& address) {
        const bool unix_socket = address.starts_with("unix:");
        file_ = ::socket(unix_socket ? AF_UNIX : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const timeval five = {5, 0};
        setsockopt(file_, SOL_SOCKET, SO_RCVTIMEO, &five, sizeof five);
        setsockopt(file_, SOL_SOCKET, SO_SNDTIMEO, &five, sizeof five);
        if (unix_socket) {
            sockaddr_un name{};
            name.sun_family = AF_UNIX;
            address.copy(name.sun_path, sizeof name.sun_path - 1, 5);
            connected_ = connect_to(&name, sizeof name);
        } else {
            sockaddr_in name{};
            name.sin_family = AF_INET;
            inet_pton(AF_INET, "127.0.0.1", &name.sin_addr);
            const auto port = std::stoi(address.substr(address.rfind(':') + 1));
            name.sin_port = htons(static_cast<std::uint16_t>(port));
            connected_ = connect_to(&name, sizeof name);
        }
    }
    ~RawClient() { close(file_); }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    bool connected() const { return connected_; }
    bool send(const std::string& bytes) {
        for (std::size_t sent = 0; sent < bytes.size();) {
            const auto n = ::send(file_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
            if (n <= 0) return false;
            sent += static_cast<std::size_t>(n);
        }
        return true;
    }
    void end_sending() { shutdown(file_, SHUT_WR); }
    // Up to and with one whole response; what there was where the other side closed.
    std::string response() {
        for (;;) {
            const auto head = got_.find("\r\n\r\n");
            if (head != std::string::npos && got_.size() >= head + 4 + length(head))
                return cut(head + 4 + length(head));
            if (!more()) return cut(got_.size());
        }
    }
    // Reads until the other side closes. False: it did not within five seconds.
    bool closed() {
        while (more()) {
        }
        return ended_;
    }

  private:
    template <class T>
    bool connect_to(const T* name, socklen_t size) {
        return ::connect(file_, static_cast<const sockaddr*>(static_cast<const void*>(name)),
                         size) == 0;
    }
    std::size_t length(std::size_t head) const {
        const auto at = got_.find("Content-Length: ");
        return at < head ? std::stoul(got_.substr(at + 16)) : 0;
    }
    std::string cut(std::size_t size) {
        std::string front = got_.substr(0, size);
        got_.erase(0, size);
        return front;
    }
    bool more() {
        char bytes[4'096];
        const auto n = recv(file_, bytes, sizeof bytes, 0);
        ended_ = n == 0 || (n < 0 && errno == ECONNRESET);
        if (n > 0) got_.append(bytes, static_cast<std::size_t>(n));
        return n > 0;
    }
    int file_ = -1;
    bool connected_ = false;
    bool ended_ = false;
    std::string got_;
};

}  // namespace pintu::http::testing
