// One connection of the listener, from its first request to its end. Only for listener.cpp and
// session.cpp: the one header of the room that shows Asio.
#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <list>
#include <memory>

#include "adapters/http/listener.hpp"
#include "adapters/http/routes.hpp"
#include "adapters/http/workers.hpp"

namespace pintu::http {

namespace asio = boost::asio;
using Socket = asio::generic::stream_protocol::socket;
using Clock = std::chrono::steady_clock;

// What it does just now decides what becomes of it at its deadline: an idle one is closed without a
// word, a reading one is told (408), a writing one is cut off. While a handler runs another timer
// counts.
struct Connection {
    explicit Connection(Socket s) : socket(std::move(s)) {}
    Socket socket;
    std::string peer;
    enum class Doing { waiting, reading, handling, writing, draining } doing = Doing::waiting;
    Clock::time_point deadline;
    bool overdue = false;  // its reading was ended by the deadline
};

// What all connections of a listener share. Touched on the thread that reads and writes, but for
// routes and workers.
struct Shared {
    explicit Shared(const ListenerOptions& o)
        : options(o), workers(o.limits.workers, o.limits.waiting) {}
    const ListenerOptions options;
    asio::io_context io;
    Routes routes;
    Workers workers;
    std::list<std::shared_ptr<Connection>> connections;
    bool stopping = false;
};

// Answers requests until the connection ends; then it is closed. Bounded by the sweep() of the
// listener, which looks at the deadlines.
asio::awaitable<void> serve(std::shared_ptr<Connection> connection, Shared& shared);

}  // namespace pintu::http
