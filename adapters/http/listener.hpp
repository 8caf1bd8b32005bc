// A small HTTP/1.1 server: one thread reads and writes, a few run the handlers, so that a slow
// handler holds up no connection. It knows no plugins; the HTTP service stands on it too.
//
// Whoever connects is not trusted: sizes, times and counts are bounded below, and what goes beyond
// is answered (408, 413, 431, 503, 504) and the connection closed. Requests that two readers could
// cut differently (two lengths, length and chunks, a broken chunk) are refused with 400. Answers of
// the listener itself are {"code":"HT010","message":"..."}.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "adapters/http/message.hpp"
#include "engine/base/result.hpp"
#include "engine/messages/messages.hpp"

namespace pintu::http {

using Milliseconds = std::chrono::milliseconds;

// Runs on any of the listener's worker threads, several at a time. Ends by itself within
// `handler` of the limits; what it answers later is thrown away (the client got 504).
using Handler = std::function<Response(const Request&)>;

// Answers what is at `path` itself and all below it ("/a" has "/a/b", not "/ab"); the longest path
// counts.
struct Route {
    std::string path;
    std::size_t most_body_bytes = 1U << 20;
    Handler handler;
};

struct ListenerLimits {
    std::size_t header_bytes = 16U << 10;
    std::size_t connections = 256;              // beyond: the longest idle one goes, else 503
    std::size_t requests_a_connection = 1'000;  // then it is closed
    std::size_t workers = 4;
    std::size_t waiting = 64;      // requests whose handler has not begun; beyond: 503, Retry-After
    Milliseconds idle{30'000};     // between requests
    Milliseconds header{10'000};   // from a request's first byte to its last header
    Milliseconds body{30'000};     // all of it
    Milliseconds handler{30'000};  // waiting and running
    Milliseconds write{30'000};    // a response, all of it
};

struct ListenerOptions {
    std::string address;  // "127.0.0.1:8080", "[::1]:0" (0: any port), "unix:PATH"
    ListenerLimits limits;
    messages::Language language = messages::Language::indonesian;
};

class Listener {
  public:
    // Listens when it returns. HT002: not an address; HT001: cannot be opened.
    static Result<std::unique_ptr<Listener>> open(const ListenerOptions& options);
    ~Listener();  // stop(0)
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    // Any thread, at any time. A path that is there already gets the new handler.
    void route(Route route);
    // As bound: with the port that the kernel chose.
    const std::string& address() const;
    // No new connections or requests; what is being handled or written goes on within `grace`. A
    // handler that runs is waited for in any case. Any thread but a handler's; once.
    void stop(Milliseconds grace);

  private:
    Listener();
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace pintu::http
