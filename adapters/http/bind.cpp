#include "adapters/http/bind.hpp"

#include <arpa/inet.h>
#include <netdb.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>

namespace pintu::http {
namespace {

constexpr std::string_view kUnix = "unix:";
constexpr int kBacklog = 128;

struct Address {
    sockaddr_storage bytes{};
    socklen_t size = sizeof(sockaddr_storage);
    sockaddr* generic() { return static_cast<sockaddr*>(static_cast<void*>(&bytes)); }
};

std::optional<Address> unix_address(const std::string& path) {
    sockaddr_un name{};
    if (path.empty() || path.size() >= sizeof name.sun_path) return std::nullopt;
    name.sun_family = AF_UNIX;
    std::memcpy(name.sun_path, path.c_str(), path.size() + 1);
    Address address;
    std::memcpy(&address.bytes, &name, sizeof name);
    address.size = sizeof name;
    return address;
}

bool is_number(const std::string& host) {
    in6_addr ignored{};
    return inet_pton(AF_INET, host.c_str(), &ignored) == 1 ||
           inet_pton(AF_INET6, host.c_str(), &ignored) == 1;
}

// Numbers only, so that nothing waits for a resolver.
std::optional<Address> internet_address(const std::string& text) {
    const auto colon = text.rfind(':');
    if (colon == std::string::npos || colon == 0) return std::nullopt;
    std::string host = text.substr(0, colon);
    const std::string port = text.substr(colon + 1);
    if (host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    if (port.empty() || port.size() > 5 || !std::all_of(port.begin(), port.end(), digit) ||
        std::stoi(port) > 65'535 || !is_number(host))
        return std::nullopt;
    addrinfo hints{};
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (getaddrinfo(host.c_str(), port.c_str(), &hints, &found) != 0) return std::nullopt;
    Address address;
    std::memcpy(&address.bytes, found->ai_addr, found->ai_addrlen);
    address.size = found->ai_addrlen;
    freeaddrinfo(found);
    return address;
}

std::optional<Address> address_of(const std::string& text) {
    return text.starts_with(kUnix) ? unix_address(text.substr(kUnix.size()))
                                   : internet_address(text);
}

void remove_abandoned(Address& address, const std::string& path) {
    struct stat status {};
    if (lstat(path.c_str(), &status) != 0 || !S_ISSOCK(status.st_mode)) return;
    const int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (probe < 0) return;
    if (::connect(probe, address.generic(), address.size) != 0 && errno == ECONNREFUSED)
        unlink(path.c_str());
    close(probe);
}

struct Numbers {
    std::string host;
    std::string port;
};

Numbers numbers_of(Address& address) {
    char host[NI_MAXHOST] = "";
    char port[NI_MAXSERV] = "";
    getnameinfo(address.generic(), address.size, host, sizeof host, port, sizeof port,
                NI_NUMERICHOST | NI_NUMERICSERV);
    return {host, port};
}

}  // namespace

bool is_address(const std::string& text) {
    return address_of(text).has_value();
}

Result<Bound> bind_to(const std::string& text) {
    Bound bound;
    bound.address = text;
    if (text.starts_with(kUnix)) bound.path = text.substr(kUnix.size());
    auto address = address_of(text);
    if (!address) return fail("HT002", text);
    bound.family = address->bytes.ss_family;
    if (!bound.path.empty()) remove_abandoned(*address, bound.path);
    bound.socket = socket(bound.family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const int yes = 1;
    if (bound.socket >= 0) setsockopt(bound.socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bound.socket < 0 || bind(bound.socket, address->generic(), address->size) != 0 ||
        listen(bound.socket, kBacklog) != 0) {
        const std::string why = std::strerror(errno);
        if (bound.socket >= 0) close(bound.socket);
        return fail("HT001", text, why);
    }
    address->size = sizeof address->bytes;
    if (bound.path.empty() && getsockname(bound.socket, address->generic(), &address->size) == 0)
        bound.address = text.substr(0, text.rfind(':') + 1) + numbers_of(*address).port;
    return bound;
}

std::string peer_of(int socket) {
    Address address;
    if (getpeername(socket, address.generic(), &address.size) != 0 ||
        address.bytes.ss_family == AF_UNIX)
        return "";
    return numbers_of(address).host;
}

}  // namespace pintu::http
