// A plugin that was built with the contract of a released version goes on working, unchanged.
#include <gtest/gtest.h>

#include "tests/abi/bare_host.hpp"

namespace pintu::testing {
namespace {

constexpr const char* kAllServices =
    "config 0 {\"a\":1}\n"
    "put 0 get 0 nilai\n"
    "list 0 [\"kunci\"]\n"
    "erase 0 get 3\n"
    "secret 0 rahasia\n"
    "time 1773365400000000\n"
    "route 0\n"
    "http 0 {\"status\":200}\n"
    "connection 0 7\n";

TEST(FrozenV1, every_extension_and_every_service_is_as_it_was) {
    World world;
    world.config = R"({"a":1})";
    world.secrets["token"] = "rahasia";
    world.http_answer = R"({"status":200})";
    world.socket = 7;
    BarePlugin plugin(PINTU_ABI_FOLDER "/frozen/v1/libbeku.so", world);
    ASSERT_EQ(plugin.problem(), "");
    EXPECT_EQ(plugin.plugin().abi, 1U);
    EXPECT_EQ(plugin.plugin().size, 64U);
    ASSERT_EQ(plugin.start().status, PINTU_OK);
    EXPECT_FALSE(plugin.has("pintu.channel/2"));

    EXPECT_EQ(plugin.call("fact.answer", R"({"fact":"layanan","arguments":{}})").document,
              kAllServices);
    EXPECT_EQ(world.log, std::vector<std::string>{"1 satu baris"});
    EXPECT_EQ(world.routes, std::vector<std::string>{"/masuk"});
    EXPECT_EQ(plugin.call("fact.answer", "{}").document, R"({"value":"aman"})");
    EXPECT_EQ(plugin.call("fact.answer", R"({"fact":"lain","arguments":{}})").status,
              PINTU_UNKNOWN);
    EXPECT_EQ(plugin.call("channel.poll", R"({"limit":100})").document,
              R"({"reports":[{"channel":"beku","external_id":"1"}],"more":false})");
    EXPECT_EQ(plugin.call("channel.taken", R"({"answers":[]})").document, "{}");
    const Said sent = plugin.call("connector.send", "{}");
    EXPECT_EQ(sent.status, PINTU_LATER);
    EXPECT_EQ(sent.document, "nanti saja");
    EXPECT_EQ(plugin.call("http.handle", "{}").document,
              R"({"status":202,"headers":[],"body":""})");
    const Said seen = plugin.call("evidence.inspect", "abc");
    EXPECT_EQ(seen.document, R"({"type":"text/plain"})");
    EXPECT_EQ(seen.copy, "abc");
}

TEST(FrozenV1, a_refusal_to_start_says_why) {
    World world;
    world.config = std::string(1000, ' ');
    BarePlugin plugin(PINTU_ABI_FOLDER "/frozen/v1/libbeku.so", world);
    const Said said = plugin.start();
    EXPECT_EQ(said.status, PINTU_REFUSED);
    EXPECT_EQ(said.document, "terlalu panjang");
}

}  // namespace
}  // namespace pintu::testing
