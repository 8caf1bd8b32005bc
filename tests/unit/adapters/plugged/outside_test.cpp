#include "adapters/plugged/outside.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace pintu::plugged {
namespace {

using plugins::Status;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

constexpr std::chrono::milliseconds kMost{180};

plugins::Manifest manifest() {
    plugins::Manifest plugin;
    plugin.name = "contoh";
    plugin.hosts = {"api.go.id:443"};
    return plugin;
}

// A world that remembers what it was asked for.
struct Asked {
    std::vector<OutgoingRequest> sent;
    std::map<std::string, IncomingHandler> routes;
    Result<HttpResponse> response = HttpResponse{200, {{"x-a", "b"}}, "baik"};
    bool listens = true;

    World world() {
        World world;
        world.send = [this](const OutgoingRequest& request) {
            sent.push_back(request);
            return response;
        };
        world.destination =
            [](const std::string& url) -> Result<std::pair<std::string, std::uint16_t>> {
            if (url.find("://") == std::string::npos) return fail("HT020", "URL");
            return std::pair<std::string, std::uint16_t>("api.go.id", 443);
        };
        world.connect = [](const std::string& host, std::uint16_t,
                           std::chrono::milliseconds) -> Result<int> {
            if (host == "mati.go.id") return fail("HT023", host, "ditolak");
            return 77;
        };
        world.route = [this](const std::string& path, IncomingHandler handler) {
            if (listens) routes[path] = std::move(handler);
            return listens;
        };
        world.say = [](const Error& error) { return error.code; };
        return world;
    }
};

TEST(OutsideWorld, makes_the_request_of_a_plugin) {
    Asked asked;
    OutsideWorld outside(asked.world());
    const auto answer = outside.http_request(
        manifest(),
        R"({"method":"POST","url":"https://api.go.id/x","headers":[["A","b"]],)"
        R"("body_base64":"aGFsbw==","timeout_ms":9000000})",
        kMost);
    ASSERT_EQ(answer.status, Status::ok);
    EXPECT_EQ(answer.document,
              R"({"status":200,"headers":[["x-a","b"]],"body_base64":"YmFpaw=="})");
    ASSERT_EQ(asked.sent.size(), 1U);
    EXPECT_EQ(asked.sent[0].method, "POST");
    EXPECT_EQ(asked.sent[0].body, "halo");
    EXPECT_EQ(asked.sent[0].timeout, kMost) << "what is left of its call";
    EXPECT_THAT(asked.sent[0].headers, ElementsAre(Pair("A", "b")));
}

TEST(OutsideWorld, refuses_documents_that_are_none) {
    Asked asked;
    OutsideWorld outside(asked.world());
    for (const std::string document :
         {"", "[]", "{}", R"({"url":7})", R"({"url":"https://a","method":1})",
          R"({"url":"https://a","headers":{}})", R"({"url":"https://a","headers":[["a"]]})",
          R"({"url":"https://a","headers":[["a",1]]})", R"({"url":"https://a","body_base64":"!"})",
          R"({"url":"https://a","timeout_ms":"5"})"}) {
        const auto answer = outside.http_request(manifest(), document, kMost);
        EXPECT_EQ(answer.status, Status::refused) << document;
        EXPECT_EQ(answer.document, "HT030") << document;
    }
    EXPECT_EQ(outside.http_request(manifest(), R"({"url":"api.go.id"})", kMost).document, "HT020");
    EXPECT_TRUE(asked.sent.empty());
}

TEST(OutsideWorld, a_plugin_without_hosts_reaches_nobody) {
    Asked asked;
    OutsideWorld outside(asked.world());
    auto lonely = manifest();
    lonely.hosts.clear();
    EXPECT_EQ(outside.http_request(lonely, R"({"url":"https://api.go.id/"})", kMost).document,
              "HT031");
    EXPECT_EQ(outside.connect(lonely, "api.go.id", 993, std::chrono::seconds(1)).why, "HT031");
    EXPECT_TRUE(asked.sent.empty());
}

TEST(OutsideWorld, tells_what_passes_from_what_does_not) {
    Asked asked;
    OutsideWorld outside(asked.world());
    const auto status_of = [&](const char* code) {
        asked.response = fail(code, "api.go.id");
        return outside.http_request(manifest(), R"({"url":"https://api.go.id/"})", kMost).status;
    };
    for (const auto* code : {"HT022", "HT023", "HT024", "HT025", "HT027"})
        EXPECT_EQ(status_of(code), Status::later);
    for (const auto* code : {"HT020", "HT021", "HT026"})
        EXPECT_EQ(status_of(code), Status::refused) << code;
    const auto open = outside.connect(manifest(), "api.go.id", 993, std::chrono::seconds(1));
    EXPECT_EQ(open.status, Status::ok);
    EXPECT_EQ(open.socket, 77);
    EXPECT_EQ(outside.connect(manifest(), "mati.go.id", 993, std::chrono::seconds(1)).status,
              Status::later);
}

TEST(OutsideWorld, opens_a_route_below_the_name_of_the_plugin_and_no_other) {
    Asked asked;
    OutsideWorld outside(asked.world());
    const auto open = [&](const std::string& path) {
        return outside.open_route(manifest(), plugins::Kind::channel, "{\"path\":\"" + path + "\"}")
            .status;
    };
    EXPECT_EQ(open("/masuk"), Status::ok);
    EXPECT_EQ(open("/"), Status::ok);
    EXPECT_TRUE(asked.routes.contains("/plugin/contoh/masuk"));
    EXPECT_TRUE(asked.routes.contains("/plugin/contoh"));
    for (const std::string path : {"", "masuk", "/../surel/masuk", "/a/..", "/./a", "//a", "/a//b",
                                   "/a b", "/a%2e", "/a?b", "/a#b", "/\\u0007"})
        EXPECT_EQ(open(path), Status::refused) << path;
    EXPECT_EQ(asked.routes.size(), 2U);
    const auto early =
        asked.routes["/plugin/contoh/masuk"]({"POST", "/plugin/contoh/masuk", "", {}, ""});
    EXPECT_EQ(early.status, 503);
    EXPECT_THAT(early.body, HasSubstr("HT033"));
    asked.listens = false;
    EXPECT_EQ(open("/lain"), Status::refused);
}

TEST(OutsideWorld, opens_so_many_routes_of_a_plugin_and_no_more) {
    Asked asked;
    OutsideWorld outside(asked.world());
    const auto open = [&](int number) {
        const std::string document = "{\"path\":\"/" + std::to_string(number) + "\"}";
        return outside.open_route(manifest(), plugins::Kind::channel, document);
    };
    for (int i = 0; i < 16; ++i) EXPECT_EQ(open(i).status, Status::ok);
    EXPECT_EQ(open(16).document, "HT035");
    EXPECT_EQ(open(3).status, Status::ok);  // a plugin that was started again
}

TEST(OutsideDocuments, bytes_of_a_body_go_to_a_plugin_unchanged) {
    const std::string document =
        handle_document({"POST", "/masuk", "a=1", {{"x-a", "b"}}, std::string("\0\xff", 2)});
    EXPECT_EQ(document, R"({"method":"POST","path":"/masuk","query":"a=1",)"
                        R"("headers":[["x-a","b"]],"body_base64":"AP8="})");
}

TEST(OutsideDocuments, an_answer_of_a_plugin_is_a_response_or_nothing) {
    const auto answer = handled(R"({"status":202,"headers":[["A","b"]],"body":"ya"})");
    ASSERT_TRUE(answer.has_value());
    EXPECT_EQ(answer->status, 202);
    EXPECT_EQ(answer->body, "ya");
    EXPECT_TRUE(handled(R"({"status":204})").has_value());
    for (const std::string wrong :
         {"", "{}", "[]", R"({"status":"202"})", R"({"status":199})", R"({"status":600})",
          R"({"status":202,"headers":[1]})", R"({"status":202,"body":{}})"})
        EXPECT_FALSE(handled(wrong).has_value()) << wrong;
}

}  // namespace
}  // namespace pintu::plugged
