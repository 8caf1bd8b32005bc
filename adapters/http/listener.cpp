#include "adapters/http/listener.hpp"

#include <unistd.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <future>
#include <thread>

#include "adapters/http/bind.hpp"
#include "adapters/http/session.hpp"
#include "adapters/http/wire_format.hpp"

namespace pintu::http {
namespace {

constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);
constexpr Milliseconds kSweep{50};
using Doing = Connection::Doing;

void cancel(Connection& connection) {
    boost::system::error_code ignored;
    connection.socket.cancel(ignored);
}

void close_now(Connection& connection) {
    boost::system::error_code ignored;
    connection.socket.close(ignored);
}

void look_at(Connection& connection, Clock::time_point now) {
    if (connection.doing == Doing::handling || now < connection.deadline) return;
    if (connection.doing == Doing::writing || connection.overdue) return close_now(connection);
    connection.overdue = connection.doing == Doing::reading;
    connection.deadline = now + kSweep;
    cancel(connection);
}

}  // namespace

struct Listener::Inside {
    Inside(const ListenerOptions& options, Bound where)
        : bound(std::move(where)), shared(options), acceptor(shared.io), sweeper(shared.io) {}

    asio::awaitable<void> accept();
    asio::awaitable<void> sweep();
    void take(Socket socket);
    bool make_room();
    void drop_idle();

    const Bound bound;
    Shared shared;
    asio::basic_socket_acceptor<asio::generic::stream_protocol> acceptor;
    asio::steady_timer sweeper;
    std::thread thread;
};

// Where there are too many, the one that has waited longest for a next request makes room.
bool Listener::Inside::make_room() {
    if (shared.connections.size() < shared.options.limits.connections) return true;
    Connection* oldest = nullptr;
    for (const auto& connection : shared.connections)
        if (connection->doing == Doing::waiting &&
            (oldest == nullptr || connection->deadline < oldest->deadline))
            oldest = connection.get();
    if (oldest == nullptr) return false;
    close_now(*oldest);
    return true;
}

void Listener::Inside::take(Socket socket) {
    auto connection = std::make_shared<Connection>(std::move(socket));
    boost::system::error_code ignored;
    connection->socket.non_blocking(true, ignored);
    if (!make_room()) {
        auto response = refusal(503, {"HT016", {}}, shared.options.language);
        response.headers.emplace_back("Retry-After", "1");
        const std::string head = response_head(response, {});
        connection->socket.write_some(asio::buffer(head + response.body), ignored);
        return;
    }
    connection->peer = peer_of(connection->socket.native_handle());
    if (bound.path.empty()) connection->socket.set_option(asio::ip::tcp::no_delay(true), ignored);
    connection->deadline = Clock::now() + shared.options.limits.idle;
    shared.connections.push_back(connection);
    asio::co_spawn(shared.io, serve(connection, shared), asio::detached);
}

asio::awaitable<void> Listener::Inside::accept() {
    while (acceptor.is_open()) {
        auto [error, socket] = co_await acceptor.async_accept(kTuple);
        if (!error) {
            take(std::move(socket));
            continue;
        }
        if (!acceptor.is_open()) co_return;
        asio::steady_timer pause(shared.io, kSweep);  // out of descriptors, most likely
        co_await pause.async_wait(kTuple);
    }
}

asio::awaitable<void> Listener::Inside::sweep() {
    for (;;) {
        sweeper.expires_after(kSweep);
        co_await sweeper.async_wait(kTuple);
        const auto now = Clock::now();
        for (const auto& connection : shared.connections) look_at(*connection, now);
    }
}

void Listener::Inside::drop_idle() {
    for (const auto& connection : shared.connections)
        if (connection->doing == Doing::waiting) cancel(*connection);
}

Listener::Listener() = default;

Result<std::unique_ptr<Listener>> Listener::open(const ListenerOptions& options) {
    auto bound = bind_to(options.address);
    if (!bound) return bound.unexpected();
    std::unique_ptr<Listener> listener(new Listener);
    try {
        listener->inside_ = std::make_unique<Inside>(options, *bound);
        auto& inside = *listener->inside_;
        inside.acceptor.assign(asio::generic::stream_protocol(bound->family, 0), bound->socket);
        asio::co_spawn(inside.shared.io, inside.accept(), asio::detached);
        asio::co_spawn(inside.shared.io, inside.sweep(), asio::detached);
        inside.thread = std::thread([&inside] { inside.shared.io.run(); });
    } catch (const std::exception& e) {
        return fail("HT001", options.address, e.what());
    }
    return listener;
}

Listener::~Listener() {
    if (inside_) stop(Milliseconds(0));
}

void Listener::route(Route route) {
    inside_->shared.routes.put(std::move(route));
}

const std::string& Listener::address() const {
    return inside_->bound.address;
}

void Listener::stop(Milliseconds grace) {
    auto& inside = *inside_;
    if (!inside.thread.joinable()) return;
    const auto until = Clock::now() + grace;
    asio::post(inside.shared.io, [&inside] {
        boost::system::error_code ignored;
        inside.acceptor.close(ignored);
        inside.shared.stopping = true;
        inside.drop_idle();
    });
    for (bool busy = true; busy && Clock::now() < until;) {
        std::promise<bool> any;
        auto answer = any.get_future();
        asio::post(inside.shared.io, [&] { any.set_value(!inside.shared.connections.empty()); });
        busy = answer.get();
        if (busy) std::this_thread::sleep_for(Milliseconds(5));
    }
    inside.shared.workers.stop();
    inside.shared.io.stop();
    inside.thread.join();
    if (!inside.bound.path.empty()) unlink(inside.bound.path.c_str());
}

}  // namespace pintu::http
