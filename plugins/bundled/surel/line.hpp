// A connection to a mail server by libcurl: TLS with the certificate checked, and the login. The
// socket is the engine's: a plugin makes none. The only files that know libcurl are this and post.
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "plugins/sdk/plugin.hpp"
#include "settings.hpp"

namespace surel {

using Deadline = std::chrono::steady_clock::time_point;
inline Deadline within(std::int64_t ms) {
    return std::chrono::steady_clock::now() + std::chrono::milliseconds(ms);
}
// At least 1.
long left_ms(Deadline deadline);

// A curl handle that uses a socket of the engine's. Failures: the engine's, in words.
class Handle {
  public:
    static pintu::plugin::Outcome<std::unique_ptr<Handle>> open(const pintu::plugin::Engine& engine,
                                                                const Server& server,
                                                                Deadline deadline);
    ~Handle();
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    CURL* curl() const { return curl_; }

  private:
    Handle() = default;
    static curl_socket_t give(void* self, curlsocktype purpose, curl_sockaddr* address);
    static int connected(void* self, curl_socket_t socket, curlsocktype purpose);
    CURL* curl_ = nullptr;
    curl_slist* names_ = nullptr;
    int socket_ = -1;  // until curl has it
};

// Bytes to and from a server that has let us in.
class Line {
  public:
    static pintu::plugin::Outcome<std::unique_ptr<Line>> open(const pintu::plugin::Engine& engine,
                                                              const Server& server,
                                                              Deadline deadline);
    pintu::plugin::Done send(std::string_view bytes, Deadline deadline);
    // What has come, at least a byte.
    pintu::plugin::Outcome<std::string> receive(Deadline deadline);

  private:
    explicit Line(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}
    bool wait(short events, Deadline deadline);
    std::unique_ptr<Handle> handle_;
};

// What curl says of a failure, in words for people: no password, no name.
std::string words_of(CURLcode code, const Server& server);

}  // namespace surel
