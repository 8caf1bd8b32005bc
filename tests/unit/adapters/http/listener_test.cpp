#include "adapters/http/listener.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>

#include "tests/unit/adapters/http/raw_client.hpp"

namespace pintu::http {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::RawClient;
using ::testing::StartsWith;
using namespace std::chrono_literals;

const std::string kHost = "Host: di-sini\r\n";

std::string get(const std::string& path, const std::string& headers = "") {
    return "GET " + path + " HTTP/1.1\r\n" + kHost + headers + "\r\n";
}

std::string post(const std::string& path, const std::string& body) {
    return "POST " + path + " HTTP/1.1\r\n" + kHost +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

// Short times, so that waiting them out takes little.
ListenerOptions quick() {
    ListenerOptions options;
    options.address = "127.0.0.1:0";
    options.limits.idle = 5'000ms;
    options.limits.header = 300ms;
    options.limits.body = 300ms;
    options.limits.handler = 300ms;
    options.limits.write = 2'000ms;
    return options;
}

Response echo(const Request& request) {
    return {200,
            {{"Content-Type", "text/plain"}},
            request.method + " " + request.path + "?" + request.query + " " + request.body};
}

std::unique_ptr<Listener> opened(const ListenerOptions& options) {
    auto listener = Listener::open(options);
    EXPECT_TRUE(listener.has_value()) << (listener ? "" : listener.error().args.back());
    (*listener)->route({"/gema", 1'000, echo});
    return std::move(*listener);
}

TEST(Listener, answers_a_request_and_keeps_the_connection_for_the_next) {
    const auto listener = opened(quick());
    RawClient client(listener->address());
    client.send(get("/gema/a%20b?x=1"));
    const std::string first = client.response();
    EXPECT_THAT(first, StartsWith("HTTP/1.1 200 OK\r\nDate: "));
    EXPECT_THAT(first, HasSubstr("\r\n\r\nGET /gema/a b?x=1 "));
    client.send(post("/gema", "halo"));
    EXPECT_THAT(client.response(), HasSubstr("POST /gema? halo"));
}

TEST(Listener, answers_pipelined_requests_in_order) {
    const auto listener = opened(quick());
    RawClient client(listener->address());
    client.send(post("/gema", "satu") + post("/gema", "dua") + get("/gema/tiga"));
    EXPECT_THAT(client.response(), HasSubstr("satu"));
    EXPECT_THAT(client.response(), HasSubstr("dua"));
    EXPECT_THAT(client.response(), HasSubstr("GET /gema/tiga"));
}

TEST(Listener, takes_a_request_that_comes_one_byte_at_a_time) {
    const auto listener = opened(quick());
    RawClient client(listener->address());
    for (const char c : post("/gema", "pelan")) ASSERT_TRUE(client.send(std::string(1, c)));
    EXPECT_THAT(client.response(), HasSubstr("pelan"));
}

TEST(Listener, puts_chunks_together_and_ignores_what_trails) {
    const auto listener = opened(quick());
    RawClient client(listener->address());
    client.send("POST /gema HTTP/1.1\r\n" + kHost +
                "Transfer-Encoding: chunked\r\n\r\n4\r\nsatu\r\n3;x=y\r\ndua\r\n0\r\n"
                "X-Tambahan: ya\r\n\r\n");
    EXPECT_THAT(client.response(), HasSubstr("satudua"));
}

TEST(Listener, asks_for_the_body_of_one_who_waits_to_be_asked) {
    const auto listener = opened(quick());
    RawClient client(listener->address());
    client.send("POST /gema HTTP/1.1\r\n" + kHost +
                "Content-Length: 4\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.response(), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("halo");
    EXPECT_THAT(client.response(), HasSubstr("halo"));
}

TEST(Listener, gives_a_head_request_the_length_and_no_body) {
    const auto listener = opened(quick());
    RawClient client(listener->address());
    client.send("HEAD /gema HTTP/1.1\r\n" + kHost + "Connection: close\r\n\r\n");
    const std::string answer = client.response();
    EXPECT_THAT(answer, HasSubstr("Content-Length: 12\r\n"));
    EXPECT_THAT(answer, Not(HasSubstr("HEAD /gema")));
}

TEST(Listener, serves_a_unix_socket_and_removes_it) {
    const std::string path = ::testing::TempDir() + "pintu-http-" + std::to_string(getpid());
    auto options = quick();
    options.address = "unix:" + path;
    auto listener = opened(options);
    RawClient client(options.address);
    client.send(get("/gema"));
    EXPECT_THAT(client.response(), HasSubstr("GET /gema"));
    listener.reset();
    EXPECT_NE(access(path.c_str(), F_OK), 0);
}

TEST(Listener, takes_the_longest_path_and_a_new_handler_for_it) {
    const auto listener = opened(quick());
    listener->route({"/gema/dalam", 10, [](const Request&) { return Response{202, {}, "dalam"}; }});
    RawClient client(listener->address());
    client.send(get("/gema/dalam/sekali"));
    EXPECT_THAT(client.response(), HasSubstr("202 Accepted"));
    client.send(get("/gema/dalaman"));
    EXPECT_THAT(client.response(), HasSubstr("200 OK"));
    listener->route({"/gema/dalam", 10, [](const Request&) { return Response{204, {}, ""}; }});
    client.send(get("/gema/dalam"));
    EXPECT_THAT(client.response(), HasSubstr("204 No Content"));
    client.send(get("/gemar"));
    EXPECT_THAT(client.response(), AllOf(HasSubstr("404 Not Found"), HasSubstr("HT011")));
}

TEST(Listener, takes_a_body_of_the_limit_and_refuses_one_byte_more) {
    const auto listener = opened(quick());
    {
        RawClient client(listener->address());
        client.send(post("/gema", std::string(1'000, 'x')));
        EXPECT_THAT(client.response(), HasSubstr("200 OK"));
        client.send(post("/gema", std::string(1'001, 'x')));
        EXPECT_THAT(client.response(), AllOf(HasSubstr("413"), HasSubstr("HT013")));
        EXPECT_TRUE(client.closed());
    }
    const auto chunked = [](std::size_t size) {
        char hex[16];
        std::snprintf(hex, sizeof hex, "%zx", size);
        return "POST /gema HTTP/1.1\r\n" + kHost + "Transfer-Encoding: chunked\r\n\r\n" + hex +
               "\r\n" + std::string(size, 'x') + "\r\n0\r\n\r\n";
    };
    RawClient client(listener->address());
    client.send(chunked(1'000));
    EXPECT_THAT(client.response(), HasSubstr("200 OK"));
    client.send(chunked(1'001));
    EXPECT_THAT(client.response(), AllOf(HasSubstr("413"), HasSubstr("HT013")));
}

// A client that sends all before it reads must still get its answer.
TEST(Listener, refuses_a_large_body_without_destroying_the_answer) {
    const auto listener = opened(quick());
    for (int i = 0; i < 5; ++i) {
        RawClient client(listener->address());
        ASSERT_TRUE(client.send(post("/gema", std::string(4U << 20, 'x'))));
        EXPECT_THAT(client.response(), HasSubstr("413"));
    }
}

TEST(Listener, refuses_headers_that_are_too_long) {
    const auto listener = opened(quick());
    for (const std::size_t size : {17U << 10, 1U << 20}) {
        RawClient client(listener->address());
        client.send(get("/gema", "X-Panjang: " + std::string(size, 'x') + "\r\n"));
        EXPECT_THAT(client.response(), AllOf(HasSubstr("431"), HasSubstr("HT014")));
        EXPECT_TRUE(client.closed());
    }
}

TEST(Listener, refuses_what_two_readers_could_read_in_two_ways) {
    const auto listener = opened(quick());
    const std::string start = "POST /gema HTTP/1.1\r\n" + kHost;
    const std::vector<std::string> wrong = {
        start + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        start + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        start + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
        start + "Content-Length: -1\r\n\r\n",
        start + "Content-Length: 0x10\r\n\r\n",
        start + "Content-Length: 99999999999999999999999\r\n\r\n",
        start + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        start + "Transfer-Encoding: chunked\r\n\r\n4\r\nsatudua\r\n0\r\n\r\n",
        start + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
        "GET /gema HTTP/1.1\nHost: di-sini\n\n",
        "GET /gema HTTP/1.1\r\n\r\n",
        "GET /gema HTTP/1.1\r\n" + kHost + kHost + "\r\n",
        "GET gema HTTP/1.1\r\n" + kHost + "\r\n",
        "GET /gema%0 HTTP/1.1\r\n" + kHost + "\r\n",
        "GET /gema%00 HTTP/1.1\r\n" + kHost + "\r\n",
        "GET /gema%ff HTTP/1.1\r\n" + kHost + "\r\n",
        "GET /gema?\xff HTTP/1.1\r\n" + kHost + "\r\n",
        "GET /gema HTTP/1.1\r\n" + kHost + "X-A: \xff\r\n\r\n",
        "GET /gema HTTP/1.1\r\n" + kHost + "X Y: z\r\n\r\n",
        "GET /gema HTTP/3.0\r\n" + kHost + "\r\n",
        "\x16\x03\x01\x02\x05\x01 halo TLS\r\n\r\n",
    };
    for (const auto& bytes : wrong) {
        RawClient client(listener->address());
        client.send(bytes);
        const auto answer = client.response();
        EXPECT_THAT(answer, AnyOf(StartsWith("HTTP/1.1 400"), StartsWith("HTTP/1.1 413")))
            << bytes << "\n"
            << answer;
        EXPECT_TRUE(client.closed()) << bytes;
    }
}

TEST(Listener, does_not_wait_for_one_who_dribbles_a_header_or_a_body) {
    const auto listener = opened(quick());
    for (const std::string& begun :
         {std::string("GET /gema HTTP/1.1\r\nHost:"),
          "POST /gema HTTP/1.1\r\n" + kHost + "Content-Length: 5\r\n\r\nab"}) {
        RawClient client(listener->address());
        client.send(begun);
        const auto start = std::chrono::steady_clock::now();
        EXPECT_THAT(client.response(), AllOf(StartsWith("HTTP/1.1 408"), HasSubstr("HT012")));
        EXPECT_TRUE(client.closed());
        const auto took = std::chrono::steady_clock::now() - start;
        EXPECT_GE(took, 250ms);
        EXPECT_LT(took, 4s);
    }
}

TEST(Listener, dribbling_does_not_stretch_the_time_of_a_header) {
    const auto listener = opened(quick());
    RawClient client(listener->address());
    client.send("GET /gema HTTP/1.1\r\nX-A: ");
    const auto start = std::chrono::steady_clock::now();
    std::thread dribble([&] {
        while (std::chrono::steady_clock::now() - start < 1s && client.send("x"))
            std::this_thread::sleep_for(20ms);
    });
    EXPECT_THAT(client.response(), StartsWith("HTTP/1.1 408"));
    EXPECT_LT(std::chrono::steady_clock::now() - start, 900ms);
    dribble.join();
}

TEST(Listener, closes_an_idle_connection_without_a_word) {
    auto options = quick();
    options.limits.idle = 200ms;
    const auto listener = opened(options);
    RawClient client(listener->address());
    EXPECT_EQ(client.response(), "");
    EXPECT_TRUE(client.closed());
}

TEST(Listener, answers_one_who_has_ended_sending_already) {
    const auto listener = opened(quick());
    RawClient client(listener->address());
    client.send(get("/gema"));
    client.end_sending();
    EXPECT_THAT(client.response(), HasSubstr("GET /gema"));
    EXPECT_TRUE(client.closed());
    RawClient half(listener->address());
    half.send("GET /gema HT");
    half.end_sending();
    EXPECT_TRUE(half.closed());
}

TEST(Listener, ends_a_connection_after_its_share_of_requests) {
    auto options = quick();
    options.limits.requests_a_connection = 2;
    const auto listener = opened(options);
    RawClient client(listener->address());
    client.send(get("/gema"));
    EXPECT_THAT(client.response(), Not(HasSubstr("Connection: close")));
    client.send(get("/gema"));
    EXPECT_THAT(client.response(), HasSubstr("Connection: close"));
    EXPECT_TRUE(client.closed());
}

TEST(Listener, lets_the_longest_idle_connection_go_for_a_new_one) {
    auto options = quick();
    options.limits.connections = 2;
    const auto listener = opened(options);
    RawClient first(listener->address());
    first.send(get("/gema"));
    EXPECT_THAT(first.response(), HasSubstr("200 OK"));
    RawClient second(listener->address());
    second.send(get("/gema"));
    EXPECT_THAT(second.response(), HasSubstr("200 OK"));
    RawClient third(listener->address());
    third.send(get("/gema"));
    EXPECT_THAT(third.response(), HasSubstr("200 OK"));
    EXPECT_TRUE(first.closed());
}

// Lets handlers go on when it is told to.
class Gate {
  public:
    Handler handler() {
        return [this](const Request&) {
            ++entered;
            open_.get_future().wait();
            return Response{200, {}, "lewat"};
        };
    }
    void open() { open_.set_value(); }
    bool wait_for(int n) const {
        for (int i = 0; i < 500 && entered < n; ++i) std::this_thread::sleep_for(10ms);
        return entered >= n;
    }
    std::atomic<int> entered = 0;

  private:
    std::promise<void> open_;
};

TEST(Listener, says_that_it_is_busy_where_no_handler_is_free_and_none_may_wait) {
    auto options = quick();
    options.limits.workers = 1;
    options.limits.waiting = 1;
    options.limits.handler = 5'000ms;
    const auto listener = opened(options);
    Gate gate;
    listener->route({"/gerbang", 10, gate.handler()});
    RawClient running(listener->address());
    running.send(get("/gerbang"));
    ASSERT_TRUE(gate.wait_for(1));
    RawClient waiting(listener->address());
    waiting.send(get("/gema"));
    std::string answer;
    for (int i = 0; i < 500 && answer.find("503") == std::string::npos; ++i) {
        RawClient refused(listener->address());
        refused.send(get("/gema"));
        answer = refused.response();
    }
    EXPECT_THAT(answer, AllOf(HasSubstr("503"), HasSubstr("Retry-After: 1"), HasSubstr("HT016")));
    gate.open();
    EXPECT_THAT(running.response(), HasSubstr("lewat"));
    EXPECT_THAT(waiting.response(), HasSubstr("GET /gema"));
}

TEST(Listener, gives_up_a_handler_that_takes_too_long) {
    const auto listener = opened(quick());
    Gate gate;
    listener->route({"/gerbang", 10, gate.handler()});
    RawClient client(listener->address());
    client.send(get("/gerbang"));
    EXPECT_THAT(client.response(), AllOf(HasSubstr("504"), HasSubstr("HT017")));
    client.send(get("/gema"));
    EXPECT_THAT(client.response(), HasSubstr("200 OK"));
    gate.open();
}

TEST(Listener, survives_a_handler_that_throws_or_answers_nonsense) {
    const auto listener = opened(quick());
    listener->route({"/lempar", 10, [](const Request&) -> Response { throw 7; }});
    listener->route({"/aneh", 10, [](const Request&) {
                         return Response{1'000,
                                         {{"X-Belah", "a\r\nSet-Cookie: b"},
                                          {"Content-Length", "7"},
                                          {"Nama salah", "x"},
                                          {"X-Baik", "ya"}},
                                         "isi"};
                     }});
    RawClient client(listener->address());
    client.send(get("/lempar"));
    EXPECT_THAT(client.response(), AllOf(HasSubstr("500"), HasSubstr("HT015")));
    client.send(get("/aneh"));
    const auto answer = client.response();
    EXPECT_THAT(answer, AllOf(StartsWith("HTTP/1.1 500"), HasSubstr("X-Baik: ya"),
                              HasSubstr("Content-Length: 3"), Not(HasSubstr("Set-Cookie")),
                              Not(HasSubstr("Content-Length: 7")), Not(HasSubstr("salah"))));
}

TEST(Listener, finishes_what_is_under_way_when_it_is_stopped) {
    auto options = quick();
    options.limits.handler = 5'000ms;
    const auto listener = opened(options);
    Gate gate;
    listener->route({"/gerbang", 10, gate.handler()});
    RawClient idle(listener->address());
    RawClient client(listener->address());
    client.send(get("/gerbang"));
    ASSERT_TRUE(gate.wait_for(1));
    std::thread stop([&] { listener->stop(5s); });
    EXPECT_TRUE(idle.closed());
    gate.open();
    EXPECT_THAT(client.response(), AllOf(HasSubstr("lewat"), HasSubstr("Connection: close")));
    EXPECT_TRUE(client.closed());
    stop.join();
    EXPECT_FALSE(RawClient(listener->address()).connected());
}

TEST(Listener, many_clients_at_once_each_get_their_own_answer) {
    const auto listener = opened(quick());
    std::vector<std::thread> threads;
    std::atomic<int> right = 0;
    for (int t = 0; t < 8; ++t)
        threads.emplace_back([&, t] {
            RawClient client(listener->address());
            for (int i = 0; i < 50; ++i) {
                const std::string own = std::to_string(t) + "-" + std::to_string(i);
                client.send(post("/gema", own));
                right += client.response().find("POST /gema? " + own) != std::string::npos;
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(right, 400);
}

TEST(Listener, says_what_is_wrong_with_its_address) {
    for (const std::string address :
         {"", "8080", ":8080", "localhost:8080", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536",
          "unix:", "1.2.3:80", "[::1:80"}) {
        ListenerOptions options;
        options.address = address;
        const auto listener = Listener::open(options);
        ASSERT_FALSE(listener.has_value()) << address;
        EXPECT_EQ(listener.error().code, "HT002") << address;
    }
    const auto first = opened(quick());
    ListenerOptions taken;
    taken.address = first->address();
    const auto second = Listener::open(taken);
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().code, "HT001");
    EXPECT_EQ(second.error().args.front(), first->address());
}

}  // namespace
}  // namespace pintu::http
