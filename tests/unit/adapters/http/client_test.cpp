#include "adapters/http/client.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "adapters/http/address.hpp"
#include "adapters/http/connect.hpp"
#include "adapters/http/listener.hpp"
#include "tests/unit/adapters/http/scripted_server.hpp"

namespace pintu::http {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;
using testing::ScriptedServer;
using namespace std::chrono_literals;

Outgoing to(const std::string& url) {
    Outgoing request;
    request.url = url;
    request.timeout = 2s;
    return request;
}

std::string code_of(const Outgoing& request) {
    const auto response = send(request);
    return response ? "status " + std::to_string(response->status) : response.error().code;
}

TEST(HttpClient, posts_what_it_is_given_and_brings_back_what_it_gets) {
    const ScriptedServer server(
        "HTTP/1.1 202 Accepted\r\nX-Satu:  a b \r\nContent-Length: 4\r\n\r\nbaik");
    auto request = to(server.url("/masuk?x=1"));
    request.method = "POST";
    request.headers = {{"Content-Type", "application/json"}, {"X-Kosong", ""}};
    request.body = std::string("{\"a\":\0}", 7);
    const auto response = send(request);
    ASSERT_TRUE(response.has_value()) << response.error().code;
    EXPECT_EQ(response->status, 202);
    EXPECT_EQ(response->body, "baik");
    EXPECT_THAT(response->headers, ElementsAre(Pair("x-satu", "a b"), Pair("content-length", "4")));
    EXPECT_THAT(server.heard, HasSubstr("POST /masuk?x=1 HTTP/1.1\r\n"));
    EXPECT_THAT(server.heard, HasSubstr("X-Kosong:\r\n"));
    EXPECT_THAT(server.heard, Not(HasSubstr("urlencoded")));
    EXPECT_THAT(server.heard, Not(HasSubstr("Expect")));
    EXPECT_TRUE(server.heard.ends_with(request.body));
}

TEST(HttpClient, does_not_follow_a_redirect) {
    const ScriptedServer other("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    const ScriptedServer server("HTTP/1.1 302 Found\r\nLocation: " + other.url() +
                                "\r\nContent-Length: 0\r\n\r\n");
    EXPECT_EQ(code_of(to(server.url())), "status 302");
    EXPECT_EQ(other.connections, 0);
}

TEST(HttpClient, goes_to_no_proxy_that_the_environment_names) {
    const ScriptedServer proxy("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    const ScriptedServer server("HTTP/1.1 204 No Content\r\n\r\n");
    setenv("http_proxy", proxy.url().c_str(), 1);
    EXPECT_EQ(code_of(to(server.url())), "status 204");
    unsetenv("http_proxy");
    EXPECT_EQ(proxy.connections, 0);
}

TEST(HttpClient, gives_up_one_that_is_silent_or_dribbles) {
    const ScriptedServer silent("", true);
    const ScriptedServer half("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", true);
    for (const auto* server : {&silent, &half}) {
        auto request = to(server->url());
        request.timeout = 300ms;
        const auto start = std::chrono::steady_clock::now();
        EXPECT_EQ(code_of(request), "HT024");
        EXPECT_LT(std::chrono::steady_clock::now() - start, 1'500ms);
    }
}

TEST(HttpClient, takes_an_answer_of_the_limit_and_no_byte_more) {
    for (const bool counted : {true, false}) {
        const std::string head =
            counted ? "HTTP/1.1 200 OK\r\nContent-Length: " : "HTTP/1.1 200 OK";
        const ScriptedServer fits(head + (counted ? "1000" : "") + "\r\n\r\n" +
                                  std::string(1'000, 'x'));
        const ScriptedServer more(head + (counted ? "1001" : "") + "\r\n\r\n" +
                                  std::string(1'001, 'x'));
        auto request = to(fits.url());
        request.most_response_bytes = 1'000;
        EXPECT_EQ(code_of(request), "status 200");
        request.url = more.url();
        EXPECT_EQ(code_of(request), "HT026");
    }
    const ScriptedServer headers("HTTP/1.1 200 OK\r\n" + [] {
        std::string lines;
        for (int i = 0; i < 2'000; ++i) lines += "X-Banyak: " + std::string(50, 'x') + "\r\n";
        return lines;
    }() + "\r\n");
    EXPECT_EQ(code_of(to(headers.url())), "HT026");
}

TEST(HttpClient, says_what_went_wrong_at_the_other_end) {
    const ScriptedServer foreign("+OK Dovecot siap.\r\n");
    EXPECT_EQ(code_of(to(foreign.url())), "HT027");
    const ScriptedServer nothing("");
    EXPECT_EQ(code_of(to(nothing.url())), "HT027");
    const ScriptedServer cut("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
    EXPECT_EQ(code_of(to(cut.url())), "HT027");
    std::uint16_t closed_port = 0;
    {
        const ScriptedServer gone("");
        closed_port = gone.port();
    }
    EXPECT_EQ(code_of(to("http://127.0.0.1:" + std::to_string(closed_port) + "/")), "HT023");
    EXPECT_EQ(code_of(to("http://tidak-ada.invalid/")), "HT022");
}

TEST(HttpClient, sends_nothing_that_would_be_two_requests) {
    const ScriptedServer server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    auto request = to(server.url());
    request.headers = {{"X-Belah", "a\r\nX-Lain: b"}};
    EXPECT_EQ(code_of(request), "HT020");
    request.headers = {{"X: Y", "a"}};
    EXPECT_EQ(code_of(request), "HT020");
    request.headers = {{"Content-length", "3"}};
    EXPECT_EQ(code_of(request), "HT020");
    request.headers = {};
    request.method = "GET / HTTP/1.1\r\nX";
    EXPECT_EQ(code_of(request), "HT020");
    EXPECT_EQ(code_of(to(server.url("/a b\r\nX: y"))), "HT020");
    EXPECT_EQ(server.connections, 0);
}

TEST(HttpClient, knows_where_a_url_leads) {
    const auto plain = destination_of("HTTP://Contoh.GO.id/x");
    ASSERT_TRUE(plain.has_value());
    EXPECT_EQ(plain->host, "contoh.go.id");
    EXPECT_EQ(plain->port, 80);
    EXPECT_FALSE(plain->tls);
    const auto six = destination_of("https://[::1]:8443/");
    ASSERT_TRUE(six.has_value());
    EXPECT_EQ(six->host, "::1");
    EXPECT_EQ(six->port, 8'443);
    EXPECT_TRUE(six->tls);
    EXPECT_EQ(destination_of("http://0x7f.1/")->host, "127.0.0.1");
    for (const std::string wrong :
         {"", "contoh.go.id/x", "ftp://contoh.go.id/", "file:///etc/passwd", "http://",
          "http://a@contoh.go.id/", "http://a:b@contoh.go.id/", "http://contoh.go.id:70000/",
          "http://boleh.go.id\\@jahat.id/", "gopher://contoh.go.id/"})
        EXPECT_FALSE(destination_of(wrong).has_value()) << wrong;
}

// A certificate made for this run: refused by the system's store, taken where it is trusted.
TEST(HttpClient, checks_the_certificate) {
    const std::string folder = ::testing::TempDir() + "pintu-tls-" + std::to_string(getpid());
    const std::string make = "mkdir -p " + folder + " && cd " + folder +
                             " && openssl req -x509 -newkey rsa:2048 -nodes -keyout k.pem -out "
                             "c.pem -days 2 -subj /CN=localhost -addext "
                             "subjectAltName=DNS:localhost 2>/dev/null";
    ASSERT_EQ(std::system(make.c_str()), 0);
    int in[2];
    int out[2];
    ASSERT_EQ(pipe(in), 0);
    ASSERT_EQ(pipe(out), 0);
    const pid_t child = fork();
    if (child == 0) {
        dup2(in[0], 0);
        dup2(out[1], 1);
        const std::string script =
            "import ssl,http.server,sys,threading\n"
            "sys.stderr=open('/dev/null','w')\n"
            "s=http.server.HTTPServer(('127.0.0.1',0),http.server.SimpleHTTPRequestHandler)\n"
            "c=ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)\n"
            "c.load_cert_chain('" +
            folder + "/c.pem','" + folder +
            "/k.pem')\n"
            "s.socket=c.wrap_socket(s.socket,server_side=True)\n"
            "print(s.server_port,flush=True)\n"
            "threading.Thread(target=s.serve_forever,daemon=True).start()\n"
            "sys.stdin.read()\n";
        close(in[1]);
        execlp("python3", "python3", "-c", script.c_str(), static_cast<char*>(nullptr));
        _exit(127);
    }
    close(in[0]);
    close(out[1]);
    char port[16] = "";
    ASSERT_GT(read(out[0], port, sizeof port - 1), 0);
    const std::string at = ":" + std::to_string(std::stoi(port)) + "/";
    auto request = to("https://localhost" + at);
    request.timeout = 5s;
    EXPECT_EQ(code_of(request), "HT025");
    request.trusted = folder + "/c.pem";
    EXPECT_EQ(code_of(request), "status 200");
    request.url = "https://127.0.0.1" + at;  // not the name in the certificate
    EXPECT_EQ(code_of(request), "HT025");
    close(in[1]);
    close(out[0]);
    waitpid(child, nullptr, 0);
    std::filesystem::remove_all(folder);
}

TEST(HttpClient, talks_with_the_listener_of_this_room) {
    ListenerOptions options;
    options.address = "127.0.0.1:0";
    auto listener = Listener::open(options);
    ASSERT_TRUE(listener.has_value());
    (*listener)->route({"/", 1U << 20, [](const Request& request) {
                            return Response{200,
                                            {},
                                            std::string(header(request.headers, "x-a")) +
                                                request.peer + request.body};
                        }});
    auto request = to("http://" + (*listener)->address() + "/x");
    request.method = "PUT";
    request.headers = {{"X-A", "nilai "}};
    request.body = std::string(100'000, 'y');
    const auto response = send(request);
    ASSERT_TRUE(response.has_value()) << response.error().code;
    EXPECT_EQ(response->body, "nilai127.0.0.1" + request.body);
}

bool forbidden_address(const std::string& text, const std::string& host = "nama.go.id") {
    sockaddr_storage bytes{};
    auto* generic = static_cast<sockaddr*>(static_cast<void*>(&bytes));
    if (text.find(':') != std::string::npos) {
        generic->sa_family = AF_INET6;
        auto* name = static_cast<sockaddr_in6*>(static_cast<void*>(&bytes));
        EXPECT_EQ(inet_pton(AF_INET6, text.c_str(), &name->sin6_addr), 1) << text;
    } else {
        generic->sa_family = AF_INET;
        auto* name = static_cast<sockaddr_in*>(static_cast<void*>(&bytes));
        EXPECT_EQ(inet_pton(AF_INET, text.c_str(), &name->sin_addr), 1) << text;
    }
    return forbidden(*generic, host);
}

TEST(Address, a_name_never_leads_to_where_machines_keep_their_credentials) {
    for (const std::string text : {"169.254.169.254", "169.254.0.1", "0.0.0.0", "224.0.0.1",
                                   "255.255.255.255", "100.100.100.200", "fe80::1", "fd00:ec2::254",
                                   "::", "ff02::1", "::ffff:169.254.169.254"}) {
        EXPECT_TRUE(forbidden_address(text)) << text;
        EXPECT_FALSE(forbidden_address(text, text)) << text;  // named as an address
    }
    for (const std::string text :
         {"127.0.0.1", "10.0.0.1", "192.168.1.1", "8.8.8.8", "100.100.100.201", "::1", "fd00::1",
          "2001:db8::1", "::ffff:10.0.0.1"})
        EXPECT_FALSE(forbidden_address(text)) << text;
}

TEST(Connect, gives_a_socket_that_blocks_and_stays_open) {
    const ScriptedServer server("* OK siap\r\n", true);
    const auto socket = connect("127.0.0.1", server.port(), 2s);
    ASSERT_TRUE(socket.has_value()) << socket.error().code;
    EXPECT_EQ(fcntl(*socket, F_GETFL) & O_NONBLOCK, 0);
    EXPECT_NE(fcntl(*socket, F_GETFD) & FD_CLOEXEC, 0);
    ASSERT_EQ(write(*socket, "\r\n\r\n", 4), 4);
    char bytes[32] = "";
    EXPECT_EQ(read(*socket, bytes, sizeof bytes - 1), 11);
    EXPECT_STREQ(bytes, "* OK siap\r\n");
    close(*socket);
}

TEST(Connect, says_why_there_is_no_connection) {
    const auto code = [](const std::string& host, std::uint16_t port) {
        const auto socket = connect(host, port, 500ms);
        if (socket) close(*socket);
        return socket ? std::string("connected") : socket.error().code;
    };
    EXPECT_EQ(code("", 80), "HT020");
    EXPECT_EQ(code("a/b", 80), "HT020");
    EXPECT_EQ(code("a@b", 80), "HT020");
    EXPECT_EQ(code("127.0.0.1", 0), "HT020");
    EXPECT_THAT(code("tidak-ada.invalid", 80), ::testing::AnyOf("HT022", "HT024"));
    std::uint16_t closed_port = 0;
    {
        const ScriptedServer gone("");
        closed_port = gone.port();
    }
    EXPECT_EQ(code("127.0.0.1", closed_port), "HT023");
}

}  // namespace
}  // namespace pintu::http
