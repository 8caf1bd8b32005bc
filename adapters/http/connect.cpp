#include "adapters/http/connect.hpp"

#include <curl/curl.h>
#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "adapters/http/easy.hpp"

namespace pintu::http {
namespace {

bool is_host(const std::string& host) {
    static const std::string kOthers = ".-_:";
    return !host.empty() && host.size() <= 253 && std::all_of(host.begin(), host.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               kOthers.find(c) != std::string::npos;
    });
}

// Its own descriptor for the caller: libcurl's is closed with its handle.
Result<int> taken_over(curl_socket_t socket, const std::string& host) {
    const int own = fcntl(socket, F_DUPFD_CLOEXEC, 3);
    const int flags = own < 0 ? -1 : fcntl(own, F_GETFL);
    if (flags >= 0 && fcntl(own, F_SETFL, flags & ~O_NONBLOCK) == 0) return own;
    return fail("HT023", host, std::strerror(errno));
}

}  // namespace

Result<int> connect(const std::string& host, std::uint16_t port,
                    std::chrono::milliseconds timeout) {
    if (!is_host(host) || port == 0) return fail("HT020", "host");
    const bool v6 = host.find(':') != std::string::npos;
    const std::string url =
        "http://" + (v6 ? "[" + host + "]" : host) + ":" + std::to_string(port) + "/";
    Easy easy(host, timeout);
    if (easy.handle() != nullptr) {
        curl_easy_setopt(easy.handle(), CURLOPT_URL, url.c_str());
        curl_easy_setopt(easy.handle(), CURLOPT_CONNECT_ONLY, 1L);
    }
    if (auto done = easy.perform(); !done) return done.unexpected();
    curl_socket_t socket = CURL_SOCKET_BAD;
    if (curl_easy_getinfo(easy.handle(), CURLINFO_ACTIVESOCKET, &socket) != CURLE_OK ||
        socket == CURL_SOCKET_BAD)
        return fail("HT023", host, std::strerror(ENOTCONN));
    return taken_over(socket, host);
}

}  // namespace pintu::http
