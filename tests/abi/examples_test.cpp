// The examples of examples/plugins do what they say, each in fewer than forty lines.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>

#include "tests/abi/bare_host.hpp"
#include "tests/support/files.hpp"

namespace pintu::testing {
namespace {

namespace fs = std::filesystem;

std::string file_of(const std::string& name) {
    return PINTU_ABI_FOLDER "/examples/" + name + "/" + name + "/lib" + name + ".so";
}

TEST(Examples, a_channel_brings_files_and_moves_them_aside_once_they_are_in) {
    const fs::path folder = fs::temp_directory_path() / ("kotak." + std::to_string(::getpid()));
    fs::create_directories(folder);
    write_file((folder / "a.txt").string(), "Jalan berlubang");
    write_file((folder / "b.jpg").string(), "x");
    World world;
    world.config = boost::json::serialize(boost::json::object{{"folder", folder.string()}});
    BarePlugin plugin(file_of("kotak"), world);
    ASSERT_EQ(plugin.problem(), "");
    ASSERT_EQ(plugin.start().status, PINTU_OK);
    const std::string expected =
        R"({"reports":[{"channel":"kotak","external_id":"a","received_at":"2026-03-13T01:30:00Z",)"
        R"("isi":"Jalan berlubang"}],"more":false})";
    EXPECT_EQ(plugin.call("channel.poll", R"({"limit":100})").document, expected);
    EXPECT_EQ(plugin.call("channel.poll", R"({"limit":100})").document, expected);
    const Said taken = plugin.call(
        "channel.taken", R"({"answers":[{"external_id":"a","status":"accepted","errors":[]}]})");
    EXPECT_EQ(taken.status, PINTU_OK);
    EXPECT_TRUE(fs::exists(folder / "a.masuk"));
    EXPECT_EQ(plugin.call("channel.poll", R"({"limit":100})").document,
              R"({"reports":[],"more":false})");
    fs::remove_all(folder);
    const Said gone = plugin.call("channel.poll", R"({"limit":100})");
    EXPECT_EQ(gone.status, PINTU_FAILED);
    EXPECT_NE(gone.document, "");
}

TEST(Examples, a_connector_tells_what_will_never_go_from_what_may_go_later) {
    World world;
    world.config = R"({"host":"sms.example.go.id"})";
    BarePlugin plugin(file_of("gerbang"), world);
    ASSERT_EQ(plugin.start().status, PINTU_OK);
    const std::string message = R"({"key":"k-1","text":"Halo","to":{"phone":"0812"}})";
    EXPECT_EQ(plugin.call("connector.send", R"({"key":"k-1","to":{}})").status, PINTU_REFUSED);
    EXPECT_EQ(plugin.call("connector.send", message).status, PINTU_LATER);  // no token
    world.secrets["token"] = "t";
    EXPECT_EQ(plugin.call("connector.send", message).status, PINTU_LATER);  // no answer
    for (const auto& [http, status] :
         {std::pair{200, PINTU_OK}, {400, PINTU_REFUSED}, {503, PINTU_LATER}}) {
        world.http_answer = R"({"status":)" + std::to_string(http) + R"(,"body_base64":""})";
        EXPECT_EQ(plugin.call("connector.send", message).status, status) << http;
    }
    EXPECT_NE(world.requests.back().find("https://sms.example.go.id/messages/k-1"),
              std::string::npos);
}

TEST(Examples, a_fact_answers_as_its_manifest_offers) {
    World world;
    world.config = R"({"panjang_mulai":3})";
    for (const std::string& file :
         {file_of("kata"), std::string(PINTU_ABI_FOLDER "/foreign/libkata.so")}) {
        if (!fs::exists(file)) continue;  // no other compiler here
        BarePlugin plugin(file, world);
        ASSERT_EQ(plugin.start().status, PINTU_OK);
        EXPECT_EQ(
            plugin.call("fact.answer", R"({"fact":"ukuran","arguments":{"isi":"a b"}})").document,
            R"({"value":"pendek"})");
        EXPECT_EQ(
            plugin.call("fact.answer", R"({"fact":"ukuran","arguments":{"isi":"a b c"}})").document,
            R"({"value":"panjang"})");
        EXPECT_EQ(plugin.call("fact.answer", R"({"fact":"lain"})").status, PINTU_UNKNOWN);
    }
}

TEST(Examples, are_shorter_than_forty_lines) {
    for (const std::string name : {"kotak", "gerbang", "kata"}) {
        const std::string source = read_file(std::string(PINTU_SOURCE_DIR) + "/examples/plugins/" +
                                             name + "/" + name + ".cpp");
        EXPECT_LT(std::count(source.begin(), source.end(), '\n'), 40) << name;
    }
}

}  // namespace
}  // namespace pintu::testing
