// Over real sockets: what a scraper sees, and what it cannot do to the process.
#include "adapters/metrics/responder.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/support/files.hpp"

namespace pintu::metrics {
namespace {

int connect_to(const std::string& address) {
    if (address.starts_with("unix:")) {
        sockaddr_un name{};
        name.sun_family = AF_UNIX;
        address.substr(5).copy(name.sun_path, sizeof name.sun_path - 1);
        const int file = socket(AF_UNIX, SOCK_STREAM, 0);
        EXPECT_EQ(connect(file, reinterpret_cast<sockaddr*>(&name), sizeof name), 0);
        return file;
    }
    sockaddr_in name{};
    name.sin_family = AF_INET;
    name.sin_port = htons(static_cast<std::uint16_t>(std::stoi(address.substr(10))));
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int file = socket(AF_INET, SOCK_STREAM, 0);
    EXPECT_EQ(connect(file, reinterpret_cast<sockaddr*>(&name), sizeof name), 0);
    return file;
}

std::string read_all(int file) {
    std::string text;
    char bytes[4096];
    for (ssize_t n = 0; (n = read(file, bytes, sizeof bytes)) > 0;)
        text.append(bytes, static_cast<std::size_t>(n));
    close(file);
    return text;
}

std::string ask(const std::string& address, const std::string& request) {
    const int file = connect_to(address);
    EXPECT_EQ(send(file, request.data(), request.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(request.size()));
    return read_all(file);
}

std::unique_ptr<Responder> open_one(const std::string& address = "127.0.0.1:0") {
    auto responder = Responder::open(address, [] { return std::string("pintu_up 1\n"); });
    EXPECT_TRUE(responder);
    return responder ? std::move(*responder) : nullptr;
}

TEST(Responder, answers_a_scrape_over_http) {
    const auto responder = open_one();
    const std::string answer =
        ask(responder->address(), "GET /metrics HTTP/1.1\r\nHost: x\r\nAccept: */*\r\n\r\n");
    EXPECT_TRUE(answer.starts_with("HTTP/1.0 200 OK\r\n")) << answer;
    EXPECT_NE(answer.find("Content-Type: text/plain; version=0.0.4"), std::string::npos);
    EXPECT_NE(answer.find("Content-Length: 11\r\n"), std::string::npos);
    EXPECT_TRUE(answer.ends_with("\r\n\r\npintu_up 1\n"));
}

TEST(Responder, refuses_what_is_no_scrape) {
    const auto responder = open_one();
    const auto status = [&](const std::string& request) {
        return ask(responder->address(), request).substr(9, 3);
    };
    EXPECT_EQ(status("POST /metrics HTTP/1.1\r\n\r\n"), "405");
    EXPECT_EQ(status("GET /etc/passwd HTTP/1.1\r\n\r\n"), "404");
    EXPECT_EQ(status("halo\r\n\r\n"), "400");
    EXPECT_EQ(status("\r\n\r\n"), "400");
    EXPECT_EQ(status("GET /" + std::string(Responder::kMostRequestBytes, 'x')), "431");
}

TEST(Responder, who_says_nothing_does_not_keep_others_waiting) {
    const auto responder = open_one();
    std::vector<int> silent;
    for (std::size_t i = 0; i + 1 < Responder::kMostConnections; ++i)
        silent.push_back(connect_to(responder->address()));
    EXPECT_EQ(ask(responder->address(), "GET / HTTP/1.0\r\n\r\n").substr(9, 3), "200");
    for (const int file : silent) close(file);
}

TEST(Responder, more_connections_than_it_holds_are_closed_at_once) {
    const auto responder = open_one();
    std::vector<int> silent;
    for (std::size_t i = 0; i < Responder::kMostConnections; ++i)
        silent.push_back(connect_to(responder->address()));
    EXPECT_EQ(read_all(connect_to(responder->address())), "");
    for (const int file : silent) close(file);
}

TEST(Responder, listens_on_a_socket_file_and_replaces_one_that_was_left_behind) {
    const testing::TemporaryFolder folder;
    const std::string path = folder.at("s");
    {
        const int left = socket(AF_UNIX, SOCK_STREAM, 0);
        sockaddr_un name{};
        name.sun_family = AF_UNIX;
        path.copy(name.sun_path, sizeof name.sun_path - 1);
        ASSERT_EQ(bind(left, reinterpret_cast<sockaddr*>(&name), sizeof name), 0);
        close(left);
    }
    const auto responder = open_one("unix:" + path);
    ASSERT_NE(responder, nullptr);
    EXPECT_EQ(ask("unix:" + path, "GET /metrics HTTP/1.0\r\n\r\n").substr(9, 3), "200");
    const auto second = Responder::open("unix:" + path, [] { return std::string(); });
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, "CL121");
    EXPECT_EQ(ask("unix:" + path, "GET /metrics HTTP/1.0\r\n\r\n").substr(9, 3), "200");
}

TEST(Responder, says_which_addresses_are_none) {
    for (const char* address : {"", "unix:", ":9464", "localhost:9464", "127.0.0.1", "127.0.0.1:x",
                                "127.0.0.1:70000", "[::1:9464", "127.0.0.1:"}) {
        const auto responder = Responder::open(address, [] { return std::string(); });
        ASSERT_FALSE(responder) << address;
        EXPECT_FALSE(is_address(address)) << address;
        EXPECT_EQ(responder.error().code, "CL120") << address;
    }
}

}  // namespace
}  // namespace pintu::metrics
