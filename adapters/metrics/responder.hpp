// Answers GET /metrics on a socket, in HTTP/1.0: small, bounded, in a thread of its own, so that
// whoever asks never holds up the engine.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "engine/base/result.hpp"

namespace pintu::metrics {

// "unix:PATH", "127.0.0.1:PORT" or "[::1]:PORT"; port 0 is any that is free.
bool is_address(const std::string& text);

class Responder {
  public:
    static constexpr std::size_t kMostConnections = 16;  // further ones are closed at once
    static constexpr std::size_t kMostRequestBytes = 8'192;
    static constexpr int kMostMilliseconds = 5'000;  // of one connection

    // `text` is called for each answer, from the responder's thread. A socket file that nobody
    // answers on any more is replaced. Errors: CL120 no such address (is_address()), CL121 it
    // cannot be listened on.
    static Result<std::unique_ptr<Responder>> open(const std::string& address,
                                                   std::function<std::string()> text);
    // Ends its thread; removes its socket file.
    ~Responder();
    Responder(const Responder&) = delete;
    Responder& operator=(const Responder&) = delete;

    // Where it listens, with the port that was found.
    const std::string& address() const { return address_; }

  private:
    Responder(int listener, int wake, std::string address, std::string path,
              std::function<std::string()> text);
    void serve();

    int listener_;
    int wake_;  // readable: the thread is to end
    std::string address_;
    std::string path_;  // of a socket file
    std::function<std::string()> text_;
    std::thread thread_;
};

}  // namespace pintu::metrics
