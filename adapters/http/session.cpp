#include "adapters/http/session.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <ctime>
#include <optional>

#include "adapters/http/field.hpp"
#include "adapters/http/target.hpp"
#include "adapters/http/wire_format.hpp"
#include "engine/base/utf8.hpp"

namespace pintu::http {
namespace {

namespace beast = boost::beast;
using Parser = beast::http::request_parser<beast::http::string_body>;
using Doing = Connection::Doing;
constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t kReadAhead = 64U << 10;
// Of a request whose answer has gone already: read and thrown away, so that closing does not
// destroy the answer on its way (RFC 9112 section 9.6).
constexpr std::size_t kMostDrained = 8U << 20;
constexpr Milliseconds kDrain{2'000};

void doing(Connection& connection, Doing what, Milliseconds within) {
    connection.doing = what;
    connection.overdue = false;
    connection.deadline = Clock::now() + within;
}

std::string http_date() {
    const std::time_t now = std::time(nullptr);
    std::tm utc{};
    gmtime_r(&now, &utc);
    static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    char text[48];
    std::snprintf(text, sizeof text, "%s, %02d %s %04d %02d:%02d:%02d GMT", kDays[utc.tm_wday],
                  utc.tm_mday, kMonths[utc.tm_mon], utc.tm_year + 1900, utc.tm_hour, utc.tm_min,
                  utc.tm_sec);
    return text;
}

// What is to be answered, and whether the connection is of use after that.
struct Outcome {
    Response response;
    bool keep_alive = false;
    bool head = false;
};

struct Received {
    Request request;
    std::shared_ptr<const Route> route;
    bool keep_alive = false;
};

// One connection's work, kept together; lives in the coroutine's frame.
class Session {
  public:
    Session(Connection& connection, Shared& shared)
        : connection_(connection),
          shared_(shared),
          limits_(shared.options.limits),
          buffer_(limits_.header_bytes + kReadAhead) {}

    // False: the connection is done with.
    asio::awaitable<bool> next();
    asio::awaitable<void> drain();
    bool drains() const { return drains_; }

  private:
    asio::awaitable<bool> first_byte();
    // Nothing: `outcome` says what to answer; without one there is nobody to answer.
    asio::awaitable<std::optional<Received>> receive(std::optional<Outcome>& outcome);
    asio::awaitable<bool> receive_body(Parser& parser, const Route& route,
                                       std::optional<Outcome>& outcome);
    asio::awaitable<Response> handle(Received& received);
    asio::awaitable<bool> write(const Outcome& outcome);
    Response refuse(int status, const Error& error) const {
        return refusal(status, error, shared_.options.language);
    }
    std::optional<Outcome> unreadable(const boost::system::error_code& error,
                                      std::size_t most_body) const;

    Connection& connection_;
    Shared& shared_;
    const ListenerLimits& limits_;
    beast::flat_buffer buffer_;
    std::size_t served_ = 0;
    bool drains_ = false;
};

asio::awaitable<bool> Session::first_byte() {
    if (buffer_.size() > 0) co_return true;
    doing(connection_, Doing::waiting, limits_.idle);
    if (shared_.stopping) co_return false;
    const auto [error] = co_await connection_.socket.async_wait(Socket::wait_read, kTuple);
    co_return !error;
}

std::optional<Outcome> Session::unreadable(const boost::system::error_code& error,
                                           std::size_t most_body) const {
    using Http = beast::http::error;
    if (connection_.overdue) {
        const auto within =
            connection_.doing == Doing::reading && most_body > 0 ? limits_.body : limits_.header;
        return Outcome{refuse(408, {"HT012", {std::to_string(within.count())}})};
    }
    if (error == Http::header_limit || error == Http::buffer_overflow)
        return Outcome{refuse(431, {"HT014", {std::to_string(limits_.header_bytes)}})};
    if (error == Http::body_limit)
        return Outcome{refuse(413, {"HT013", {std::to_string(most_body)}})};
    const bool http = error.category() == make_error_code(Http::end_of_stream).category();
    if (!http || error == Http::end_of_stream || error == Http::partial_message)
        return std::nullopt;  // it went away
    return Outcome{refuse(400, {"HT010", {error.message()}})};
}

asio::awaitable<std::optional<Received>> Session::receive(std::optional<Outcome>& outcome) {
    doing(connection_, Doing::reading, limits_.header);
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(limits_.header_bytes));
    parser.body_limit(boost::none);  // the route's, once it is known
    const auto [error, size] =
        co_await beast::http::async_read_header(connection_.socket, buffer_, parser, kTuple);
    if (error) {
        outcome = unreadable(error, 0);
        co_return std::nullopt;
    }
    const auto& message = parser.get();
    Received received;
    received.request.method = std::string(message.method_string());
    outcome = Outcome{{}, false, received.request.method == "HEAD"};
    bool text = true;
    for (const auto& field : message) {
        received.request.headers.emplace_back(lower_case(field.name_string()), field.value());
        text = text && !first_invalid_utf8(received.request.headers.back().second);
    }
    const auto hosts = message.count(beast::http::field::host);
    auto target = parse_target(message.target());
    const bool one_host = hosts == 1 || (hosts == 0 && message.version() < 11);
    if (!target || !one_host || !text) {
        const char* wrong = !target ? "target" : one_host ? "UTF-8" : "Host";
        outcome->response = refuse(400, {"HT010", {wrong}});
        co_return std::nullopt;
    }
    received.request.path = std::move(target->path);
    received.request.query = std::move(target->query);
    received.request.peer = connection_.peer;
    received.route = shared_.routes.find(received.request.path);
    const bool empty = !parser.chunked() && parser.content_length().value_or(0) == 0;
    received.keep_alive = parser.keep_alive() && message.version() >= 11;
    if (!received.route) {
        outcome->response = refuse(404, {"HT011", {received.request.path}});
        outcome->keep_alive = received.keep_alive && empty;
        co_return std::nullopt;
    }
    if (!co_await receive_body(parser, *received.route, outcome)) co_return std::nullopt;
    received.request.body = std::move(parser.get().body());
    co_return received;
}

asio::awaitable<bool> Session::receive_body(Parser& parser, const Route& route,
                                            std::optional<Outcome>& outcome) {
    const auto most = route.most_body_bytes;
    if (parser.content_length().value_or(0) > most) {
        outcome->response = refuse(413, {"HT013", {std::to_string(most)}});
        co_return false;
    }
    parser.body_limit(most);
    doing(connection_, Doing::reading, limits_.body);
    const std::string expected = lower_case(parser.get()[beast::http::field::expect]);
    if (!expected.empty() && expected != "100-continue") {
        outcome->response = refuse(417, {"HT018", {expected}});
        co_return false;
    }
    if (!expected.empty() && !parser.is_done()) {
        constexpr std::string_view kGoOn = "HTTP/1.1 100 Continue\r\n\r\n";
        const auto [failed, size] =
            co_await asio::async_write(connection_.socket, asio::buffer(kGoOn), kTuple);
        if (failed) outcome = std::nullopt;
        if (failed) co_return false;
    }
    while (!parser.is_done()) {
        const auto [error, size] =
            co_await beast::http::async_read_some(connection_.socket, buffer_, parser, kTuple);
        if (!error) continue;
        outcome = unreadable(error, most);
        co_return false;
    }
    co_return true;
}

// Shared by the worker that answers and the connection that waits, whichever lasts longer.
struct Pending {
    Pending(asio::io_context& io, Request r, std::shared_ptr<const Route> by)
        : timer(io), request(std::move(r)), route(std::move(by)) {}
    asio::steady_timer timer;
    const Request request;
    const std::shared_ptr<const Route> route;
    std::atomic<bool> abandoned = false;
    std::optional<Response> response;  // the reading thread's
};

Response answer(const Pending& pending, messages::Language language) {
    try {
        return pending.route->handler(pending.request);
    } catch (...) {
        return refusal(500, {"HT015", {}}, language);
    }
}

asio::awaitable<Response> Session::handle(Received& received) {
    connection_.doing = Doing::handling;
    auto pending =
        std::make_shared<Pending>(shared_.io, std::move(received.request), received.route);
    pending->timer.expires_after(limits_.handler);
    const bool queued = shared_.workers.post([pending, &shared = shared_] {
        if (pending->abandoned) return;
        auto response = std::make_shared<Response>(answer(*pending, shared.options.language));
        asio::post(shared.io, [pending, response] {
            pending->response = std::move(*response);
            pending->timer.cancel();
        });
    });
    if (!queued) {
        auto response = refuse(503, {"HT016", {}});
        response.headers.emplace_back("Retry-After", "1");
        co_return response;
    }
    co_await pending->timer.async_wait(kTuple);
    pending->abandoned = true;
    if (pending->response) co_return std::move(*pending->response);
    co_return refuse(504, {"HT017", {std::to_string(limits_.handler.count())}});
}

asio::awaitable<bool> Session::write(const Outcome& outcome) {
    doing(connection_, Doing::writing, limits_.write);
    const std::string head =
        response_head(outcome.response, {outcome.keep_alive, outcome.head, http_date()});
    const bool body = !outcome.head && has_body(outcome.response.status);
    const std::array<asio::const_buffer, 2> bytes = {
        asio::buffer(head), asio::buffer(body ? outcome.response.body : std::string_view())};
    const auto [error, size] = co_await asio::async_write(connection_.socket, bytes, kTuple);
    co_return !error;
}

asio::awaitable<bool> Session::next() {
    if (!co_await first_byte()) co_return false;
    std::optional<Outcome> outcome;
    auto received = co_await receive(outcome);
    if (received) {
        outcome->keep_alive = received->keep_alive;
        outcome->response = co_await handle(*received);
    }
    if (!outcome) co_return false;
    ++served_;
    if (served_ >= limits_.requests_a_connection || shared_.stopping) outcome->keep_alive = false;
    const bool written = co_await write(*outcome);
    drains_ = written && !outcome->keep_alive;
    co_return written && outcome->keep_alive;
}

asio::awaitable<void> Session::drain() {
    doing(connection_, Doing::draining, kDrain);
    boost::system::error_code ignored;
    connection_.socket.shutdown(Socket::shutdown_send, ignored);
    std::array<char, 16U << 10> bytes;
    for (std::size_t drained = 0; drained < kMostDrained;) {
        const auto [error, size] =
            co_await connection_.socket.async_read_some(asio::buffer(bytes), kTuple);
        if (error) co_return;
        drained += size;
    }
}

}  // namespace

asio::awaitable<void> serve(std::shared_ptr<Connection> connection, Shared& shared) {
    Session session(*connection, shared);
    while (co_await session.next()) {
    }
    if (session.drains()) co_await session.drain();
    boost::system::error_code ignored;
    connection->socket.close(ignored);
    shared.connections.remove(connection);
}

}  // namespace pintu::http
