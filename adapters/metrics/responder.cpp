#include "adapters/metrics/responder.hpp"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <optional>
#include <vector>

namespace pintu::metrics {
namespace {

constexpr std::string_view kUnix = "unix:";
constexpr int kQueue = 16;

struct Address {
    sockaddr_storage bytes{};
    socklen_t size = 0;
    std::string path;  // of a socket file
};

template <class T>
T& as(sockaddr_storage& bytes) {
    return *static_cast<T*>(static_cast<void*>(&bytes));
}

std::optional<Address> unix_address(const std::string& path) {
    Address address;
    auto& name = as<sockaddr_un>(address.bytes);
    if (path.empty() || path.size() >= sizeof name.sun_path) return std::nullopt;
    name.sun_family = AF_UNIX;
    std::memcpy(name.sun_path, path.c_str(), path.size() + 1);
    address.size = sizeof name;
    address.path = path;
    return address;
}

// "127.0.0.1:9464" or "[::1]:9464"; no names, so that nothing waits for a resolver.
std::optional<Address> internet_address(const std::string& text) {
    const auto colon = text.rfind(':');
    if (colon == std::string::npos || colon == 0) return std::nullopt;
    std::uint16_t port = 0;
    const char* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data() + colon + 1, end, port);
    if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
    Address address;
    const std::string host = text.substr(0, colon);
    if (host.front() == '[' && host.back() == ']') {
        auto& name = as<sockaddr_in6>(address.bytes);
        name.sin6_family = AF_INET6;
        name.sin6_port = htons(port);
        address.size = sizeof name;
        if (inet_pton(AF_INET6, host.substr(1, host.size() - 2).c_str(), &name.sin6_addr) != 1)
            return std::nullopt;
        return address;
    }
    auto& name = as<sockaddr_in>(address.bytes);
    name.sin_family = AF_INET;
    name.sin_port = htons(port);
    address.size = sizeof name;
    if (inet_pton(AF_INET, host.c_str(), &name.sin_addr) != 1) return std::nullopt;
    return address;
}

std::optional<Address> parse(const std::string& text) {
    return text.starts_with(kUnix) ? unix_address(text.substr(kUnix.size()))
                                   : internet_address(text);
}

const sockaddr* generic(const Address& address) {
    return static_cast<const sockaddr*>(static_cast<const void*>(&address.bytes));
}

// A process that died leaves its socket file behind; one that lives is not touched.
void remove_abandoned(const Address& address) {
    struct stat status {};
    if (lstat(address.path.c_str(), &status) != 0 || !S_ISSOCK(status.st_mode)) return;
    const int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (probe < 0) return;
    if (connect(probe, generic(address), address.size) != 0 && errno == ECONNREFUSED)
        unlink(address.path.c_str());
    close(probe);
}

int listen_on(const Address& address) {
    if (!address.path.empty()) remove_abandoned(address);
    const int listener =
        socket(address.bytes.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (listener < 0) return -1;
    const int yes = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listener, generic(address), address.size) == 0 && listen(listener, kQueue) == 0)
        return listener;
    const int why = errno;
    close(listener);
    errno = why;
    return -1;
}

// The address with the port that the kernel chose.
std::string bound(int listener, const std::string& asked) {
    Address address;
    address.size = sizeof address.bytes;
    auto* name = static_cast<sockaddr*>(static_cast<void*>(&address.bytes));
    if (asked.starts_with(kUnix) || getsockname(listener, name, &address.size) != 0) return asked;
    const std::uint16_t port = address.bytes.ss_family == AF_INET
                                   ? as<sockaddr_in>(address.bytes).sin_port
                                   : as<sockaddr_in6>(address.bytes).sin6_port;
    return asked.substr(0, asked.rfind(':') + 1) + std::to_string(ntohs(port));
}

std::string response(const std::string& status, const std::string& body) {
    return "HTTP/1.0 " + status +
           "\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
}

std::string answer_to(const std::string& request, const std::function<std::string()>& text) {
    const std::string line = request.substr(0, request.find("\r\n"));
    const auto first = line.find(' ');
    const auto second = line.find(' ', first == std::string::npos ? first : first + 1);
    if (second == std::string::npos || line.substr(second + 1).rfind("HTTP/1.", 0) != 0)
        return response("400 Bad Request", "bad request\n");
    if (line.substr(0, first) != "GET") return response("405 Method Not Allowed", "GET only\n");
    std::string path = line.substr(first + 1, second - first - 1);
    path = path.substr(0, path.find('?'));
    if (path != "/metrics" && path != "/") return response("404 Not Found", "see /metrics\n");
    return response("200 OK", text());
}

using Clock = std::chrono::steady_clock;

struct Connection {
    int file;
    Clock::time_point until;
    std::string request;
    std::string answer;  // once it is not empty the request is complete
    std::size_t written = 0;
};

// False: the connection is done with.
bool go_on(Connection& connection, const std::function<std::string()>& text) {
    char bytes[2'048];
    while (connection.answer.empty()) {
        const auto n = recv(connection.file, bytes, sizeof bytes, 0);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return errno == EAGAIN;
        if (n == 0) return false;
        connection.request.append(bytes, static_cast<std::size_t>(n));
        if (connection.request.find("\r\n\r\n") != std::string::npos)
            connection.answer = answer_to(connection.request, text);
        else if (connection.request.size() > Responder::kMostRequestBytes)
            connection.answer = response("431 Request Header Fields Too Large", "too long\n");
    }
    while (connection.written < connection.answer.size()) {
        const auto n = send(connection.file, connection.answer.data() + connection.written,
                            connection.answer.size() - connection.written, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return errno == EAGAIN;
        connection.written += static_cast<std::size_t>(n);
    }
    shutdown(connection.file, SHUT_WR);
    return false;
}

void accept_all(int listener, std::vector<Connection>& connections) {
    for (;;) {
        const int file = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (file < 0) return;
        if (connections.size() >= Responder::kMostConnections)
            close(file);
        else
            connections.push_back(
                {file,
                 Clock::now() + std::chrono::milliseconds(Responder::kMostMilliseconds),
                 {},
                 {},
                 0});
    }
}

}  // namespace

bool is_address(const std::string& text) {
    return parse(text).has_value();
}

Result<std::unique_ptr<Responder>> Responder::open(const std::string& address,
                                                   std::function<std::string()> text) {
    const auto parsed = parse(address);
    if (!parsed) return fail("CL120", address);
    const int listener = listen_on(*parsed);
    if (listener < 0) return fail("CL121", address, std::strerror(errno));
    const int wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (wake < 0) {
        const std::string why = std::strerror(errno);
        close(listener);
        return fail("CL121", address, why);
    }
    return std::unique_ptr<Responder>(
        new Responder(listener, wake, bound(listener, address), parsed->path, std::move(text)));
}

Responder::Responder(int listener, int wake, std::string address, std::string path,
                     std::function<std::string()> text)
    : listener_(listener),
      wake_(wake),
      address_(std::move(address)),
      path_(std::move(path)),
      text_(std::move(text)),
      thread_([this] { serve(); }) {}

Responder::~Responder() {
    const std::uint64_t one = 1;
    while (write(wake_, &one, sizeof one) < 0 && errno == EINTR) {
    }
    thread_.join();
    close(listener_);
    close(wake_);
    if (!path_.empty()) unlink(path_.c_str());
}

void Responder::serve() {
    constexpr int kLookMs = 250;
    std::vector<Connection> connections;
    for (;;) {
        std::vector<pollfd> files = {{wake_, POLLIN, 0}, {listener_, POLLIN, 0}};
        for (const auto& connection : connections)
            files.push_back({connection.file,
                             static_cast<short>(connection.answer.empty() ? POLLIN : POLLOUT), 0});
        poll(files.data(), files.size(), connections.empty() ? -1 : kLookMs);
        if (files[0].revents != 0) break;
        const auto now = Clock::now();
        std::vector<Connection> open;
        for (std::size_t i = 0; i < connections.size(); ++i) {
            const bool ready = files[i + 2].revents != 0;
            if (now < connections[i].until && (!ready || go_on(connections[i], text_)))
                open.push_back(std::move(connections[i]));
            else
                close(connections[i].file);
        }
        connections = std::move(open);
        if (files[1].revents != 0) accept_all(listener_, connections);
    }
    for (const auto& connection : connections) close(connection.file);
}

}  // namespace pintu::metrics
